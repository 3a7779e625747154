package io.opsconductor.acceptance.bench.fleet;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/**
 * One way to run {@code df -P /} on some targets, measured.
 *
 * @param peer who ran it, such as {@code runner} or {@code clush}
 * @param mode {@code warm}: connections were there; {@code cold}: each had to be made
 * @param targets how many
 * @param wallSeconds from the request to the last result
 * @param clientCpuSeconds of the process that asks and what it started, without the servers; of programs that leave connections
 *     to a process in the background, without that one
 */
public record Row(
        String peer,
        String mode,
        int targets,
        @JsonProperty("wall_s") double wallSeconds,
        @JsonProperty("client_cpu_s") double clientCpuSeconds) {
    /** As in the table for people. */
    String line() {
        return String.format(
                Locale.ROOT, "%-18s %-5s %8d %9.3f %13.3f", peer, mode, targets, wallSeconds, clientCpuSeconds);
    }
}
