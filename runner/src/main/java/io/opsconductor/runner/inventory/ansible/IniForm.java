package io.opsconductor.runner.inventory.ansible;

import io.opsconductor.runner.inventory.ansible.HostPattern.Expansion;
import io.opsconductor.text.Shown;
import io.opsconductor.yaml.Finding;
import io.opsconductor.yaml.Place;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads one file in Ansible's INI form into the tree. */
final class IniForm {
    private static final int MAX_LINE = 64 * 1024;
    private static final Pattern SECTION = Pattern.compile("\\[([^:\\]\\s]+)(?::(\\w+))?]\\s*(?:#.*)?");
    private static final Pattern GROUP = Pattern.compile("([^:\\]\\s]+)\\s*(?:#.*)?");

    private enum Section {
        HOSTS,
        CHILDREN,
        VARS
    }

    /** A group that has to be declared somewhere in the file. */
    private record Expected(String group, Place place, String by) {}

    private final Path file;
    private final Tree tree;
    private final List<Finding> findings;
    private final Set<String> declared = new HashSet<>(Set.of(Tree.ALL, Tree.UNGROUPED));
    private final List<Expected> expected = new ArrayList<>();
    private Section section = Section.HOSTS;
    private String group = Tree.UNGROUPED;

    private IniForm(Path file, Tree tree, List<Finding> findings) {
        this.file = file;
        this.tree = tree;
        this.findings = findings;
    }

    static void read(Path file, byte[] bytes, Tree tree, List<Finding> findings) {
        new IniForm(file, tree, findings).readAll(new String(bytes, StandardCharsets.UTF_8));
    }

    private void readAll(String text) {
        int number = 0;
        tree.groups().forEach(known -> declared.add(known.name()));
        for (String line : text.lines().toList()) {
            number++;
            String body = line.strip();
            int indent = line.length() - line.stripLeading().length();
            if (number == 1 && body.startsWith("\uFEFF")) {
                body = body.substring(1);
            }
            if (body.isEmpty() || body.startsWith("#") || body.startsWith(";")) {
                continue;
            }
            Place place = new Place(number, indent + 1);
            if (body.length() > MAX_LINE) {
                mistake(place, "expected lines of at most " + MAX_LINE + " characters, found more", "Split it.");
            } else if (body.indexOf('\0') >= 0 || body.indexOf('\uFFFD') >= 0) {
                mistake(place, "expected UTF-8 text, found bytes that are not", "Save the file as UTF-8.");
            } else {
                line(body, place);
            }
            if (tree.isFull()) {
                return;
            }
        }
        for (Expected missing : expected) {
            if (!declared.contains(missing.group())) {
                mistake(
                        missing.place(),
                        "expected a group that has a section of its own, found " + Shown.quoted(missing.group())
                                + " in " + missing.by() + " alone",
                        "Add the section [" + shortened(missing.group()) + "], or correct the name.");
            }
        }
    }

    private void line(String body, Place place) {
        Matcher header = SECTION.matcher(body);
        if (header.matches()) {
            header(header.group(1), header.group(2), place);
        } else if (body.startsWith("[") && body.endsWith("]")) {
            mistake(place, "expected a section such as [web], found " + Shown.quoted(body), "Leave spaces out of it.");
        } else {
            switch (section) {
                case HOSTS -> hosts(body, place);
                case CHILDREN -> child(body, place);
                case VARS -> variable(body, place);
            }
        }
    }

    private void header(String name, @Nullable String kind, Place place) {
        group = name;
        switch (kind == null ? "hosts" : kind) {
            case "hosts" -> section = Section.HOSTS;
            case "children" -> section = Section.CHILDREN;
            case "vars" -> section = Section.VARS;
            default ->
                mistake(
                        place,
                        "expected a section [" + shortened(name) + "], or one that ends in :children or :vars, found "
                                + Shown.quoted(":" + kind),
                        "");
        }
        tree.group(name, file, place);
        if (section == Section.VARS) {
            expected.add(new Expected(name, place, "[" + shortened(name) + ":vars]"));
        } else {
            declared.add(name);
        }
    }

    private void hosts(String body, Place place) {
        List<Words.Word> words = Words.split(body);
        if (words == null) {
            mistake(place, "expected quotes that are closed, found one that is not", "Close it.");
            return;
        }
        if (words.isEmpty()) {
            return;
        }
        Map<String, Variable> variables = new LinkedHashMap<>();
        for (Words.Word word : words.subList(1, words.size())) {
            Place at = new Place(place.line(), place.column() + word.column() - 1);
            int equals = word.text().indexOf('=');
            if (equals < 0) {
                mistake(
                        at,
                        "expected key=value after the host's name, found a word without =",
                        "Quote a value that holds spaces: key=\"a b\".");
                return;
            }
            String name = word.text().substring(0, equals);
            if (Variable.isKept(name)) {
                variables.put(name, Variable.plain(name, Words.value(word.text().substring(equals + 1)), file, at));
            }
        }
        String pattern = words.getFirst().text();
        if (pattern.equals("---")) {
            mistake(place, "expected a host, found ---, with which YAML begins", "Name the file .yaml or .yml.");
            return;
        }
        switch (HostPattern.expand(pattern, Tree.MAX_HOSTS)) {
            case Expansion.Mistake wrong -> mistake(place, wrong.message(), wrong.fix());
            case Expansion.Names names -> {
                Tree.Group into = tree.group(group, file, place);
                for (String name : names.names()) {
                    tree.host(name, into, names.port(), file, place).variables().putAll(variables);
                }
            }
        }
    }

    private void child(String body, Place place) {
        Matcher name = GROUP.matcher(body);
        if (!name.matches()) {
            mistake(place, "expected the name of a group alone, found " + Shown.quoted(body), "");
            return;
        }
        String child = name.group(1);
        expected.add(new Expected(child, place, "[" + shortened(group) + ":children]"));
        tree.contain(tree.group(group, file, place), tree.group(child, file, place), file, place);
    }

    private void variable(String body, Place place) {
        int equals = body.indexOf('=');
        if (equals < 0) {
            mistake(place, "expected key=value, found no =", "");
            return;
        }
        String name = body.substring(0, equals).strip();
        String value = Words.value(body.substring(equals + 1).strip());
        Tree.Group into = tree.group(group, file, place);
        if (name.equals("ansible_group_priority")) {
            Priorities.set(into, value, file, place, findings);
        } else if (Variable.isKept(name)) {
            into.variables().put(name, Variable.plain(name, value, file, place));
        }
    }

    private void mistake(Place place, String message, String fix) {
        findings.add(Finding.error(file.toString(), place, "", message, fix));
    }

    private static String shortened(String name) {
        String quoted = Shown.quoted(name);
        return quoted.startsWith("\"") && quoted.endsWith("\"") ? quoted.substring(1, quoted.length() - 1) : quoted;
    }
}
