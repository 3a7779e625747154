package io.opsconductor.runner.inventory;

import io.opsconductor.runner.file.YamlValue;
import io.opsconductor.text.Nearest;
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
    private final Map<String, Mistake> firstUse = new HashMap<>();
    private final Map<String, List<Child>> children = new LinkedHashMap<>();

    /** A target says that it belongs to this group. */
    void join(String group, Mistake value) {
        spelling.putIfAbsent(Inventory.fold(group), group);
        firstUse.putIfAbsent(Inventory.fold(group), value);
    }

    /** The file describes a group by the groups within it. */
    void describe(String group, YamlValue value, List<YamlValue> within) {
        join(group, value::mistake);
        List<Child> named = new ArrayList<>();
        for (YamlValue child : within) {
            String name = child.text();
            if (name != null) {
                named.add(new Child(Inventory.fold(name), child));
            }
        }
        if (children.putIfAbsent(Inventory.fold(group), named) != null) {
            value.mistake("expected each group once, found one that is described already", "Keep one.");
        }
    }

    /** Reports what is wrong with the whole; to be called once, after everything was named. */
    void check() {
        children.forEach((group, within) -> {
            for (Child child : within) {
                if (!spelling.containsKey(child.name())) {
                    List<String> nearest = Nearest.of(child.name(), spelling.values(), 1);
                    child.value()
                            .mistake(
                                    "expected a group that a target or another group is in, found an unknown one",
                                    nearest.isEmpty() ? "" : "Did you mean " + nearest.getFirst() + "?");
                } else if (reach(child.name()).contains(group)) {
                    child.value()
                            .mistake(
                                    "expected groups that do not contain themselves, found that "
                                            + spelled(child.name()) + " contains " + spelled(group),
                                    "Remove one of the two.");
                }
            }
        });
    }

    /** A group's name as it was written first; the name itself for one that is not known. */
    String spelling(String group) {
        return spelling.getOrDefault(Inventory.fold(group), group);
    }

    Collection<String> names() {
        return spelling.values();
    }

    /** A mistake about a group's name, at the place where it was first named. */
    void mistake(String group, String message, String fix) {
        Mistake value = firstUse.get(Inventory.fold(group));
        if (value != null) {
            value.report(message, fix);
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
