package io.opsconductor.runner.keys;

import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code keys init}, {@code list}, {@code rotate}, {@code revoke}. Exit codes: 0 done, 1 no, 2 usage, 3 failed. */
@Command(
        name = "keys",
        description = "Certificates and keys: what there is, and other ones while everything runs.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND")
public final class KeysCommand implements Runnable {
    /** So much of an instant's text is its date, and so much has hours and minutes. */
    private static final int DATE = "2026-11-26".length();

    private static final int TO_THE_MINUTE = "2026-11-26T15:00".length();

    private static final int HIGHEST_PORT = 65_535;
    private static final Duration LONGEST_OVERLAP = Duration.ofDays(30);
    /** The runner looks at its files every half second. */
    private static final Duration UNTIL_READ = Duration.ofSeconds(30);

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public void run() {
        throw new CommandLine.ParameterException(commandLine(), "keys needs a command: init, list, rotate or revoke");
    }

    /** What can be replaced by another one. */
    enum Replaced {
        SIGNING,
        AUDIT,
        CERTIFICATES,
        AUTHORITY
    }

    @Command(
            name = "init",
            aliases = "make",
            description =
                    "Makes the missing certificates and keys, renews those that end within 30 days, keeps the rest.",
            mixinStandardHelpOptions = true,
            exitCodeListHeading = "%nExit codes:%n",
            exitCodeList = {"0:done", "2:wrong usage", "3:could not be made"})
    int init(
            @Mixin Home home,
            @Option(
                            names = "--server",
                            paramLabel = "NAME",
                            description =
                                    "also for a server beside the two processes, by its DNS name, such as a database:"
                                            + " tls/servers/NAME.crt and NAME.key. Can be given several times")
                    @Nullable
                    List<String> servers) {
        return done(() -> report(
                DevelopmentKeys.ensure(home.path(), servers == null ? List.of() : servers, InstantSource.system()),
                commandLine().getOut()));
    }

    @Command(
            name = "list",
            description = "What there is: for what, its id, from when, until when, and how it stands.",
            mixinStandardHelpOptions = true,
            exitCodeListHeading = "%nExit codes:%n",
            exitCodeList = {"0:done", "1:something in use has ended or ends within 30 days", "2:wrong usage", "3:failed"
            })
    int list(@Mixin Home home) {
        List<HeldKey> held = new ArrayList<>();
        int result = done(() -> {
            held.addAll(HeldKeys.of(home.path(), Instant.now()));
            PrintWriter out = commandLine().getOut();
            String row = "%-22s %-16s %-10s %-16s %s%n";
            out.printf(row, "WHAT", "ID", "FROM", "UNTIL (UTC)", "STATE");
            for (HeldKey key : held) {
                out.printf(
                        row,
                        key.what().replaceFirst("^the ", ""),
                        key.id(),
                        key.from()
                                .map(from -> from.toString().substring(0, DATE))
                                .orElse("-"),
                        key.until()
                                .map(until -> until.toString().substring(0, TO_THE_MINUTE))
                                .orElse("-"),
                        state(key));
            }
            held.stream()
                    .filter(key -> key.state() == HeldKey.State.ENDS_SOON)
                    .map(key -> "replace " + key.what() + ": ./opsconductor keys rotate "
                            + key.kind().word())
                    .forEach(out::println);
        });
        boolean due = held.stream()
                .anyMatch(key -> key.state() == HeldKey.State.ENDS_SOON || key.state() == HeldKey.State.ENDED);
        return result == 0 && due ? 1 : result;
    }

    private static String state(HeldKey key) {
        return switch (key.state()) {
            case IN_USE -> "in use";
            case ENDS_SOON -> "ends soon";
            case OVERLAPS -> "counts";
            case FORMER -> "former";
            case REVOKED -> "revoked";
            case ENDED -> "ended";
        };
    }

    @Command(
            name = "rotate",
            description = {
                "Puts another key in the place of one, while both processes run:",
                "signing: with which the chatbot signs approvals; audit: with which both sign their journals; certificates: of"
                        + " both, by the present authority; authority: another one, and then certificates by it."
            },
            mixinStandardHelpOptions = true,
            exitCodeListHeading = "%nExit codes:%n",
            exitCodeList = {"0:done", "2:wrong usage", "3:could not be done"})
    int rotate(
            @Parameters(paramLabel = "WHAT", description = "signing, audit, certificates or authority") Replaced what,
            @Option(
                            names = "--overlap",
                            paramLabel = "TIME",
                            defaultValue = "24h",
                            description = "for how long approvals signed with the former key count, 0m to 30d (default:"
                                    + " ${DEFAULT-VALUE})")
                    String overlap,
            @Mixin Running runner,
            @Mixin Home home) {
        Duration counted = duration(overlap);
        InetSocketAddress address = address(runner.text());
        return done(() -> {
            KeyRotation rotation = new KeyRotation(home.path(), address, UNTIL_READ, InstantSource.system());
            switch (what) {
                case SIGNING -> rotation.signing(counted);
                case AUDIT -> DevelopmentKeys.PROCESSES.forEach(rotation::audit);
                case CERTIFICATES -> rotation.certificates();
                case AUTHORITY -> {
                    rotation.authority();
                    rotation.certificates();
                }
            }
            rotation.said().forEach(commandLine().getOut()::println);
        });
    }

    private InetSocketAddress address(String text) {
        Matcher parts = Pattern.compile("(.+):(\\d{1,5})").matcher(text);
        if (parts.matches() && Integer.parseInt(parts.group(2)) <= HIGHEST_PORT) {
            return new InetSocketAddress(parts.group(1), Integer.parseInt(parts.group(2)));
        }
        throw new CommandLine.ParameterException(commandLine(), "--runner takes an address such as 127.0.0.1:3003");
    }

    private Duration duration(String text) {
        Matcher parts = Pattern.compile("(\\d{1,6})([mhd])").matcher(text);
        if (parts.matches()) {
            long number = Long.parseLong(parts.group(1));
            Duration duration = switch (parts.group(2)) {
                case "m" -> Duration.ofMinutes(number);
                case "h" -> Duration.ofHours(number);
                default -> Duration.ofDays(number);
            };
            if (duration.compareTo(LONGEST_OVERLAP) <= 0) {
                return duration;
            }
        }
        throw new CommandLine.ParameterException(commandLine(), "--overlap takes a time from 0m to 30d, such as 24h");
    }

    @Command(
            name = "revoke",
            description =
                    "Makes a key or certificate count no more, from the next call on. An authority is then trusted no more.",
            mixinStandardHelpOptions = true,
            exitCodeListHeading = "%nExit codes:%n",
            exitCodeList = {"0:done", "2:wrong usage", "3:could not be done"})
    int revoke(
            @Parameters(paramLabel = "ID", description = "as keys list shows it") String id,
            @Option(names = "--reason", paramLabel = "TEXT", required = true, description = "why, for the record")
                    String reason,
            @Option(
                            names = "--in-use",
                            description = "also when it is in use, so that nothing works until it is replaced")
                    boolean inUse,
            @Mixin Running runner,
            @Mixin Home home) {
        InetSocketAddress address = address(runner.text());
        return done(() -> {
            KeyRotation rotation = new KeyRotation(home.path(), address, UNTIL_READ, InstantSource.system());
            rotation.revoke(id, reason, inUse);
            rotation.said().forEach(commandLine().getOut()::println);
        });
    }

    /** Where the keys are. */
    static final class Home {
        @Option(
                names = "--home",
                paramLabel = "DIR",
                defaultValue = "${env:OPSCONDUCTOR_HOME}",
                required = true,
                description = "where tls/ and keys/ lie (default: OPSCONDUCTOR_HOME)")
        private @Nullable Path path;

        Path path() {
            return Objects.requireNonNull(path, "picocli sets it");
        }
    }

    /** Where the runner listens that must have read a change before the next one. */
    static final class Running {
        @Option(
                names = "--runner",
                paramLabel = "HOST:PORT",
                defaultValue = "127.0.0.1:${env:OPSCONDUCTOR_RUNNER_API_PORT:-3003}",
                description = "where the runner's API listens, if it runs (default: ${DEFAULT-VALUE})")
        private String address = "";

        String text() {
            return address;
        }
    }

    private interface Doing {
        void run() throws InterruptedException;
    }

    private int done(Doing doing) {
        try {
            doing.run();
            commandLine().getOut().flush();
            return 0;
        } catch (KeysException e) {
            commandLine().getErr().println(e.getMessage());
            return 3;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 3;
        }
    }

    private static void report(List<KeyFile> files, PrintWriter out) {
        for (KeyFile file : files) {
            out.println(file.outcome().name().toLowerCase(Locale.ROOT) + " " + file.path());
        }
        out.flush();
    }

    private CommandLine commandLine() {
        if (spec == null) {
            throw new IllegalStateException("run through picocli");
        }
        return spec.commandLine();
    }

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new KeysCommand())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .execute(arguments));
    }
}
