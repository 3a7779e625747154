package io.opsconductor.chat.author;

import io.opsconductor.brain.eval.ExampleCheck;
import io.opsconductor.brain.eval.ExampleCheck.Found;
import io.opsconductor.brain.eval.ExampleCheck.Miss;
import io.opsconductor.tool.Lint;
import io.opsconductor.tool.ToolDefinition;
import io.opsconductor.tool.ToolFileParser;
import io.opsconductor.tool.ToolLibrary;
import io.opsconductor.yaml.Finding;
import io.opsconductor.yaml.Place;
import io.opsconductor.yaml.YamlFile;
import io.opsconductor.yaml.YamlReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** What there is to say about tool files, and about those of their examples that do not find their tool. */
final class ExampleAdvice {
    private static final int DEPTH = 10;
    private static final int MOST_VALUES = 2_000;

    private ExampleAdvice() {}

    /**
     * Looks at files and folders as they would work beside a library.
     *
     * @param library the folders that the runner reads, the last one counting most
     * @param looked what is looked at; it counts more than the library
     * @param targets names of targets that examples may speak of, beside those that look like a machine's
     */
    static Lint.Report report(List<Path> library, List<Path> looked, Collection<String> targets) throws IOException {
        Lint.Report report = Lint.report(looked);
        List<Path> together = new ArrayList<>(library);
        looked.stream().filter(path -> !library.contains(path)).forEach(together::add);
        ExampleCheck check =
                new ExampleCheck(ToolLibrary.load(together).library().catalogue(), targets);
        List<Finding> findings = new ArrayList<>(report.findings());
        for (ToolDefinition tool : ToolLibrary.load(looked).library().tools()) {
            findings.addAll(advice(tool, check.of(tool.name())));
        }
        findings.sort(Comparator.comparing(Finding::file)
                .thenComparingInt(finding -> finding.place().line())
                .thenComparingInt(finding -> finding.place().column()));
        return new Lint.Report(report.tools(), findings);
    }

    private static List<Finding> advice(ToolDefinition tool, List<Miss> misses) throws IOException {
        if (misses.isEmpty()) {
            return List.of();
        }
        String name = tool.source().toString();
        YamlFile file = new YamlReader(ToolFileParser.MAX_BYTES, DEPTH, MOST_VALUES)
                .read(name, Files.readAllBytes(tool.source()));
        List<Finding> advice = new ArrayList<>();
        for (Miss miss : misses) {
            String pointer = "/examples/" + miss.example();
            Place place = file.place(pointer);
            advice.add(new Finding(
                    Finding.Severity.ADVICE,
                    name,
                    place,
                    YamlFile.path(pointer),
                    "the request " + words(miss.found()),
                    fix(miss.found())));
        }
        return advice;
    }

    private static String words(Found found) {
        return switch (found) {
            case Found.Other(String tool) -> "finds " + tool + " instead";
            case Found.Question(List<String> tools) ->
                tools.size() == 1
                        ? "makes the chat ask whether " + tools.getFirst() + " is meant"
                        : "makes the chat ask which is meant: " + String.join(", ", tools);
            case Found.Nothing() -> "finds no tool";
            case Found.NoRequest() -> "is not understood as something to run";
        };
    }

    private static String fix(Found found) {
        return switch (found) {
            case Found.Other _, Found.Question _ ->
                "Say what sets this tool apart, here and in its description and name.";
            case Found.Nothing _, Found.NoRequest _ ->
                "Use words of the tool's name or description in it, and name a target such as web-server-01.";
        };
    }
}
