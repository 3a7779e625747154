package io.opsconductor.runner.inventory.ansible;

import io.opsconductor.yaml.Finding;
import io.opsconductor.yaml.Place;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A host of an Ansible inventory.
 *
 * @param groups all that it is in, directly or through others, without {@code all}, in the order in which their variables
 *     count
 * @param variables the connection variables that hold for it, by name
 * @param file where it is named first
 * @param place where in that file
 */
public record AnsibleHost(String name, List<String> groups, Map<String, Variable> variables, Path file, Place place) {
    public AnsibleHost {
        groups = List.copyOf(groups);
        variables = Map.copyOf(variables);
    }

    /** The one that counts among variables that mean the same: the last one that is set. */
    public @Nullable Variable variable(String... names) {
        Variable found = null;
        for (String name : names) {
            Variable candidate = variables.get(name);
            found = candidate == null ? found : candidate;
        }
        return found;
    }

    /** A mistake where the host is named. */
    public Finding mistake(String message, String fix) {
        return Finding.error(file.toString(), place, "", message, fix);
    }
}
