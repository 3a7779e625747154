package io.opsconductor.brain.intent;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.opsconductor.brain.catalogue.Knowledge;
import io.opsconductor.brain.conversation.ChatMessage;
import io.opsconductor.brain.language.Indexes;
import io.opsconductor.brain.language.Indexes.Index;
import io.opsconductor.brain.language.Verbs;
import io.opsconductor.brain.model.Checked;
import io.opsconductor.brain.model.ModelSettings.Ask;
import io.opsconductor.brain.model.Prompts;
import io.opsconductor.brain.model.Schemas;
import io.opsconductor.brain.model.Talk;
import io.opsconductor.brain.selection.SelectionStage;
import io.opsconductor.brain.selection.ToolChoice;
import io.opsconductor.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Stage A with a model, for one message. Greetings, help, questions about what ran, answers to questions, cancellations and
 * what looks like shell or is typed as a command are read without it: those are quicker and surer by rule, and none of them
 * should depend on a model. The model cuts the rest into requests; each must be words of the message.
 */
public final class ModelIntentStage implements IntentStage {
    private static final int MOST_REQUESTS = 8;
    private static final int LONGEST_ABOUT = 120;
    private static final JsonNode FORMAT = format();

    private final IntentStage builtin;
    private final SelectionStage selection;
    private final Indexes indexes;
    private final Ask ask;
    private final Talk talk;

    /**
     * For one message.
     *
     * @param selection tells whether the built-in understanding is sure
     */
    public ModelIntentStage(IntentStage builtin, SelectionStage selection, Indexes indexes, Ask ask, Talk talk) {
        this.builtin = builtin;
        this.selection = selection;
        this.indexes = indexes;
        this.ask = ask;
        this.talk = talk;
    }

    /** What the model says of a message: a closed set. */
    private enum Kind {
        RUN_TOOLS,
        LIST_TOOLS,
        LIST_TARGETS,
        OTHER;

        String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    private record Sorted(Kind kind, List<ToolRequest> requests) {}

    @Override
    public Intent classify(ChatMessage message, Knowledge knowledge, ThreadState thread) {
        Intent without = builtin.classify(message, knowledge, thread);
        return switch (without) {
            case Intent.RunTools run ->
                isUnsafe(run) || isTyped(run, knowledge) || isSure(run, knowledge)
                        ? run
                        : asked(message, knowledge, run);
            case Intent.NotForUs none -> mayBeMore(message, knowledge) ? asked(message, knowledge, none) : none;
            case Intent.Answered answered -> answered;
            case Intent.Again again -> again;
            case Intent.AskTools tools -> tools;
            case Intent.Inquiry inquiry -> inquiry;
            case Intent.SmallTalk talked -> talked;
            case Intent.Cancel cancel -> cancel;
            case Intent.DryRun dryRun -> dryRun;
            case Intent.AskApproval asked -> asked;
            case Intent.BreakGlass glass -> glass;
        };
    }

    private static boolean isUnsafe(Intent.RunTools run) {
        return run.requests().stream()
                .flatMap(request -> request.entities().stream())
                .anyMatch(Entity.Unsafe.class::isInstance);
    }

    /** A typed command is understood word for word: nothing of it is left for a model. */
    private boolean isTyped(Intent.RunTools run, Knowledge knowledge) {
        Index index = indexes.of(knowledge);
        return run.requests().stream()
                .allMatch(request ->
                        index.typed(request.text(), request.language()).isPresent());
    }

    private boolean isSure(Intent.RunTools run, Knowledge knowledge) {
        return ask == Ask.UNSURE
                && selection.select(run, knowledge).stream().allMatch(ToolChoice.Chosen.class::isInstance);
    }

    /** Not for what is empty, too long, or says what not to do. */
    private boolean mayBeMore(ChatMessage message, Knowledge knowledge) {
        String text = message.text().strip();
        if (text.isEmpty() || text.length() > ChatMessage.MAX_LENGTH) {
            return false;
        }
        return new Verbs(indexes.language())
                .action(indexes.of(knowledge).read(text))
                .map(action -> !action.negated())
                .orElse(true);
    }

    private Intent asked(ChatMessage message, Knowledge knowledge, Intent without) {
        ObjectNode words = Json.mapper().createObjectNode().put("message", message.text());
        Index index = indexes.of(knowledge);
        Sorted sorted = talk.ask(Prompts.INTENT, words, FORMAT, tree -> read(tree, message.text(), index));
        return switch (sorted.kind) {
            case RUN_TOOLS -> sorted.requests.isEmpty() ? without : new Intent.RunTools(sorted.requests);
            case LIST_TOOLS -> new Intent.AskTools(index.read(message.text()).language());
            case LIST_TARGETS ->
                new Intent.AskTargets(index.read(message.text()).language());
            // The model may talk nobody out of a request that is understood without it.
            case OTHER -> without;
        };
    }

    private static Checked<Sorted> read(JsonNode tree, String message, Index index) {
        Kind kind = Kind.valueOf(tree.path("kind").asText().toUpperCase(java.util.Locale.ROOT));
        List<String> problems = new ArrayList<>();
        List<ToolRequest> requests = new ArrayList<>();
        if (tree.path("requests").size() > MOST_REQUESTS) {
            problems.add("There are more than " + MOST_REQUESTS + " requests.");
        }
        for (JsonNode request : tree.path("requests")) {
            Optional<String> text = Quoted.in(message, request.path("text").asText());
            if (text.isEmpty()) {
                problems.add("The text \"" + request.path("text").asText()
                        + "\" is not in the message: copy words of the message exactly.");
            } else if (requests.size() < MOST_REQUESTS) {
                requests.add(request(text.get(), request, message, index));
            }
        }
        if (kind == Kind.RUN_TOOLS && tree.path("requests").isEmpty()) {
            problems.add("The kind is run_tools and there is no request.");
        }
        return new Checked<>(new Sorted(kind, requests), problems);
    }

    private static ToolRequest request(String text, JsonNode request, String message, Index index) {
        List<Entity> own = index.read(text).entities();
        Set<Entity> entities = new LinkedHashSet<>(own);
        for (JsonNode thing : request.path("things")) {
            Quoted.in(message, thing.asText())
                    .filter(words -> Quoted.in(text, words).isEmpty())
                    .ifPresent(words -> entities.addAll(carried(words, own, index)));
        }
        String about = request.path("about").asText();
        return new ToolRequest(
                text,
                index.read(message).language(),
                List.copyOf(entities),
                about.length() <= LONGEST_ABOUT ? about : about.substring(0, LONGEST_ABOUT));
    }

    /** What stands elsewhere in the message fills in what the clause does not name; it replaces nothing. */
    private static List<Entity> carried(String words, List<Entity> own, Index index) {
        boolean hasTargets = own.stream().anyMatch(Index::isTarget);
        return index.read(words).entities().stream()
                .filter(entity -> !(hasTargets && Index.isTarget(entity)))
                .filter(entity -> own.stream()
                        .noneMatch(other -> other instanceof Entity.Value had
                                && entity instanceof Entity.Value value
                                && had.type() == value.type()))
                .toList();
    }

    private static JsonNode format() {
        Map<String, ObjectNode> request = new LinkedHashMap<>();
        request.put("text", Schemas.of("string"));
        request.put("about", Schemas.of("string"));
        request.put("things", Schemas.array(Schemas.of("string")));
        Map<String, ObjectNode> answer = new LinkedHashMap<>();
        answer.put(
                "kind",
                Schemas.oneOf(List.of(Kind.values()).stream().map(Kind::word).toList()));
        answer.put("requests", Schemas.array(Schemas.object(request)));
        return Schemas.object(answer);
    }
}
