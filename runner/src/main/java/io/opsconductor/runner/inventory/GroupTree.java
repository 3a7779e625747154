package io.opsconductor.runner.inventory;

import io.opsconductor.runner.file.FileProblem;
import io.opsconductor.runner.file.NearestNames;
import io.opsconductor.runner.file.YamlValue;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Groups and groups of groups while an inventory is read. A group is written in whatever case it was first named. */
final class GroupTree {
    private record Child(String name, YamlValue value) {}

    private final Map<String, String> spelling = new TreeMap<>();
    private final Map<String, YamlValue> firstUse = new HashMap<>();
    private final Map<String, List<Child>> children = new LinkedHashMap<>();
    private final List<FileProblem> problems = new ArrayList<>();

    /** A target says that it belongs to this group. */
    void join(String group, YamlValue value) {
        spelling.putIfAbsent(Inventory.fold(group), group);
        firstUse.putIfAbsent(Inventory.fold(group), value);
    }

    /** The file describes a group by the groups within it. */
    void describe(String group, YamlValue value, List<YamlValue> within) {
        join(group, value);
        List<Child> named = new ArrayList<>();
        for (YamlValue child : within) {
            String name = child.text();
            if (name != null) {
                named.add(new Child(Inventory.fold(name), child));
            }
        }
        if (children.putIfAbsent(Inventory.fold(group), named) != null) {
            value.problem("the group " + group + " is described twice; keep one");
        }
    }

    /** Checks the whole; to be called once, after everything was named. */
    List<FileProblem> problems() {
        children.forEach((group, within) -> {
            for (Child child : within) {
                if (!spelling.containsKey(child.name())) {
                    List<String> nearest = NearestNames.to(child.name(), spelling.values());
                    problems.add(child.value()
                            .problemHere("no target and no group is in a group of that name"
                                    + (nearest.isEmpty() ? "" : "; did you mean " + nearest.getFirst() + "?")));
                } else if (reach(child.name()).contains(group)) {
                    problems.add(child.value()
                            .problemHere("the group " + spelled(group) + " contains itself through "
                                    + spelled(child.name()) + "; remove one of the two"));
                }
            }
        });
        return problems;
    }

    Collection<String> names() {
        return spelling.values();
    }

    /** A mistake about a group's name, at the place where it was first named. */
    void problem(String group, String message) {
        YamlValue value = firstUse.get(Inventory.fold(group));
        if (value != null) {
            value.problem(message);
        }
    }

    /** The groups themselves and all groups that contain them, sorted. */
    List<String> ancestors(Collection<String> groups) {
        Set<String> within = new TreeSet<>();
        for (String group : groups) {
            String folded = Inventory.fold(group);
            within.add(spelled(folded));
            for (String candidate : children.keySet()) {
                if (reach(candidate).contains(folded)) {
                    within.add(spelled(candidate));
                }
            }
        }
        return List.copyOf(within);
    }

    /** A group and every group within it; ends on cycles. */
    private Set<String> reach(String group) {
        Set<String> reached = new LinkedHashSet<>();
        List<String> next = new ArrayList<>(List.of(group));
        while (!next.isEmpty()) {
            String at = next.removeLast();
            if (reached.add(at)) {
                children.getOrDefault(at, List.of()).forEach(child -> next.add(child.name()));
            }
        }
        return reached;
    }

    private String spelled(String folded) {
        return spelling.getOrDefault(folded, folded);
    }
}
