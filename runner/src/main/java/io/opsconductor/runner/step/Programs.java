package io.opsconductor.runner.step;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Looks for the runner's own programs, in the places where the Java runtime will look when it starts them. */
final class Programs {
    private static final Map<String, String> PACKAGES = Map.of(
            "ping", "iputils-ping",
            "traceroute", "traceroute",
            "dig", "bind9-dnsutils",
            "nslookup", "bind9-dnsutils",
            "host", "bind9-host",
            "nc", "netcat-openbsd",
            "curl", "curl",
            "getent", "libc-bin",
            "mtr", "mtr-tiny",
            "whois", "whois");

    /** Starts a program in a session of its own, in the place of itself. From util-linux, which each Linux has. */
    private static final String SETSID = "setsid";

    private final String searchPath;

    Programs(String searchPath) {
        this.searchPath = searchPath;
    }

    boolean exists(String program) {
        if (program.contains("/")) {
            return isProgram(Path.of(program));
        }
        for (String folder : searchPath.split(File.pathSeparator, -1)) {
            if (!folder.isEmpty() && isProgram(Path.of(folder, program))) {
                return true;
            }
        }
        return false;
    }

    /** The command that starts a program in a session of its own; the program itself where there is none such. */
    List<String> apart(List<String> argv) {
        if (!exists(SETSID)) {
            return argv;
        }
        List<String> apart = new ArrayList<>(List.of(SETSID));
        apart.addAll(argv);
        return apart;
    }

    /**
     * Why a program could not take the place of what was to start it.
     *
     * @param error what was written to the error output
     * @return null when it was started
     */
    static @Nullable String refusedStart(List<String> argv, int exitCode, String error) {
        String begin = SETSID + ": failed to execute " + argv.getFirst() + ": ";
        return (exitCode == 126 || exitCode == 127)
                        && error.startsWith(begin)
                        && error.lines().count() == 1
                ? error.substring(begin.length()).strip()
                : null;
    }

    /** A sentence that says what to do about a program that is not there. */
    String remedy(String program) {
        String name = program.substring(program.lastIndexOf('/') + 1);
        return Optional.ofNullable(PACKAGES.get(name))
                .map(p -> "Install it there, on Debian and Ubuntu with: apt-get install " + p + ".")
                .orElse("Install it there, or correct the tool's template.");
    }

    private static boolean isProgram(Path file) {
        return Files.isRegularFile(file) && Files.isExecutable(file);
    }
}
