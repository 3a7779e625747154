package io.opsconductor.tool;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The pages of documentation about folders of tools: one for each domain, which is a folder of files in them, and one that lists
 * the domains. The first folder is the one that is loaded unless somebody says otherwise.
 */
public final class ToolPages {
    /** The page that lists the others. */
    public static final String INDEX = "README.md";

    private static final String WRITTEN_BY =
            "<!-- Written by `./opsconductor tools docs`. Change the tools' files, not this page. -->\n\n";
    private static final int REQUESTS = 4;

    private final List<Path> folders;
    private final SortedMap<String, List<ToolDefinition>> domains = new TreeMap<>();

    private ToolPages(List<Path> folders, List<ToolDefinition> tools) {
        this.folders = folders.stream()
                .map(folder -> folder.toAbsolutePath().normalize())
                .toList();
        for (ToolDefinition tool : tools) {
            domains.computeIfAbsent(domain(tool), name -> new ArrayList<>()).add(tool);
        }
    }

    /**
     * The text of every page by its file name, lines ending in {@code \n}.
     *
     * @param folders of the tools, as they were loaded; all in one folder
     * @param library what was loaded from them, and from nowhere else
     */
    public static SortedMap<String, String> of(List<Path> folders, ToolLibrary library) {
        ToolPages pages = new ToolPages(folders, library.tools());
        SortedMap<String, String> texts = new TreeMap<>();
        pages.domains.forEach((domain, tools) -> texts.put(file(domain), pages.page(domain, tools)));
        texts.put(INDEX, pages.index());
        return texts;
    }

    private static Path file(ToolDefinition tool) {
        return tool.source().toAbsolutePath().normalize();
    }

    private Path folder(ToolDefinition tool) {
        return folders.stream()
                .filter(folder -> file(tool).startsWith(folder))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(tool.source() + " lies in none of the folders"));
    }

    private boolean isLoaded(ToolDefinition tool) {
        return folder(tool).equals(folders.getFirst());
    }

    /** The folder that its file lies in, such as {@code linux/disk}. */
    private String domain(ToolDefinition tool) {
        String path = slashes(folder(tool).relativize(file(tool)));
        int end = path.lastIndexOf('/');
        return end < 0 ? "tools" : path.substring(0, end);
    }

    private static String slashes(Path path) {
        return path.toString().replace('\\', '/');
    }

    private static String file(String domain) {
        return domain.replace('/', '-') + ".md";
    }

    private static String title(String domain) {
        String words = domain.replace("/", ": ").replace('-', ' ').replace('_', ' ');
        return Character.toUpperCase(words.charAt(0)) + words.substring(1);
    }

    private String index() {
        int count = domains.values().stream().mapToInt(List::size).sum();
        StringBuilder text = new StringBuilder("# The shipped tools\n\n" + WRITTEN_BY)
                .append(count)
                .append(
                        " tools. How a tool's file is written: [Writing a tool](../tools.md). Those in italics are loaded only when"
                                + " asked for: `./opsconductor up --tools tool-library/more-tools/FOLDER`.\n\n")
                .append("| domain | tools |\n| --- | --- |\n");
        domains.forEach((domain, tools) -> text.append("| [" + title(domain) + "](" + file(domain) + ") | "
                + tools.stream()
                        .map(tool -> isLoaded(tool) ? "`" + tool.name() + "`" : "*`" + tool.name() + "`*")
                        .collect(Collectors.joining(", "))
                + " |\n"));
        return text.toString();
    }

    private String page(String domain, List<ToolDefinition> tools) {
        StringBuilder text = new StringBuilder("# " + title(domain) + "\n\n" + WRITTEN_BY);
        text.append("| tool | effect | what it does |\n| --- | --- | --- |\n");
        for (ToolDefinition tool : tools) {
            text.append("| [`" + tool.name() + "`](#" + tool.name() + ") | "
                    + tool.effect().word() + " | " + cell(tool.description()) + " |\n");
        }
        tools.forEach(tool -> text.append(section(tool)));
        return text.toString();
    }

    private String section(ToolDefinition tool) {
        StringBuilder text = new StringBuilder("\n## " + tool.name() + "\n\n" + tool.description() + "\n\n");
        List<String> facts = new ArrayList<>();
        facts.add("effect `" + tool.effect().word() + "`" + (tool.idempotent() ? ", twice is as once" : ""));
        facts.add("runs by `" + tool.execution().method().word() + "`"
                + (tool.execution().sudo() ? " with sudo" : "")
                + (tool.platforms().isEmpty() ? "" : " on " + String.join(", ", tool.platforms())));
        facts.add("at most " + words(tool.timeout()));
        if (tool.check() != null) {
            facts.add("has a check");
        }
        if (!isLoaded(tool)) {
            facts.add("loaded only when asked for");
        }
        Path parent = folder(tool).getParent();
        Path from = parent == null ? folder(tool) : parent;
        text.append(String.join("; ", facts) + ". [Its file](../../tool-library/" + slashes(from.relativize(file(tool)))
                + ").\n\n");
        if (!tool.parameters().isEmpty()) {
            text.append("| value | type | | |\n| --- | --- | --- | --- |\n");
            tool.parameters().forEach(parameter -> text.append(row(parameter)));
            text.append('\n');
        }
        tool.examples().stream().limit(REQUESTS).forEach(example -> text.append("- " + example + "\n"));
        return text.toString();
    }

    private static String row(CatalogueEntry.Parameter parameter) {
        String needed = parameter.defaultValue() != null
                ? "`" + parameter.defaultValue() + "` unless said otherwise"
                : parameter.required() ? "required" : "may be left out";
        return "| `" + parameter.name() + "` | " + type(parameter) + " | " + needed + " | "
                + cell(parameter.description()) + " |\n";
    }

    private static String type(CatalogueEntry.Parameter parameter) {
        if (!parameter.allowed().isEmpty()) {
            return parameter.allowed().stream().map(value -> "`" + value + "`").collect(Collectors.joining(", "));
        }
        String type = parameter.type().word();
        String unit = parameter.type() == ParameterType.DURATION ? " s" : "";
        if (parameter.min() == null) {
            return parameter.max() == null ? type : type + ", up to " + parameter.max() + unit;
        }
        return parameter.max() == null
                ? type + ", from " + parameter.min() + unit
                : type + ", " + parameter.min() + " to " + parameter.max() + unit;
    }

    private static String words(Duration time) {
        return time.toSeconds() % 60 == 0 ? time.toMinutes() + " min" : time.toSeconds() + " s";
    }

    private static String cell(String text) {
        return text.replace("|", "\\|").replaceAll("\\s+", " ");
    }
}
