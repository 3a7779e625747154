package io.opsconductor.acceptance.demo;

import java.io.IOException;
import java.net.BindException;
import java.time.Duration;
import java.util.List;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.core.CoreModuleProperties;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.auth.pubkey.UserAuthPublicKeyFactory;

/** One SSH server: one account, one key, exec only; no shell, no forwarding, no file transfer. */
final class DemoServer implements AutoCloseable {
    static final String ACCOUNT = "demo";

    private final DemoMachine machine;
    private final DemoKey hostKey;
    private final DemoAddress address;
    private final SshServer server;

    private DemoServer(DemoMachine machine, DemoKey hostKey, DemoAddress address, SshServer server) {
        this.machine = machine;
        this.hostKey = hostKey;
        this.address = address;
        this.server = server;
    }

    /** @param port tried first; a free one is taken when another process has it */
    static DemoServer start(DemoMachine machine, DemoKey hostKey, DemoKey clientKey, DemoAddress address, int port)
            throws IOException {
        String host = address.listening();
        try {
            return new DemoServer(machine, hostKey, address, listening(machine, hostKey, clientKey, host, port));
        } catch (BindException taken) {
            return new DemoServer(machine, hostKey, address, listening(machine, hostKey, clientKey, host, 0));
        }
    }

    private static SshServer listening(DemoMachine machine, DemoKey hostKey, DemoKey clientKey, String host, int port)
            throws IOException {
        SshServer server = SshServer.setUpDefaultServer();
        server.setHost(host);
        server.setPort(port);
        server.setKeyPairProvider(KeyPairProvider.wrap(hostKey.pair()));
        server.setUserAuthFactories(List.of(UserAuthPublicKeyFactory.INSTANCE));
        server.setPublickeyAuthenticator((user, key, session) -> user.equals(ACCOUNT)
                && KeyUtils.compareKeys(key, clientKey.pair().getPublic()));
        server.setCommandFactory((channel, command) -> new RemoteCommand(machine.command(command)));
        server.setShellFactory(null);
        server.setChannelFactories(StatusFirstChannel.factories());
        CoreModuleProperties.TCP_NODELAY.set(server, true);
        // A command may be silent for long; its caller has the deadline.
        CoreModuleProperties.IDLE_TIMEOUT.set(server, Duration.ZERO);
        try {
            server.start();
        } catch (IOException e) {
            server.close(true);
            throw e;
        }
        return server;
    }

    DemoTarget target() {
        return machine.target();
    }

    DemoMachine machine() {
        return machine;
    }

    int port() {
        return server.getPort();
    }

    /** A line of {@code known_hosts}. */
    String knownHost() {
        return "[" + address.name() + "]:" + port() + " " + hostKey.publicLine();
    }

    @Override
    public void close() throws IOException {
        server.stop(true);
    }
}
