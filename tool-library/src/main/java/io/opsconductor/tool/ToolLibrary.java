package io.opsconductor.tool;

import io.opsconductor.json.Digest;
import io.opsconductor.yaml.Finding;
import io.opsconductor.yaml.Place;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The tools of one or more folders. Immutable: reloading makes a new one. */
public final class ToolLibrary {
    private final SortedMap<String, ToolDefinition> tools;

    private ToolLibrary(SortedMap<String, ToolDefinition> tools) {
        this.tools = tools;
    }

    /**
     * What loading gave.
     *
     * @param library every tool that may be used
     * @param findings every mistake and notice, in the order of the files; without advice
     */
    public record LoadResult(ToolLibrary library, List<Finding> findings) {
        public LoadResult {
            findings = List.copyOf(findings);
        }

        public boolean hasErrors() {
            return findings.stream().anyMatch(Finding::isError);
        }
    }

    /**
     * Loads folders (or single files). Within one folder a name may occur once; a tool of a later folder takes the place
     * of an earlier one of the same name, with a notice. A file with a mistake is left out, and so is a tool that this
     * version cannot run.
     */
    public static LoadResult load(List<Path> folders) {
        List<Finding> findings = new ArrayList<>();
        SortedMap<String, ToolDefinition> tools = collect(folders, findings);
        return new LoadResult(
                new ToolLibrary(tools),
                findings.stream()
                        .filter(f -> f.severity() != Finding.Severity.ADVICE)
                        .toList());
    }

    /**
     * Loads folders again. A tool whose file has turned bad since stays as it was, with a notice; one whose file is gone is
     * gone, and one that has been moved to a good file is the new one.
     *
     * @param before what was loaded last
     */
    public static LoadResult reload(List<Path> folders, ToolLibrary before) {
        LoadResult now = load(folders);
        SortedMap<String, ToolDefinition> tools = new TreeMap<>(now.library.tools);
        List<Finding> findings = new ArrayList<>(now.findings);
        for (ToolDefinition old : before.tools.values()) {
            ToolDefinition successor = tools.get(old.name());
            boolean overruled = successor != null && rank(folders, successor.source()) >= rank(folders, old.source());
            boolean broken = now.findings.stream()
                    .anyMatch(finding -> finding.isError()
                            && finding.file().equals(old.source().toString()));
            if (broken && !overruled && Files.exists(old.source())) {
                tools.put(old.name(), old);
                findings.add(new Finding(
                        Finding.Severity.NOTICE,
                        old.source().toString(),
                        Place.START,
                        "",
                        "the file cannot be used as it is now; " + old.name() + " stays as it was read last",
                        ""));
            }
        }
        return new LoadResult(new ToolLibrary(tools), findings);
    }

    /** Which of the folders a file lies in; a later one counts more. */
    private static int rank(List<Path> folders, Path file) {
        int rank = -1;
        for (int at = 0; at < folders.size(); at++) {
            rank = file.startsWith(folders.get(at)) ? at : rank;
        }
        return rank;
    }

    /** No tools. */
    public static ToolLibrary empty() {
        return new ToolLibrary(new TreeMap<>());
    }

    static SortedMap<String, ToolDefinition> collect(List<Path> folders, List<Finding> findings) {
        ToolFileParser parser = new ToolFileParser();
        ToolFiles files = new ToolFiles(findings);
        SortedMap<String, ToolDefinition> tools = new TreeMap<>();
        for (Path folder : folders) {
            Map<String, ToolDefinition> here = new LinkedHashMap<>();
            for (Path path : files.below(folder)) {
                Optional<byte[]> bytes = files.read(path);
                if (bytes.isEmpty()) {
                    continue;
                }
                ToolFileParser.Parsed parsed = parser.parse(path, bytes.get());
                findings.addAll(parsed.findings());
                ToolDefinition tool = parsed.tool();
                if (tool == null) {
                    continue;
                }
                ToolDefinition twin = here.putIfAbsent(tool.name(), tool);
                if (twin != null) {
                    findings.add(Finding.error(
                            path.toString(),
                            Place.START,
                            "name",
                            "expected each tool once in a folder, found " + tool.name() + " also in " + twin.source(),
                            "Rename or remove one; the first is used."));
                }
            }
            here.values().stream().filter(ToolLibrary::canRun).forEach(tool -> {
                ToolDefinition before = tools.put(tool.name(), tool);
                if (before != null) {
                    findings.add(new Finding(
                            Finding.Severity.NOTICE,
                            tool.source().toString(),
                            Place.START,
                            "name",
                            tool.name() + " takes the place of the tool in " + before.source(),
                            ""));
                }
            });
        }
        return tools;
    }

    private static boolean canRun(ToolDefinition tool) {
        return tool.parameters().stream().noneMatch(p -> p.type() == ParameterType.SECRET);
    }

    public Optional<ToolDefinition> tool(String name) {
        return Optional.ofNullable(tools.get(name));
    }

    /** All tools, sorted by name. */
    public List<ToolDefinition> tools() {
        return List.copyOf(tools.values());
    }

    /** What the brain may know of them. */
    public Catalogue catalogue() {
        List<CatalogueEntry> entries =
                tools.values().stream().map(ToolDefinition::catalogueEntry).toList();
        return new Catalogue(Digest.ofCanonical(entries), entries);
    }
}
