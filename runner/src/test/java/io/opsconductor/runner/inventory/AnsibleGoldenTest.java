package io.opsconductor.runner.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.opsconductor.json.Json;
import io.opsconductor.runner.inventory.ansible.AnsibleHost;
import io.opsconductor.runner.inventory.ansible.AnsibleInventory;
import io.opsconductor.runner.inventory.ansible.AnsibleReader;
import io.opsconductor.runner.inventory.ansible.Variable;
import io.opsconductor.runner.inventory.ansible.Watched;
import io.opsconductor.yaml.Finding;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What we read from an inventory is what Ansible reads; the golden files are what {@code ansible-inventory --list} said. */
class AnsibleGoldenTest {
    private static final Path INVENTORIES = Path.of("src/test/resources/ansible");

    @ParameterizedTest
    @CsvSource({"ini/hosts, ini.golden.json", "yaml/hosts.yml, yaml.golden.json", "folder, folder.golden.json"})
    void hostsGroupsAndConnectionVariablesAreAnsibles(String source, String golden) throws Exception {
        JsonNode theirs = Json.tree(Files.readString(INVENTORIES.resolve(golden)));
        List<Finding> mistakes = new ArrayList<>();

        AnsibleInventory ours = AnsibleReader.read(
                List.of(INVENTORIES.resolve(source)),
                new Watched(mistakes, new ArrayList<>(), new LinkedHashSet<>(), new ArrayList<>()));

        assertThat(mistakes).isEmpty();
        assertThat(groupsOf(ours)).isEqualTo(groupsOf(theirs));
        assertThat(variablesOf(ours)).isEqualTo(variablesOf(theirs, namesOf(ours)));
    }

    @ParameterizedTest
    @CsvSource({"ini/hosts, ini.golden.json", "yaml/hosts.yml, yaml.golden.json", "folder, folder.golden.json"})
    void goldenFilesAreWhatTheInstalledAnsibleSays(String source, String golden) throws Exception {
        assumeTrue(
                Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
                        .anyMatch(folder -> Files.isExecutable(Path.of(folder, "ansible-inventory"))),
                "ansible-inventory is not installed here; apt-get install ansible-core makes this test run");
        ProcessBuilder builder = new ProcessBuilder("ansible-inventory", "-i", source, "--list")
                .directory(INVENTORIES.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment()
                .put("ANSIBLE_HOME", Files.createTempDirectory("ansible").toString());
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).isZero();
        assertThat(Json.tree(said)).isEqualTo(Json.tree(Files.readString(INVENTORIES.resolve(golden))));
    }

    private static Map<String, Set<String>> groupsOf(AnsibleInventory inventory) {
        Map<String, Set<String>> groups = new TreeMap<>();
        inventory.groups().forEach(group -> groups.put(group.name(), new TreeSet<>()));
        inventory
                .hosts()
                .forEach(host -> host.groups()
                        .forEach(group -> groups.computeIfAbsent(group, g -> new TreeSet<>())
                                .add(host.name())));
        groups.values().removeIf(Set::isEmpty);
        return groups;
    }

    private static Map<String, Set<String>> groupsOf(JsonNode listing) {
        Map<String, Set<String>> groups = new TreeMap<>();
        listing.fieldNames().forEachRemaining(name -> {
            if (!name.equals("_meta") && !name.equals("all")) {
                Set<String> members = new TreeSet<>();
                collect(listing, name, members);
                groups.put(name, members);
            }
        });
        groups.values().removeIf(Set::isEmpty);
        return groups;
    }

    private static void collect(JsonNode listing, String group, Set<String> members) {
        listing.path(group).path("hosts").forEach(host -> members.add(host.asText()));
        listing.path(group).path("children").forEach(child -> collect(listing, child.asText(), members));
    }

    private static Set<String> namesOf(AnsibleInventory inventory) {
        Set<String> names = new TreeSet<>();
        inventory.hosts().forEach(host -> names.add(host.name()));
        return names;
    }

    private static Map<String, Map<String, String>> variablesOf(AnsibleInventory inventory) {
        Map<String, Map<String, String>> hosts = new TreeMap<>();
        for (AnsibleHost host : inventory.hosts()) {
            Map<String, String> variables = new TreeMap<>();
            host.variables().forEach((name, variable) -> {
                assertThat(variable.form()).isEqualTo(Variable.Form.PLAIN);
                variables.put(name, variable.text());
            });
            hosts.put(host.name(), variables);
        }
        return hosts;
    }

    private static Map<String, Map<String, String>> variablesOf(JsonNode listing, Set<String> hostNames) {
        Map<String, Map<String, String>> hosts = new TreeMap<>();
        hostNames.forEach(name -> hosts.put(name, new TreeMap<>()));
        listing.path("_meta").path("hostvars").properties().forEach(host -> {
            Map<String, String> variables = new TreeMap<>();
            host.getValue().properties().forEach(variable -> {
                if (variable.getKey().startsWith("ansible_")) {
                    // YAML's yes is kept as it is written; Ansible has made a truth value of it.
                    variables.put(
                            variable.getKey(),
                            variable.getValue().isBoolean()
                                    ? variable.getValue().booleanValue() ? "yes" : "no"
                                    : variable.getValue().asText());
                }
            });
            hosts.put(host.getKey(), variables);
        });
        return hosts;
    }
}
