package io.opsconductor.runner.inventory.ansible;

import io.opsconductor.yaml.Place;
import java.nio.file.Path;
import java.util.List;

/**
 * An Ansible inventory, read.
 *
 * @param hosts in the order of the files
 * @param groups all groups but {@code all}, also those without a host; {@code ungrouped} only with one
 */
public record AnsibleInventory(List<AnsibleHost> hosts, List<NamedGroup> groups) {
    public AnsibleInventory {
        hosts = List.copyOf(hosts);
        groups = List.copyOf(groups);
    }

    /** A group, and where it is named first. */
    public record NamedGroup(String name, Path file, Place place) {}
}
