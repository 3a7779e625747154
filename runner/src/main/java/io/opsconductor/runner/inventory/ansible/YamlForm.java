package io.opsconductor.runner.inventory.ansible;

import io.opsconductor.runner.inventory.ansible.HostPattern.Expansion;
import io.opsconductor.yaml.Finding;
import io.opsconductor.yaml.Place;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads one file in Ansible's YAML form into the tree. */
final class YamlForm {
    private static final Set<String> PARTS = Set.of("hosts", "children", "vars");

    /** Groups that are described; through aliases a small file can describe one very often. */
    private static final int MAX_DESCRIBED = 50_000;

    private final Path file;
    private final Tree tree;
    private final List<Finding> findings;
    private int described;

    private YamlForm(Path file, Tree tree, List<Finding> findings) {
        this.file = file;
        this.tree = tree;
        this.findings = findings;
    }

    /** Whether this is what Ansible would take for an inventory and not one of our own files. */
    static boolean isInventory(Node root) {
        return root instanceof Node.Fields fields
                && !fields.fields().isEmpty()
                && fields.fields().values().stream().allMatch(field -> isGroup(field.value()));
    }

    private static boolean isGroup(Node value) {
        return value instanceof Node.Nothing
                || (value instanceof Node.Fields group
                        && PARTS.containsAll(group.fields().keySet())
                        // Groups of our own have a list there.
                        && group.fields().values().stream().noneMatch(part -> part.value() instanceof Node.Items));
    }

    static void read(Path file, Node root, Tree tree, List<Finding> findings) {
        new YamlForm(file, tree, findings).readAll(root);
    }

    private void readAll(Node root) {
        if (!(root instanceof Node.Fields fields) || fields.fields().isEmpty()) {
            mistake(
                    root.place(),
                    "expected groups, found none",
                    "An inventory begins for example with all: and hosts:.");
            return;
        }
        Node.Field plugin = fields.fields().get("plugin");
        if (plugin != null) {
            mistake(plugin.place(), "expected groups, found the settings of an inventory plugin", AnsibleReader.FREEZE);
            return;
        }
        fields.fields().forEach((name, field) -> group(name, field));
    }

    private void group(String name, Node.Field field) {
        if (tree.isFull() || ++described > MAX_DESCRIBED) {
            if (described == MAX_DESCRIBED + 1) {
                mistake(field.place(), "expected at most " + MAX_DESCRIBED + " descriptions of groups, found more", "");
            }
            return;
        }
        Tree.Group group = tree.group(name, file, field.place());
        switch (field.value()) {
            case Node.Nothing nothing -> {}
            case Node.Fields parts -> parts(group, parts);
            case Node.Text text -> notAGroup(field);
            case Node.Items items -> notAGroup(field);
        }
    }

    private void notAGroup(Node.Field field) {
        mistake(
                field.place(),
                "expected a group with hosts, children or vars, found something else",
                "Write what belongs to it below it, indented.");
    }

    private void parts(Tree.Group group, Node.Fields parts) {
        parts.fields().forEach((key, part) -> {
            if (!PARTS.contains(key)) {
                mistake(part.place(), "expected hosts, children or vars, found another key", "Check the indentation.");
                return;
            }
            Map<String, Node.Field> entries = entries(part);
            switch (key) {
                case "vars" -> entries.forEach((name, value) -> variable(group, name, value));
                case "children" ->
                    entries.forEach((name, child) -> {
                        group(name, child);
                        tree.contain(group, tree.group(name, file, child.place()), file, child.place());
                    });
                default -> entries.forEach((pattern, values) -> hosts(group, pattern, values));
            }
        });
    }

    private Map<String, Node.Field> entries(Node.Field part) {
        return switch (part.value()) {
            case Node.Nothing nothing -> Map.of();
            case Node.Fields fields -> fields.fields();
            // A single name may stand there alone.
            case Node.Text text -> Map.of(text.text(), new Node.Field(text.place(), new Node.Nothing(text.place())));
            case Node.Items items -> {
                mistake(
                        part.place(),
                        "expected a mapping, found a list",
                        "Write each name followed by a colon, without a hyphen.");
                yield Map.of();
            }
        };
    }

    private void variable(Tree.Group group, String name, Node.Field value) {
        if (name.equals("ansible_group_priority")) {
            String text = value.value() instanceof Node.Text number ? number.text() : "";
            Priorities.set(group, text, file, value.place(), findings);
        } else if (Variable.isKept(name)) {
            group.variables().put(name, Variable.of(name, value.value(), file));
        }
    }

    private void hosts(Tree.Group group, String pattern, Node.Field values) {
        if (tree.isFull()) {
            return;
        }
        Map<String, Variable> variables = new LinkedHashMap<>();
        entries(values).forEach((name, value) -> {
            if (Variable.isKept(name)) {
                variables.put(name, Variable.of(name, value.value(), file));
            }
        });
        switch (HostPattern.expand(pattern, Tree.MAX_HOSTS)) {
            case Expansion.Mistake wrong -> mistake(values.place(), wrong.message(), wrong.fix());
            case Expansion.Names names -> {
                for (String name : names.names()) {
                    tree.host(name, group, names.port(), file, values.place())
                            .variables()
                            .putAll(variables);
                }
            }
        }
    }

    private void mistake(Place place, String message, String fix) {
        findings.add(Finding.error(file.toString(), place, "", message, fix));
    }
}
