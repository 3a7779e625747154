package io.opsconductor.runner.inventory;

import io.opsconductor.runner.credential.Credential;
import io.opsconductor.runner.inventory.ansible.AnsibleHost;
import io.opsconductor.runner.inventory.ansible.AnsibleInventory;
import io.opsconductor.text.Nearest;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What our own file says about the hosts of an Ansible inventory.
 *
 * @param sources the files and folders of the inventory
 * @param everywhere what holds for each host
 * @param groups what holds for the hosts of a group, by the group's name as Ansible writes it
 * @param hosts what holds for a host, by its name
 */
record Overlay(List<Path> sources, Said everywhere, Map<String, Said> groups, Map<String, Said> hosts) {
    Overlay {
        sources = List.copyOf(sources);
        groups = Map.copyOf(groups);
        hosts = Map.copyOf(hosts);
    }

    /**
     * What one place says.
     *
     * @param environment null when it says nothing
     * @param platform null when it says nothing
     * @param credential null when it says nothing
     * @param jump null when it says nothing
     * @param sudo null when it says nothing
     * @param mistake reports a mistake about the name that it is said of
     */
    record Said(
            @Nullable String environment,
            @Nullable String platform,
            @Nullable Credential credential,
            Map<String, String> labels,
            @Nullable List<Jump> jump,
            @Nullable Sudo sudo,
            Mistake mistake) {
        static Said nothing() {
            return new Said(null, null, null, Map.of(), null, null, (message, fix) -> {});
        }

        /** Both, where the later one wins. */
        Said then(Said later) {
            Map<String, String> both = new LinkedHashMap<>(labels);
            both.putAll(later.labels);
            return new Said(
                    later.environment == null ? environment : later.environment,
                    later.platform == null ? platform : later.platform,
                    later.credential == null ? credential : later.credential,
                    both,
                    later.jump == null ? jump : later.jump,
                    later.sudo == null ? sudo : later.sudo,
                    mistake);
        }
    }

    static Overlay none(List<Path> sources) {
        return new Overlay(sources, Said.nothing(), Map.of(), Map.of());
    }

    /** All that is said of a host: groups in the order in which Ansible's variables count. */
    Said of(AnsibleHost host) {
        Said said = everywhere;
        for (String group : host.groups()) {
            Said more = groups.get(group);
            said = more == null ? said : said.then(more);
        }
        Said own = hosts.get(host.name());
        return own == null ? said : said.then(own);
    }

    /** Reports names of groups and hosts that the inventory does not have. */
    void unknownNames(AnsibleInventory read) {
        Set<String> knownGroups = new HashSet<>();
        read.groups().forEach(group -> knownGroups.add(group.name()));
        Set<String> knownHosts = new HashSet<>();
        read.hosts().forEach(host -> knownHosts.add(host.name()));
        groups.forEach((name, said) -> unknown("group", name, said, knownGroups));
        hosts.forEach((name, said) -> unknown("host", name, said, knownHosts));
    }

    private static void unknown(String what, String name, Said said, Set<String> known) {
        if (!known.contains(name)) {
            List<String> nearest = Nearest.of(name, known, 1);
            said.mistake()
                    .report(
                            "expected a " + what + " of the included inventory, found an unknown one",
                            nearest.isEmpty() ? "" : "Did you mean " + nearest.getFirst() + "?");
        }
    }
}
