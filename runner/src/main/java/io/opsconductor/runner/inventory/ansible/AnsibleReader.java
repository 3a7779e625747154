package io.opsconductor.runner.inventory.ansible;

import io.opsconductor.json.Digest;
import io.opsconductor.runner.file.SourceFiles;
import io.opsconductor.runner.inventory.ansible.AnsibleInventory.NamedGroup;
import io.opsconductor.yaml.Finding;
import io.opsconductor.yaml.Place;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Reads files and folders that together are one Ansible inventory. */
public final class AnsibleReader {
    static final String FREEZE = "The runner starts no program to find hosts. Write its answer into a file, and name"
            + " that: ansible-inventory -i FILE --list --export --yaml --output hosts.yml.";

    private static final int MAX_FILES = 1_000;
    private static final int MAX_LEVELS = 10;
    private static final Set<String> YAML_ENDINGS = Set.of(".yaml", ".yml", ".json");

    /** What Ansible passes over in a folder: hidden files, backups, and its own folders and settings. */
    private static final Pattern PASSED_OVER = Pattern.compile(
            "\\..*|host_vars|group_vars|vars_plugins|.*(\\.pyc|\\.pyo|\\.swp|\\.bak|~|\\.rpm|\\.md|\\.txt|\\.rst|\\.orig"
                    + "|\\.ini|\\.cfg|\\.retry)");

    private static final Pattern YAML_START = Pattern.compile("---.*|[^\\[\\]={}]+:\\s*(#.*)?|\\{.*");

    private final Watched watched;
    private final Tree tree;
    private int filesRead;

    private AnsibleReader(Path first, Watched watched) {
        this.watched = watched;
        this.tree = new Tree(watched.findings(), first);
    }

    /**
     * Whether a file given as an inventory is one of Ansible's: everything but a YAML file, and a YAML file that holds
     * nothing but groups with hosts, children and vars.
     */
    public static boolean isAnsible(Path file, byte[] bytes) {
        if (!isYaml(file, bytes)) {
            return true;
        }
        Node root = AnsibleYaml.read(file, bytes, new ArrayList<>());
        return root != null && YamlForm.isInventory(root);
    }

    /**
     * Reads the inventory.
     *
     * @param sources files and folders, at least one; a later one adds to and overrides the earlier ones
     * @return what could be read; with any finding among the mistakes it must not be used
     */
    public static AnsibleInventory read(List<Path> sources, Watched watched) {
        return new AnsibleReader(sources.getFirst(), watched).readAll(sources);
    }

    private AnsibleInventory readAll(List<Path> sources) {
        Set<Path> bases = new LinkedHashSet<>();
        for (Path source : sources) {
            Path absolute = source.toAbsolutePath().normalize();
            source(absolute, 1);
            Path parent = absolute.getParent();
            bases.add(Files.isDirectory(absolute) || parent == null ? absolute : parent);
        }
        tree.settle();
        if (tree.isFull() || !watched.findings().isEmpty()) {
            // The variables' folders are watched all the same, so that mending them is seen.
            bases.forEach(base -> List.of("group_vars", "host_vars")
                    .forEach(name -> watched.files().add(base.resolve(name))));
            return new AnsibleInventory(List.of(), List.of());
        }
        return resolved(bases);
    }

    private void source(Path source, int level) {
        watched.files().add(source);
        if (Files.isDirectory(source)) {
            if (level > MAX_LEVELS) {
                mistake(source, "expected folders within folders of at most " + MAX_LEVELS + " levels, found more", "");
                return;
            }
            for (Path entry : list(source)) {
                if (!PASSED_OVER.matcher(entry.getFileName().toString()).matches()) {
                    source(entry, level + 1);
                }
            }
            return;
        }
        if (++filesRead > MAX_FILES) {
            if (filesRead == MAX_FILES + 1) {
                mistake(source, "expected at most " + MAX_FILES + " inventory files, found more", "Check the folder.");
            }
            return;
        }
        byte[] bytes = SourceFiles.bytes(source, watched.findings());
        if (bytes == null) {
            return;
        }
        watched.digests().add(Digest.of(bytes));
        String start = new String(bytes, 0, Math.min(bytes.length, 20), StandardCharsets.ISO_8859_1);
        if (start.startsWith("#!")) {
            mistake(source, "expected a file of hosts, found a program", FREEZE);
        } else if (start.startsWith("$ANSIBLE_VAULT")) {
            mistake(
                    source,
                    "expected a file of hosts, found one that is encrypted as a whole",
                    "Keep hosts in a plain file, and secrets as credential references.");
        } else if (source.toString().endsWith(".toml")) {
            mistake(source, "expected INI or YAML, found TOML", FREEZE);
        } else if (isYaml(source, bytes)) {
            Node root = AnsibleYaml.read(source, bytes, watched.findings());
            if (root != null) {
                YamlForm.read(source, root, tree, watched.findings());
            }
        } else {
            IniForm.read(source, bytes, tree, watched.findings());
        }
    }

    private static boolean isYaml(Path file, byte[] bytes) {
        Path name = file.getFileName();
        String text = name == null ? "" : name.toString();
        int dot = text.lastIndexOf('.');
        if (dot > 0) {
            return YAML_ENDINGS.contains(text.substring(dot));
        }
        return new String(bytes, StandardCharsets.UTF_8)
                .lines()
                .filter(line -> !line.isBlank() && !line.strip().startsWith("#"))
                .findFirst()
                .map(line -> YAML_START.matcher(line).matches())
                .orElse(false);
    }

    private List<Path> list(Path folder) {
        TreeSet<Path> found = new TreeSet<>();
        try (DirectoryStream<Path> listed = Files.newDirectoryStream(folder)) {
            listed.forEach(found::add);
        } catch (IOException | DirectoryIteratorException e) {
            mistake(
                    folder,
                    "expected a folder that can be read, found " + e.getClass().getSimpleName(),
                    "Check its permissions.");
        }
        return List.copyOf(found);
    }

    /** In Ansible's order: all, groups, the files for all, the files for groups, the host, the files for the host. */
    private AnsibleInventory resolved(Set<Path> bases) {
        List<VarsFolder> groupFolders = bases.stream()
                .map(base -> VarsFolder.open(base.resolve("group_vars"), watched))
                .toList();
        List<VarsFolder> hostFolders = bases.stream()
                .map(base -> VarsFolder.open(base.resolve("host_vars"), watched))
                .toList();
        Map<String, List<Map<String, Variable>>> forGroups = new LinkedHashMap<>();
        tree.groups()
                .forEach(group -> forGroups.put(
                        group.name(),
                        groupFolders.stream()
                                .map(folder -> folder.of(group.name()))
                                .toList()));
        List<AnsibleHost> hosts = new ArrayList<>();
        boolean ungrouped = false;
        for (Tree.Host host : tree.hosts()) {
            List<Tree.Group> lineage = tree.lineage(host);
            Map<String, Variable> variables = new LinkedHashMap<>(tree.all().variables());
            lineage.forEach(group -> variables.putAll(group.variables()));
            forGroups.getOrDefault(Tree.ALL, List.of()).forEach(variables::putAll);
            // Folder by folder, within each group by group: a later source wins over a nearer group.
            for (int folder = 0; folder < groupFolders.size(); folder++) {
                for (Tree.Group group : lineage) {
                    variables.putAll(
                            forGroups.getOrDefault(group.name(), List.of()).get(folder));
                }
            }
            variables.putAll(host.variables());
            hostFolders.forEach(folder -> variables.putAll(folder.of(host.name())));
            List<String> names = lineage.stream().map(Tree.Group::name).toList();
            ungrouped |= names.contains(Tree.UNGROUPED);
            hosts.add(new AnsibleHost(host.name(), names, variables, host.file(), host.place()));
        }
        List<NamedGroup> groups = new ArrayList<>();
        for (Tree.Group group : tree.groups()) {
            if (!group.name().equals(Tree.ALL) && (ungrouped || !group.name().equals(Tree.UNGROUPED))) {
                groups.add(new NamedGroup(group.name(), group.file(), group.place()));
            }
        }
        return new AnsibleInventory(hosts, groups);
    }

    private void mistake(Path file, String message, String fix) {
        watched.findings().add(Finding.error(file.toString(), Place.START, "", message, fix));
    }
}
