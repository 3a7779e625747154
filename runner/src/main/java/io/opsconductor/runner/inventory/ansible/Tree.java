package io.opsconductor.runner.inventory.ansible;

import io.opsconductor.text.Shown;
import io.opsconductor.yaml.Finding;
import io.opsconductor.yaml.Place;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Groups and hosts while an inventory is read, as Ansible keeps them: {@code all} contains everything. */
final class Tree {
    static final String ALL = "all";
    static final String UNGROUPED = "ungrouped";
    static final int MAX_HOSTS = 20_000;
    static final int MAX_GROUPS = 5_000;
    static final int MAX_LEVELS = 100;

    /** How often hosts are put into groups and groups into groups, in all. */
    static final int MAX_MEMBERSHIPS = 500_000;

    private final List<Finding> findings;
    private final Map<String, Group> groups = new LinkedHashMap<>();
    private final Map<String, Host> hosts = new LinkedHashMap<>();
    private final Map<Group, Integer> depths = new HashMap<>();
    private final Map<Group, Set<Group>> lineages = new HashMap<>();
    private int memberships;
    private boolean full;

    /** A group. */
    static final class Group {
        private final String name;
        private final Path file;
        private final Place place;
        private final Set<Group> parents = new LinkedHashSet<>();
        private final Map<String, Variable> variables = new LinkedHashMap<>();
        private int priority = 1;

        private Group(String name, Path file, Place place) {
            this.name = name;
            this.file = file;
            this.place = place;
        }

        String name() {
            return name;
        }

        Path file() {
            return file;
        }

        Place place() {
            return place;
        }

        Map<String, Variable> variables() {
            return variables;
        }

        void priority(int number) {
            priority = number;
        }
    }

    /** A host. */
    static final class Host {
        private final String name;
        private final Path file;
        private final Place place;
        private final Set<Group> groups = new LinkedHashSet<>();
        private final Map<String, Variable> variables = new LinkedHashMap<>();

        private Host(String name, Path file, Place place) {
            this.name = name;
            this.file = file;
            this.place = place;
        }

        String name() {
            return name;
        }

        Path file() {
            return file;
        }

        Place place() {
            return place;
        }

        Map<String, Variable> variables() {
            return variables;
        }
    }

    Tree(List<Finding> findings, Path first) {
        this.findings = findings;
        Group all = new Group(ALL, first, Place.START);
        Group ungrouped = new Group(UNGROUPED, first, Place.START);
        ungrouped.parents.add(all);
        groups.put(ALL, all);
        groups.put(UNGROUPED, ungrouped);
    }

    Iterable<Group> groups() {
        return groups.values();
    }

    Iterable<Host> hosts() {
        return hosts.values();
    }

    /** Whether a limit was hit, so that reading on is of no use. */
    boolean isFull() {
        return full;
    }

    @Nullable
    Group find(String name) {
        return groups.get(name);
    }

    Group group(String name, Path file, Place place) {
        Group known = groups.get(name);
        if (known != null) {
            return known;
        }
        Group added = new Group(name, file, place);
        if (groups.size() >= MAX_GROUPS) {
            tooMuch(file, place, MAX_GROUPS + " groups");
        } else {
            groups.put(name, added);
        }
        return added;
    }

    Group all() {
        return group(ALL, Path.of(""), Place.START);
    }

    /** The host, in the group; a port counts when the host was not known before. */
    Host host(String name, Group group, @Nullable Integer port, Path file, Place place) {
        Host host = hosts.get(name);
        if (host == null) {
            host = new Host(name, file, place);
            if (hosts.size() >= MAX_HOSTS) {
                tooMuch(file, place, MAX_HOSTS + " hosts");
                return host;
            }
            hosts.put(name, host);
            if (port != null) {
                host.variables.put("ansible_port", Variable.plain("ansible_port", port.toString(), file, place));
            }
        }
        if (host.groups.add(group)) {
            counted(file, place);
        }
        return host;
    }

    /** Puts a group into a group. */
    void contain(Group parent, Group child, Path file, Place place) {
        if (parent == child || child.name.equals(ALL) || reaches(parent, child)) {
            findings.add(Finding.error(
                    file.toString(),
                    place,
                    "",
                    "expected groups that do not contain themselves, found that " + Shown.quoted(child.name)
                            + " contains " + Shown.quoted(parent.name),
                    "Remove one of the two."));
            return;
        }
        if (child.parents.add(parent)) {
            counted(file, place);
        }
    }

    private void counted(Path file, Place place) {
        if (++memberships > MAX_MEMBERSHIPS) {
            tooMuch(file, place, MAX_MEMBERSHIPS + " memberships in groups");
        }
    }

    private void tooMuch(Path file, Place place, String limit) {
        if (!full) {
            full = true;
            findings.add(Finding.error(
                    file.toString(), place, "", "expected at most " + limit + ", found more", "Split the inventory."));
        }
    }

    /** Whether going up from a group leads to another one. */
    private static boolean reaches(Group from, Group wanted) {
        Set<Group> seen = new LinkedHashSet<>();
        Deque<Group> next = new ArrayDeque<>(List.of(from));
        while (!next.isEmpty()) {
            for (Group parent : next.removeLast().parents) {
                if (parent == wanted) {
                    return true;
                }
                if (seen.add(parent)) {
                    next.add(parent);
                }
            }
        }
        return false;
    }

    /** What Ansible does once everything was read: every group is in {@code all}; who is in no group is ungrouped. */
    void settle() {
        Group all = all();
        for (Group group : groups.values()) {
            if (group != all && group.parents.isEmpty()) {
                group.parents.add(all);
            }
        }
        Group ungrouped = group(UNGROUPED, all.file, all.place);
        for (Host host : hosts.values()) {
            if (host.groups.stream().anyMatch(g -> g != all && g != ungrouped)) {
                host.groups.remove(ungrouped);
            } else {
                host.groups.add(ungrouped);
            }
        }
        for (Group group : groups.values()) {
            if (depth(group) > MAX_LEVELS) {
                findings.add(Finding.error(
                        group.file.toString(),
                        group.place,
                        "",
                        "expected groups within groups of at most " + MAX_LEVELS + " levels, found more",
                        "Flatten them."));
                full = true;
                return;
            }
        }
    }

    /** The groups of a host and all that contain them, in the order in which their variables count: the last one wins. */
    List<Group> lineage(Host host) {
        Set<Group> found = new LinkedHashSet<>();
        host.groups.forEach(group -> found.addAll(lineage(group)));
        found.remove(all());
        List<Group> sorted = new ArrayList<>(found);
        sorted.sort(Comparator.comparingInt((Group group) -> depth(group))
                .thenComparingInt(group -> group.priority)
                .thenComparing(Group::name));
        return sorted;
    }

    private Set<Group> lineage(Group group) {
        Set<Group> known = lineages.get(group);
        if (known != null) {
            return known;
        }
        Set<Group> found = new LinkedHashSet<>();
        Deque<Group> next = new ArrayDeque<>(List.of(group));
        while (!next.isEmpty()) {
            Group at = next.removeLast();
            if (found.add(at)) {
                next.addAll(at.parents);
            }
        }
        lineages.put(group, found);
        return found;
    }

    /** How many groups, at most, lie between this one and {@code all}; one more than that. */
    private int depth(Group group) {
        Integer known = depths.get(group);
        if (known != null) {
            return known;
        }
        int depth = 0;
        for (Group parent : group.parents) {
            depth = Math.max(depth, depth(parent) + 1);
        }
        depths.put(group, depth);
        return depth;
    }
}
