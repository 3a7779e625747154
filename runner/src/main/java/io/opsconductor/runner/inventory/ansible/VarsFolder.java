package io.opsconductor.runner.inventory.ansible;

import io.opsconductor.json.Digest;
import io.opsconductor.runner.file.SourceFiles;
import io.opsconductor.yaml.Finding;
import io.opsconductor.yaml.Place;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** A {@code group_vars} or {@code host_vars} folder. */
final class VarsFolder {
    private static final int MAX_LEVELS = 10;
    private static final int MAX_FILES = 25_000;
    private static final List<String> ENDINGS = List.of("", ".yml", ".yaml", ".json");
    private static final byte[] VAULT = "$ANSIBLE_VAULT".getBytes(StandardCharsets.US_ASCII);

    private final Watched watched;
    private final Map<String, Path> entries = new HashMap<>();
    private int files;

    private VarsFolder(Watched watched) {
        this.watched = watched;
    }

    static VarsFolder open(Path folder, Watched watched) {
        VarsFolder opened = new VarsFolder(watched);
        watched.files().add(folder);
        opened.list(folder)
                .forEach(entry -> opened.entries.put(entry.getFileName().toString(), entry));
        return opened;
    }

    /** The connection variables for a group or host; of two files the later one counts. */
    Map<String, Variable> of(String name) {
        Map<String, Variable> variables = new LinkedHashMap<>();
        for (String ending : ENDINGS) {
            // Only what was listed is ever opened, so that no name leads out of the folder.
            Path found = entries.get(name + ending);
            if (found != null) {
                for (Path file : Files.isDirectory(found) ? within(found, 1) : List.of(found)) {
                    variables.putAll(read(file));
                }
                break;
            }
        }
        return variables;
    }

    private List<Path> within(Path folder, int level) {
        watched.files().add(folder);
        List<Path> found = new ArrayList<>();
        if (level > MAX_LEVELS) {
            watched.findings()
                    .add(Finding.error(
                            folder.toString(),
                            Place.START,
                            "",
                            "expected folders within folders of at most " + MAX_LEVELS + " levels, found more",
                            ""));
            return found;
        }
        for (Path entry : list(folder)) {
            String name = entry.getFileName().toString();
            int dot = name.lastIndexOf('.');
            String ending = dot <= 0 ? "" : name.substring(dot);
            if (name.startsWith(".") || name.endsWith("~")) {
                continue;
            }
            if (Files.isDirectory(entry)) {
                if (ending.isEmpty()) {
                    found.addAll(within(entry, level + 1));
                }
            } else if (ENDINGS.contains(ending)) {
                found.add(entry);
            }
        }
        return found;
    }

    private List<Path> list(Path folder) {
        TreeSet<Path> found = new TreeSet<>();
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> listed = Files.newDirectoryStream(folder)) {
                for (Path entry : listed) {
                    found.add(entry);
                    if (++files > MAX_FILES) {
                        watched.findings()
                                .add(Finding.error(
                                        folder.toString(),
                                        Place.START,
                                        "",
                                        "expected at most " + MAX_FILES + " files of variables, found more",
                                        "Split the inventory."));
                        return List.of();
                    }
                }
            } catch (IOException | DirectoryIteratorException e) {
                watched.findings()
                        .add(Finding.error(
                                folder.toString(),
                                Place.START,
                                "",
                                "expected a folder that can be read, found "
                                        + e.getClass().getSimpleName(),
                                "Check its permissions."));
            }
        }
        return List.copyOf(found);
    }

    private Map<String, Variable> read(Path file) {
        watched.files().add(file);
        Map<String, Variable> variables = new LinkedHashMap<>();
        byte[] bytes = SourceFiles.bytes(file, watched.findings());
        if (bytes == null) {
            return variables;
        }
        watched.digests().add(Digest.of(bytes));
        if (isVaulted(bytes)) {
            watched.notices()
                    .add(new Finding(
                            Finding.Severity.NOTICE,
                            file.toString(),
                            Place.START,
                            "",
                            "expected variables, found a file that is encrypted as a whole; nothing in it is read",
                            "If it holds a connection variable, put that into a file of its own beside it."));
            return variables;
        }
        switch (AnsibleYaml.read(file, bytes, watched.findings())) {
            case null -> {}
            case Node.Nothing nothing -> {}
            case Node.Fields fields ->
                fields.fields().forEach((name, value) -> {
                    if (Variable.isKept(name)) {
                        variables.put(name, Variable.of(name, value.value(), file));
                    }
                });
            case Node.Text text -> notVariables(file, text);
            case Node.Items items -> notVariables(file, items);
        }
        return variables;
    }

    private void notVariables(Path file, Node node) {
        watched.findings()
                .add(Finding.error(
                        file.toString(),
                        node.place(),
                        "",
                        "expected variables as keys and values, found something else",
                        ""));
    }

    private static boolean isVaulted(byte[] bytes) {
        for (int i = 0; i < VAULT.length; i++) {
            if (i >= bytes.length || bytes[i] != VAULT[i]) {
                return false;
            }
        }
        return true;
    }
}
