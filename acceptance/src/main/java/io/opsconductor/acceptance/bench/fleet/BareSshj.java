package io.opsconductor.acceptance.bench.fleet;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import javax.net.SocketFactory;
import net.schmizz.sshj.DefaultConfig;
import net.schmizz.sshj.SSHClient;
import net.schmizz.sshj.connection.channel.direct.Session;
import net.schmizz.sshj.transport.verification.HostKeyVerifier;
import net.schmizz.sshj.transport.verification.OpenSSHKnownHosts;
import net.schmizz.sshj.userauth.keyprovider.KeyProvider;

/**
 * The SSH library by itself in a process of its own: one connection a target, kept, one command on it, its output and exit
 * code collected, and nothing else. It reads lines {@code FROM TO} and answers each with wall-clock and CPU seconds.
 */
public final class BareSshj {
    private final int port;
    private final String user;
    private final KeyProvider key;
    private final Semaphore seats;
    private final Map<Integer, SSHClient> clients = new ConcurrentHashMap<>();
    private final DefaultConfig config = new DefaultConfig();
    private final HostKeyVerifier knownHosts;

    private BareSshj(int port, String user, KeyProvider key, HostKeyVerifier knownHosts, int parallel) {
        this.port = port;
        this.user = user;
        this.key = key;
        this.knownHosts = knownHosts;
        this.seats = new Semaphore(parallel);
    }

    /**
     * @param args port, account, private key, known_hosts, targets at once
     */
    public static void main(String[] args) throws Exception {
        try (SSHClient reader = new SSHClient()) {
            BareSshj sshj = new BareSshj(
                    Integer.parseInt(args[0]),
                    args[1],
                    reader.loadKeys(args[2]),
                    new OpenSSHKnownHosts(new File(args[3])),
                    Integer.parseInt(args[4]));
            BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                String[] range = line.split(" ", -1);
                System.out.println(sshj.run(Integer.parseInt(range[0]), Integer.parseInt(range[1])));
            }
        }
        System.exit(0);
    }

    private String run(int from, int to) throws InterruptedException, ExecutionException {
        Duration cpu = cpu();
        long start = System.nanoTime();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> runs = new ArrayList<>();
            for (int target = from; target < to; target++) {
                int one = target;
                runs.add(threads.submit(() -> {
                    seats.acquire();
                    try {
                        df(one);
                    } finally {
                        seats.release();
                    }
                    return null;
                }));
            }
            for (Future<?> run : runs) {
                run.get();
            }
        }
        double wall = (System.nanoTime() - start) / 1e9;
        return wall + " " + cpu().minus(cpu).toMillis() / 1e3;
    }

    private void df(int target) throws IOException {
        SSHClient client = clients.get(target);
        if (client == null) {
            client = connect(target);
            clients.put(target, client);
        }
        try (Session session = client.startSession()) {
            Session.Command command = session.exec("df -P /");
            String out = new String(command.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            command.getErrorStream().readAllBytes();
            command.join();
            Integer status = command.getExitStatus();
            if (status == null || status != 0 || !out.startsWith("Filesystem")) {
                throw new IOException("target " + target + " answered " + status + ": " + out);
            }
        }
    }

    private SSHClient connect(int target) throws IOException {
        SSHClient client = new SSHClient(config);
        client.setSocketFactory(new NoDelay());
        client.addHostKeyVerifier(knownHosts);
        client.connect(Fleet.address(target), port);
        client.authPublickey(user, key);
        return client;
    }

    private static Duration cpu() {
        return ProcessHandle.current().info().totalCpuDuration().orElseThrow();
    }

    /** As everybody who uses the library for more than one command has to. */
    private static final class NoDelay extends SocketFactory {
        @Override
        public Socket createSocket() throws IOException {
            Socket socket = new Socket();
            socket.setTcpNoDelay(true);
            return socket;
        }

        @Override
        public Socket createSocket(String host, int port) throws IOException {
            return new Socket(host, port);
        }

        @Override
        public Socket createSocket(String host, int port, InetAddress local, int localPort) throws IOException {
            return new Socket(host, port, local, localPort);
        }

        @Override
        public Socket createSocket(InetAddress host, int port) throws IOException {
            return new Socket(host, port);
        }

        @Override
        public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) throws IOException {
            return new Socket(host, port, local, localPort);
        }
    }
}
