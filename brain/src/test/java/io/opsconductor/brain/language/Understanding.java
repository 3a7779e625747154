package io.opsconductor.brain.language;

import io.opsconductor.brain.Stages;
import io.opsconductor.brain.catalogue.Knowledge;
import io.opsconductor.brain.eval.Dialogue;
import io.opsconductor.brain.eval.Examinee;
import io.opsconductor.brain.eval.Outcome;
import io.opsconductor.brain.intent.Intent;
import io.opsconductor.brain.intent.Overheard;
import io.opsconductor.brain.planning.Draft;
import io.opsconductor.brain.planning.Planning;
import io.opsconductor.tool.Catalogue;
import io.opsconductor.tool.TargetDirectory;
import io.opsconductor.tool.ToolLibrary;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A dialogue over the shipped tools and a small inventory, as a conversation that others may overhear. */
public final class Understanding {
    private final Dialogue dialogue;
    private final Overheard overheard;
    private final Knowledge knowledge;

    public Understanding(Knowledge knowledge) {
        this(knowledge, new Indexes(Language.english()));
    }

    public Understanding(Knowledge knowledge, Indexes indexes) {
        this.knowledge = knowledge;
        this.dialogue = new Dialogue(Examinee.of(Stages.builtin(indexes)), knowledge);
        this.overheard = new Overheard(indexes);
    }

    public static Knowledge shipped() {
        return new Knowledge(shippedTools(), directory());
    }

    public static Catalogue shippedTools() {
        return ToolLibrary.load(List.of(library().resolve("tools"))).library().catalogue();
    }

    /** The shipped tools with those for Linux that are loaded only when asked for. */
    public static Catalogue withToolsForLinux() {
        return ToolLibrary.load(List.of(library().resolve("tools"), library().resolve("more-tools/linux")))
                .library()
                .catalogue();
    }

    /** The shipped tools with those for Windows, devices, databases and web interfaces, which are loaded only when asked for. */
    public static Catalogue withToolsForAFleet() {
        List<Path> folders = new ArrayList<>(List.of(library().resolve("tools")));
        for (String more : List.of("windows", "devices", "database", "http", "network")) {
            folders.add(library().resolve("more-tools").resolve(more));
        }
        return ToolLibrary.load(folders).library().catalogue();
    }

    /** All tools that ship, also those that are loaded only when asked for. */
    public static Catalogue withEveryTool() {
        return ToolLibrary.load(List.of(library().resolve("tools"), library().resolve("more-tools")))
                .library()
                .catalogue();
    }

    private static Path library() {
        Path here = Path.of("").toAbsolutePath();
        return Files.isDirectory(here.resolve("tool-library"))
                ? here.resolve("tool-library")
                : here.resolveSibling("tool-library");
    }

    public static TargetDirectory directory() {
        return new TargetDirectory(
                "targets-1",
                List.of(
                        target("cache-01", List.of(), "staging", "linux", "cache-servers"),
                        target("db-server-01", List.of("db-01"), "production", "linux", "db-servers"),
                        target("web-server-01", List.of("web-01"), "production", "linux", "web-servers"),
                        target("web-server-02", List.of("web-02"), "production", "linux", "web-servers"),
                        target("win-01", List.of(), "staging", "windows", "windows")),
                Map.of(
                        "cache-servers", List.of("cache-01"),
                        "db-servers", List.of("db-server-01"),
                        "web-servers", List.of("web-server-01", "web-server-02"),
                        "windows", List.of("win-01")));
    }

    private static TargetDirectory.Entry target(
            String name, List<String> aliases, String environment, String platform, String group) {
        return new TargetDirectory.Entry(name, aliases, environment, platform, List.of(group), Map.of());
    }

    public Outcome say(String text) {
        return dialogue.say(text);
    }

    /** Whether a message that was said in the thread, and not to us, is for us; a cancellation only of an open question. */
    public boolean isForUs(String text) {
        Optional<Draft> asked = dialogue.thread().asked();
        return switch (say(text)) {
            case Outcome.Said said ->
                overheard.mayBeForUs(said.intent()) && asked.isPresent() && said.intent() instanceof Intent.Cancel;
            case Outcome.Worked worked ->
                worked.choices().isEmpty()
                        ? overheard.isAnswer(text, asked, worked.planning())
                        : overheard.isRequest(text, worked.planning(), knowledge);
        };
    }

    public boolean stops(String text) {
        return overheard.stops(text);
    }

    /** What stage C made of a message. */
    public Planning planning(String text) {
        return ((Outcome.Worked) say(text)).planning();
    }
}
