package io.opsconductor.runner.inventory.ansible;

import io.opsconductor.yaml.Finding;
import io.opsconductor.yaml.Place;
import java.nio.file.Path;
import java.util.List;

/** {@code ansible_group_priority}: among groups equally far from {@code all}, the greater number wins. */
final class Priorities {
    private Priorities() {}

    static void set(Tree.Group group, String value, Path file, Place place, List<Finding> findings) {
        if (value.matches("-?[0-9]{1,6}")) {
            group.priority(Integer.parseInt(value));
        } else {
            findings.add(Finding.error(
                    file.toString(),
                    place,
                    "ansible_group_priority",
                    "expected a whole number of at most 6 digits, found something else",
                    ""));
        }
    }
}
