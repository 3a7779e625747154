package io.opsconductor.brain.language;

import io.opsconductor.brain.catalogue.Knowledge;
import io.opsconductor.brain.conversation.Addressing;
import io.opsconductor.brain.conversation.ChatMessage;
import io.opsconductor.brain.intent.BuiltinIntentStage;
import io.opsconductor.brain.intent.Intent;
import io.opsconductor.brain.intent.Overheard;
import io.opsconductor.brain.planning.BuiltinPlanningStage;
import io.opsconductor.brain.planning.Draft;
import io.opsconductor.brain.planning.Planning;
import io.opsconductor.brain.selection.BuiltinSelectionStage;
import io.opsconductor.plan.Step;
import io.opsconductor.tool.Catalogue;
import io.opsconductor.tool.TargetDirectory;
import io.opsconductor.tool.ToolLibrary;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The three stages one after another over the shipped tools and a small inventory, as a conversation. */
public final class Understanding {
    private final BuiltinIntentStage intent;
    private final Overheard overheard;
    private final BuiltinSelectionStage selection;
    private final BuiltinPlanningStage planning;
    private final Knowledge knowledge;
    private @Nullable Draft pending;
    private boolean answered;

    public Understanding(Knowledge knowledge) {
        this(knowledge, new Indexes(Language.english()));
    }

    public Understanding(Knowledge knowledge, Indexes indexes) {
        this.knowledge = knowledge;
        this.intent = new BuiltinIntentStage(indexes);
        this.overheard = new Overheard(indexes);
        this.selection = new BuiltinSelectionStage(indexes);
        this.planning = new BuiltinPlanningStage(indexes);
    }

    /** What came of a message: an intent that runs nothing, or the planning. */
    public sealed interface Outcome {
        record Said(Intent intent) implements Outcome {}

        record Plans(Planning planning) implements Outcome {}
    }

    public static Knowledge shipped() {
        return new Knowledge(shippedTools(), directory());
    }

    static Catalogue shippedTools() {
        Path here = Path.of("").toAbsolutePath();
        Path tools = Files.isDirectory(here.resolve("tool-library"))
                ? here.resolve("tool-library/tools")
                : here.resolveSibling("tool-library").resolve("tools");
        return ToolLibrary.load(List.of(tools)).library().catalogue();
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
        ChatMessage message = new ChatMessage("m", "c", "web:alice", text, Instant.EPOCH, Addressing.DIRECT);
        Intent understood = intent.classify(message, knowledge, Optional.ofNullable(pending));
        pending = null;
        answered = understood instanceof Intent.Answered;
        Outcome outcome = switch (understood) {
            case Intent.RunTools run -> new Outcome.Plans(planning.plan(selection.select(run, knowledge), knowledge));
            case Intent.Answered answered -> new Outcome.Plans(planning.resume(answered.draft(), knowledge));
            case Intent.AskTools said -> new Outcome.Said(said);
            case Intent.AskTargets said -> new Outcome.Said(said);
            case Intent.SmallTalk said -> new Outcome.Said(said);
            case Intent.Cancel said -> new Outcome.Said(said);
            case Intent.NotForUs said -> new Outcome.Said(said);
        };
        if (outcome instanceof Outcome.Plans(Planning.Question question)) {
            pending = question.draft();
        }
        return outcome;
    }

    /** Whether a message that was said in the thread, and not to us, is for us; a cancellation only of an open question. */
    public boolean isForUs(String text) {
        Optional<Draft> asked = Optional.ofNullable(pending);
        Outcome outcome = say(text);
        return switch (outcome) {
            case Outcome.Said(Intent intent) ->
                overheard.mayBeForUs(intent) && asked.isPresent() && intent instanceof Intent.Cancel;
            case Outcome.Plans(Planning plan) ->
                answered ? overheard.isAnswer(text, asked, plan) : overheard.isRequest(text, plan, knowledge);
        };
    }

    public boolean stops(String text) {
        return overheard.stops(text);
    }

    /** The outcome in the short form of the evaluation set. */
    public static String brief(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Said said -> brief(said.intent());
            case Outcome.Plans plans -> brief(plans.planning());
        };
    }

    private static String brief(Planning planning) {
        return switch (planning) {
            case Planning.Planned planned ->
                planned.plan().steps().stream().map(Understanding::brief).collect(Collectors.joining(" ; "));
            case Planning.Question question -> "ask " + question.draft().missing();
            case Planning.Refusal refusal -> "refuse " + refusal.code();
        };
    }

    private static String brief(Intent intent) {
        return switch (intent) {
            case Intent.AskTools tools -> "help";
            case Intent.AskTargets targets -> "targets" + (targets.group().isEmpty() ? "" : " " + targets.group());
            case Intent.SmallTalk talk -> "talk";
            case Intent.Cancel cancel -> "cancel";
            case Intent.NotForUs none -> "none";
            case Intent.RunTools run -> "run";
            case Intent.Answered answered -> "answered";
        };
    }

    private static String brief(Step step) {
        String values = step.parameters().entrySet().stream()
                .map(value -> value.getKey() + "=" + value.getValue())
                .collect(Collectors.joining(" "));
        String targets = step.targets().isEmpty() ? "" : " @ " + String.join(",", step.targets());
        return step.tool() + (values.isEmpty() ? "" : " " + values) + targets;
    }
}
