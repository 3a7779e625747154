package io.opsconductor.runner.inventory;

import io.opsconductor.json.Digest;
import io.opsconductor.text.Nearest;
import io.opsconductor.tool.TargetDirectory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** All targets at one moment. Names, aliases and groups are unique without regard to case. */
public final class Inventory {
    private final String version;
    private final SortedMap<String, Target> targets;
    private final SortedMap<String, List<String>> groups;
    private final List<Path> knownHostsFiles;
    private final Map<String, Target> byAnyName = new HashMap<>();
    private final Map<String, List<Target>> byAddress = new HashMap<>();

    /**
     * @param version digest of the files' bytes, known host keys included
     * @param targets all targets
     * @param groups group name to the names of its members, groups of groups already resolved
     * @param knownHostsFiles the files that host keys are read from, existing or not
     */
    public Inventory(
            String version, Collection<Target> targets, Map<String, List<String>> groups, List<Path> knownHostsFiles) {
        this.version = version;
        this.knownHostsFiles = List.copyOf(knownHostsFiles);
        this.targets = new TreeMap<>();
        this.groups = new TreeMap<>(groups);
        for (Target target : targets) {
            this.targets.put(target.name(), target);
            byAnyName.put(fold(target.name()), target);
            if (!target.address().isEmpty()) {
                byAddress
                        .computeIfAbsent(fold(target.address()), a -> new ArrayList<>())
                        .add(target);
            }
            target.aliases().forEach(alias -> byAnyName.put(fold(alias), target));
        }
    }

    /** An inventory without a target. */
    public static Inventory empty() {
        return new Inventory(Digest.of(""), List.of(), Map.of(), List.of());
    }

    /** Digest that changes when any file of it does. */
    public String version() {
        return version;
    }

    /** All targets, by name. */
    public List<Target> targets() {
        return List.copyOf(targets.values());
    }

    /** Group name to the sorted names of its members. */
    public Map<String, List<String>> groups() {
        return groups;
    }

    /** The files that host keys are read from, existing or not. */
    public List<Path> knownHostsFiles() {
        return knownHostsFiles;
    }

    /** Finds a target by its name or an alias, without regard to case. */
    public Lookup lookup(String name) {
        Target target = byAnyName.get(fold(name));
        if (target != null) {
            return new Lookup.Found(target);
        }
        List<String> names = new ArrayList<>(targets.keySet());
        targets.values().forEach(t -> names.addAll(t.aliases()));
        names.addAll(groups.keySet());
        return new Lookup.Unknown(Nearest.of(name, names, 3));
    }

    /** A host that is no target and on the way to one, by its address, with its port if that is not 22; null when none is. */
    public @Nullable Target onTheWay(String address) {
        for (Target target : targets.values()) {
            List<Target> jump = target.ssh().jump();
            for (int i = 0; i < jump.size(); i++) {
                if (jump.get(i).name().equalsIgnoreCase(address)) {
                    return jump.get(i).with(jump.get(i).ssh().through(jump.subList(0, i)));
                }
            }
        }
        return null;
    }

    /** All targets with this address, without regard to case. */
    public List<Target> atAddress(String address) {
        return byAddress.getOrDefault(fold(address), List.of());
    }

    /** What the chatbot may know: names without addresses, accounts, credentials or keys. */
    public TargetDirectory directory() {
        List<TargetDirectory.Entry> entries = targets.values().stream()
                .map(t -> new TargetDirectory.Entry(
                        t.name(), t.aliases(), t.environment(), t.platform(), t.groups(), t.labels()))
                .sorted(Comparator.comparing(TargetDirectory.Entry::name))
                .toList();
        String entriesDigest = Digest.ofCanonical(new TargetDirectory("", entries, groups));
        return new TargetDirectory(entriesDigest, entries, groups);
    }

    static String fold(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
