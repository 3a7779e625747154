package io.opsconductor.brain.thinking;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.opsconductor.brain.ModelStages;
import io.opsconductor.brain.Stages;
import io.opsconductor.brain.catalogue.Knowledge;
import io.opsconductor.brain.conversation.Addressing;
import io.opsconductor.brain.conversation.ChatMessage;
import io.opsconductor.brain.intent.Intent;
import io.opsconductor.brain.intent.ThreadState;
import io.opsconductor.brain.language.Indexes;
import io.opsconductor.brain.language.Language;
import io.opsconductor.brain.model.GuardedModel;
import io.opsconductor.brain.model.TestModels;
import io.opsconductor.brain.model.langchain.LangChainModels;
import io.opsconductor.brain.planning.Planning;
import io.opsconductor.counterpart.model.Asked;
import io.opsconductor.counterpart.model.OllamaCounterpart;
import io.opsconductor.counterpart.model.Script;
import io.opsconductor.json.Json;
import io.opsconductor.plan.Step;
import io.opsconductor.tool.Catalogue;
import io.opsconductor.tool.TargetDirectory;
import io.opsconductor.tool.ToolLibrary;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** The stages over the shipped tools and a small inventory, with a scripted model at the other end of a wire. */
final class Scene implements AutoCloseable {
    static final Indexes INDEXES = new Indexes(Language.english());
    static final Stages BUILTIN = Stages.builtin(INDEXES);

    private final OllamaCounterpart server;
    private final GuardedModel model;
    private final ModelStages stages;
    private final Knowledge knowledge;

    Scene(Script script, Knowledge knowledge, String... settings) {
        this.server = OllamaCounterpart.start(script, "scripted");
        var read = TestModels.settings("ollama", server.url(), settings);
        this.model = new GuardedModel(LangChainModels.of(read), read, Clock.systemUTC());
        this.stages = new ModelStages(BUILTIN, INDEXES, model);
        this.knowledge = knowledge;
    }

    /** What came of a message. */
    sealed interface Outcome {
        record Said(Intent intent) implements Outcome {}

        record Plans(Planning planning) implements Outcome {}
    }

    Outcome say(String text) {
        return outcome(text, stages.forOneMessage(), knowledge);
    }

    GuardedModel model() {
        return model;
    }

    static Outcome without(String text, Knowledge knowledge) {
        return outcome(text, BUILTIN, knowledge);
    }

    private static Outcome outcome(String text, Stages stages, Knowledge knowledge) {
        ChatMessage message = new ChatMessage("m", "c", "web:alice", text, Instant.EPOCH, Addressing.DIRECT);
        return switch (stages.intents().classify(message, knowledge, ThreadState.NEW)) {
            case Intent.RunTools run ->
                new Outcome.Plans(stages.planning().plan(stages.selection().select(run, knowledge), knowledge));
            case Intent.Again again -> new Outcome.Plans(stages.planning().resume(again.draft(), knowledge));
            case Intent.Answered answered -> new Outcome.Plans(stages.planning().resume(answered.draft(), knowledge));
            case Intent intent -> new Outcome.Said(intent);
        };
    }

    /** The outcome on one line. */
    static String brief(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Said said -> said.intent().getClass().getSimpleName();
            case Outcome.Plans(Planning.Planned planned) ->
                planned.plan().steps().stream().map(Scene::brief).collect(Collectors.joining(" ; "));
            case Outcome.Plans(Planning.Question question) ->
                "ask " + question.draft().missing();
            case Outcome.Plans(Planning.Refusal refusal) -> "refuse " + refusal.code();
        };
    }

    private static String brief(Step step) {
        String values = step.parameters().entrySet().stream()
                .map(value -> " " + value.getKey() + "=" + value.getValue())
                .collect(Collectors.joining());
        return step.tool() + values + (step.targets().isEmpty() ? "" : " @ " + String.join(",", step.targets()));
    }

    /** Which stage asks. */
    enum Stage {
        INTENT("You sort messages"),
        SELECTION("You choose the tool"),
        PLANNING("You fill in the parameters"),
        SUMMARY("You sum up");

        private final String beginning;

        Stage(String beginning) {
            this.beginning = beginning;
        }

        static Stage of(Asked asked) {
            return List.of(values()).stream()
                    .filter(stage -> asked.instructions().startsWith(stage.beginning))
                    .findFirst()
                    .orElseThrow();
        }
    }

    /** The first thing said to the model after its instructions, as JSON. */
    static JsonNode words(Asked asked) {
        return Json.tree(asked.messages().get(1).text());
    }

    static String intent(String text, String about, String... things) {
        ObjectNode answer = Json.mapper().createObjectNode().put("kind", "run_tools");
        ObjectNode request =
                answer.putArray("requests").addObject().put("text", text).put("about", about);
        var list = request.putArray("things");
        List.of(things).forEach(list::add);
        return answer.toString();
    }

    /** Every tool that may be chosen for a request. */
    static List<String> offered(Asked asked, String request) {
        JsonNode names = asked.schema().path("properties").path(request).path("enum");
        return StreamSupport.stream(names.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    static Knowledge shipped() {
        return new Knowledge(tools(), directory());
    }

    static Catalogue tools() {
        Path here = Path.of("").toAbsolutePath();
        Path tools = Files.isDirectory(here.resolve("tool-library"))
                ? here.resolve("tool-library/tools")
                : here.resolveSibling("tool-library").resolve("tools");
        return ToolLibrary.load(List.of(tools)).library().catalogue();
    }

    static TargetDirectory directory() {
        return new TargetDirectory(
                "targets-1",
                List.of(
                        target("cache-01", "staging", "cache-servers"),
                        target("db-server-01", "production", "db-servers"),
                        target("web-server-01", "production", "web-servers"),
                        target("web-server-02", "production", "web-servers")),
                Map.of(
                        "cache-servers", List.of("cache-01"),
                        "db-servers", List.of("db-server-01"),
                        "web-servers", List.of("web-server-01", "web-server-02")));
    }

    static TargetDirectory.Entry target(String name, String environment, String group) {
        return new TargetDirectory.Entry(name, List.of(), environment, "linux", List.of(group), Map.of());
    }

    @Override
    public void close() {
        model.close();
        server.close();
    }
}
