package io.opsconductor.acceptance.bench.fleet;

import io.opsconductor.acceptance.product.Command;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A program that is started anew for each run and calls OpenSSH's client for each target. */
final class CommandLinePeer implements Peer {
    private static final Duration LIMIT = Duration.ofMinutes(10);
    private static final Pattern TIMES = Pattern.compile("TIMES ([0-9.]+) ([0-9.]+) ([0-9.]+)");

    /** The script, in which {@code HOSTS}, {@code OUT} and {@code SSH_OPTIONS} are variables. */
    private final String script;

    private final String name;
    private final Fleet fleet;
    private final boolean master;
    private final Path folder;
    /** Of the connections that are kept; short, because the name of a socket is at most 108 bytes long. */
    private final Path sockets;

    private CommandLinePeer(String name, Fleet fleet, boolean master, String script) {
        this.name = name;
        this.fleet = fleet;
        this.master = master;
        this.script = script;
        this.folder = fleet.folder().resolve(name.replace(' ', '-') + (master ? "-master" : ""));
        try {
            this.sockets = Files.createTempDirectory("m");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Those whose programs are installed here.
     *
     * @param said told of those that are not
     */
    static List<CommandLinePeer> installed(Fleet fleet, int parallel, Consumer<String> said) {
        Map<String, String> scripts = new LinkedHashMap<>();
        scripts.put("xargs ssh", """
                xargs -P %1$d -a "$HOSTS" -I{} sh -c 'ssh $SSH_OPTIONS {} df -P / > "$OUT/{}" || echo failed > "$OUT/{}"'
                """);
        scripts.put("parallel-ssh", """
                parallel-ssh -p %1$d -h "$HOSTS" -o "$OUT" -t 600 -x "$SSH_OPTIONS" df -P / > /dev/null
                """);
        scripts.put("clush", """
                clush -q -f %1$d --outdir="$OUT" -o "${SSH_OPTIONS//%%/%%%%}" --hostfile="$HOSTS" df -P / > /dev/null
                """);
        scripts.put("ansible raw", """
                ansible all -i "$HOSTS" -f %1$d -t "$OUT" -m raw -a 'df -P /' --ssh-common-args "$SSH_OPTIONS" > /dev/null
                """);
        scripts.put("ansible command", """
                ansible all -i "$HOSTS" -f %1$d -t "$OUT" -m command -a 'df -P /' --ssh-common-args "$SSH_OPTIONS" > /dev/null
                """);
        List<CommandLinePeer> peers = new ArrayList<>();
        scripts.forEach((name, script) -> {
            if (isInstalled(name.split(" ", 2)[0])) {
                peers.add(new CommandLinePeer(name, fleet, false, script.formatted(parallel)));
                peers.add(new CommandLinePeer(name, fleet, true, script.formatted(parallel)));
            } else {
                said.accept(name + " is not installed here and was not measured");
            }
        });
        return peers;
    }

    private static boolean isInstalled(String program) {
        return Command.run(Path.of("/"), Map.of(), LIMIT, List.of("sh", "-c", "command -v " + program))
                        .exitCode()
                == 0;
    }

    @Override
    public String name() {
        return name;
    }

    /** Whether a second run on the same targets finds the connections of the first. */
    boolean keepsConnections() {
        return master;
    }

    @Override
    public Cost run(int from, int to) {
        try {
            Path out = folder.resolve("out-" + System.nanoTime());
            Files.createDirectories(out);
            Path hosts = Files.write(folder.resolve("hosts"), Fleet.addresses(from, to));
            String control = "-o ControlMaster=auto -o ControlPersist=600 -o ControlPath=" + sockets.resolve("%C");
            String options = String.join(" ", fleet.sshOptions()) + " "
                    + (master ? control : "-o ControlMaster=no -o ControlPath=none");
            Command run = Command.run(
                    folder,
                    Map.of(
                            "HOSTS",
                            hosts.toString(),
                            "OUT",
                            out.toString(),
                            "SSH_OPTIONS",
                            options,
                            "ANSIBLE_LOCALHOST_WARNING",
                            "false",
                            "ANSIBLE_DEPRECATION_WARNINGS",
                            "false"),
                    LIMIT,
                    List.of("bash", "-c", "TIMEFORMAT='TIMES %R %U %S'; time {\n" + script + "}"));
            Matcher times = TIMES.matcher(run.output());
            long good;
            try (var files = Files.list(out)) {
                List<Path> all = files.toList();
                good = all.stream().filter(CommandLinePeer::holdsDf).count();
            }
            if (run.exitCode() != 0 || good != to - from || !times.find()) {
                throw new IllegalStateException("%s gave %d of %d results, exit code %d: %s"
                        .formatted(name, good, to - from, run.exitCode(), run.output()));
            }
            return new Cost(
                    Double.parseDouble(times.group(1)),
                    Double.parseDouble(times.group(2)) + Double.parseDouble(times.group(3)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean holdsDf(Path file) {
        try {
            return Files.readString(file).contains("Filesystem");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        Command.run(
                sockets,
                Map.of(),
                LIMIT,
                List.of(
                        "bash",
                        "-c",
                        "ls | xargs -r -P 8 -I{} ssh -F none -O exit -o ControlPath=\"$PWD/{}\" x; rm -rf \"$PWD\""));
    }
}
