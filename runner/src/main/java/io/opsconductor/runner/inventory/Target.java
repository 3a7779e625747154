package io.opsconductor.runner.inventory;

import io.opsconductor.runner.credential.Credential;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A machine that steps can run on, with everything that decides how it is reached.
 *
 * @param name its inventory name
 * @param aliases other names people use
 * @param address host name or IP address
 * @param port 1 to 65535
 * @param platform such as {@code linux}; empty when unknown
 * @param environment such as {@code production}; empty when none
 * @param groups the groups it belongs to, directly or through other groups, sorted
 * @param labels free labels
 * @param credential the reference used to log in; null for a target that is only ever named by a parameter
 * @param hostKeys the pinned keys for this address and port, in the file's order; empty when none is known
 */
public record Target(
        String name,
        List<String> aliases,
        String address,
        int port,
        String platform,
        String environment,
        List<String> groups,
        Map<String, String> labels,
        @Nullable Credential credential,
        List<HostKey> hostKeys) {
    public Target {
        aliases = List.copyOf(aliases);
        groups = List.copyOf(groups);
        labels = Map.copyOf(labels);
        hostKeys = List.copyOf(hostKeys);
    }
}
