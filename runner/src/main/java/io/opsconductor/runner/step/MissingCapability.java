package io.opsconductor.runner.step;

import io.opsconductor.runner.step.TargetOutcome.NotStarted;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Recognises programs that need a right which the runner does not have, as in a container that runs without root and without
 * capabilities: ping needs CAP_NET_RAW or a group within {@code net.ipv4.ping_group_range}, traceroute needs the capability
 * for every kind but the UDP one.
 */
final class MissingCapability {
    private static final String GIVE = " Give the runner's container the capability NET_RAW";

    private MissingCapability() {}

    /**
     * Why a program that failed could do nothing.
     *
     * @param error what it wrote to its error output
     * @return null when that was not for want of a capability
     */
    static @Nullable NotStarted of(List<String> argv, String error) {
        String program = name(argv);
        boolean refused = error.contains("Operation not permitted")
                || error.contains("Permission denied")
                || error.contains("permission denied")
                || error.contains("enough privileges");
        boolean socket = error.contains("socket") || error.contains("privileges") || error.contains("are you root");
        if (!refused || !socket) {
            return null;
        }
        return switch (program) {
            case "ping", "ping4", "ping6", "fping", "arping" ->
                new NotStarted(
                        "capability_missing",
                        program + " may not send on the runner, so nothing was sent." + GIVE
                                + ", or allow it without one by the sysctl net.ipv4.ping_group_range=\"0 2147483647\" for"
                                + " its pod.");
            case "traceroute", "traceroute6", "mtr", "tcptraceroute" ->
                new NotStarted(
                        "capability_missing",
                        "This kind of " + program + " may not send on the runner, so nothing was sent." + GIVE
                                + ", or use the kind by UDP, which needs none: traceroute without -I and -T.");
            default -> null;
        };
    }

    /**
     * Why a program could not be started. A program file that carries a capability cannot be started at all where that
     * capability is forbidden, also when it could do without.
     *
     * @param message of the failed start
     * @return null when that was not for want of a capability
     */
    static @Nullable NotStarted atStart(List<String> argv, String message) {
        if (!message.contains("error=1,") && !message.contains("Operation not permitted")) {
            return null;
        }
        return new NotStarted(
                "capability_missing",
                "The program " + argv.getFirst()
                        + " could not be started on the runner: its file carries a capability that"
                        + " the runner's container may not have." + GIVE
                        + ", or take it from the file when the image is"
                        + " made: setcap -r " + argv.getFirst() + ".");
    }

    private static String name(List<String> argv) {
        Path file = Path.of(argv.getFirst()).getFileName();
        return file == null ? "" : file.toString();
    }
}
