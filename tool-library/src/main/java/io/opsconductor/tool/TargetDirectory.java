package io.opsconductor.tool;

import java.util.List;
import java.util.Map;

/**
 * Answer of {@code GET /targets}: the names that people may use, without addresses.
 *
 * @param version digest over the entries; it changes when any of them does
 * @param targets sorted by name
 * @param groups group name to the names of its members, groups of groups already resolved
 */
public record TargetDirectory(String version, List<Entry> targets, Map<String, List<String>> groups) {
    public TargetDirectory {
        targets = List.copyOf(targets);
        groups = Map.copyOf(groups);
    }

    /**
     * A target.
     *
     * @param name its inventory name
     * @param aliases other names people use
     * @param environment such as {@code production}, or empty
     * @param platform such as {@code linux}
     * @param groups the groups it belongs to, directly or through other groups
     * @param labels free labels
     */
    public record Entry(
            String name,
            List<String> aliases,
            String environment,
            String platform,
            List<String> groups,
            Map<String, String> labels) {
        public Entry {
            aliases = List.copyOf(aliases);
            groups = List.copyOf(groups);
            labels = Map.copyOf(labels);
        }
    }
}
