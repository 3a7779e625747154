package io.opsconductor.brain.planning;

import io.opsconductor.brain.catalogue.Knowledge;
import io.opsconductor.brain.conversation.Choice;
import io.opsconductor.brain.intent.Entity;
import io.opsconductor.brain.language.Indexes.Index;
import io.opsconductor.brain.language.Reading;
import io.opsconductor.brain.language.Speech;
import io.opsconductor.brain.language.Word;
import io.opsconductor.brain.selection.Candidate;
import io.opsconductor.plan.Step;
import io.opsconductor.tool.CatalogueEntry;
import io.opsconductor.tool.CatalogueEntry.Parameter;
import io.opsconductor.tool.ParameterType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The question for what a draft misses. Text and choices follow from the draft and the knowledge alone, so that "the second
 * one" still means the same after a restart.
 */
public final class Questions {
    private static final int MOST_CHOICES = 10;
    private static final int MOST_PATHS = 5;

    private final Index index;
    private final Knowledge knowledge;
    private final Wording wording;

    public Questions(Index index, Knowledge knowledge) {
        this.index = index;
        this.knowledge = knowledge;
        this.wording = new Wording(index.language());
    }

    /**
     * The question, without what was wrong with an earlier answer.
     *
     * @param choices what there is to choose from, see {@link #choices}
     */
    String text(Draft draft, List<Choice> choices) {
        Step step = draft.steps().get(draft.step());
        String clause = draft.clauses().get(draft.step());
        Speech speech = index.language().in(draft.language());
        if (draft.missing().equals(Draft.TOOL)) {
            String which = choices.size() == 1 ? choices.getFirst().label() : speech.say("one-of-these");
            return speech.say(
                    choices.isEmpty() ? "ask-anything" : "ask-tool", "tools", which, "words", shortened(clause));
        }
        String tool = wording.tool(step.tool());
        Optional<Parameter> parameter = parameter(draft);
        if (parameter.isEmpty()) {
            Optional<Entity.AmbiguousTarget> unclear = unclear(draft);
            return unclear.map(which -> speech.say("ask-which", "words", which.text()))
                    .orElse(speech.say("ask-target", "tool", tool));
        }
        String name = parameter.get().name().replace('_', ' ');
        String description = parameter.get().description().strip();
        return speech.say("ask-value", "tool", tool, "name", name)
                + (description.isEmpty() ? "" : " (" + description + ")");
    }

    /** What to click; empty when anything of a type is an answer. */
    public List<Choice> choices(Draft draft) {
        if (draft.missing().equals(Draft.TOOL)) {
            return Candidate.tools(draft.clauses().get(draft.step()), draft.language(), index, knowledge).stream()
                    .map(tool -> new Choice(wording.tool(tool.name()), tool.name()))
                    .toList();
        }
        Optional<Parameter> parameter = parameter(draft);
        return parameter.map(p -> values(p, draft)).orElseGet(() -> targets(draft));
    }

    /** The parameter the draft asks for; empty when it asks for targets or the tool. */
    public Optional<Parameter> parameter(Draft draft) {
        Step step = draft.steps().get(draft.step());
        Optional<CatalogueEntry> tool = tool(step.tool());
        boolean targets = draft.missing().equals(Draft.TARGET)
                && tool.map(t -> t.needsTarget() && step.targets().isEmpty()).orElse(false);
        return targets
                ? Optional.empty()
                : tool.flatMap(t -> t.parameters().stream()
                        .filter(p -> p.name().equals(draft.missing()))
                        .findFirst());
    }

    /** The tool of that name. */
    public Optional<CatalogueEntry> tool(String name) {
        return knowledge.tools().tools().stream()
                .filter(tool -> tool.name().equals(name))
                .findFirst();
    }

    private List<Choice> targets(Draft draft) {
        Optional<Entity.AmbiguousTarget> unclear = unclear(draft);
        if (unclear.isPresent()) {
            return unclear.get().names().stream()
                    .limit(MOST_CHOICES)
                    .map(name -> new Choice(name, name))
                    .toList();
        }
        List<Choice> choices = new ArrayList<>();
        index.targets().all().stream().limit(MOST_CHOICES - 3).forEach(name -> choices.add(new Choice(name, name)));
        index.targets().groups().forEach((group, members) -> {
            if (choices.size() < MOST_CHOICES && members.size() > 1) {
                choices.add(new Choice("all of " + group + " (" + members.size() + ")", group));
            }
        });
        return choices;
    }

    /** The targets that the draft's words may mean, where it is not clear which; empty otherwise. */
    public List<String> unclearTargets(Draft draft) {
        return unclear(draft).map(Entity.AmbiguousTarget::names).orElse(List.of());
    }

    private Optional<Entity.AmbiguousTarget> unclear(Draft draft) {
        return index.read(draft.clauses().get(draft.step()), draft.language()).entities().stream()
                .filter(Entity.AmbiguousTarget.class::isInstance)
                .map(Entity.AmbiguousTarget.class::cast)
                .findFirst();
    }

    private List<Choice> values(Parameter parameter, Draft draft) {
        Reading clause = index.read(draft.clauses().get(draft.step()), draft.language());
        List<String> values = switch (Candidates.type(parameter)) {
            case BOOLEAN -> List.of("yes", "no");
            case URL -> urls(clause);
            case PATH -> paths(parameter, clause, draft);
            case HOST, TARGET -> index.targets().all();
            case STRING, INTEGER, ENUM, DURATION, IP, CIDR, PORT, SERVICE, SQL_IDENTIFIER, SECRET ->
                parameter.allowed();
        };
        return values.stream()
                .limit(MOST_CHOICES)
                .map(value -> new Choice(value, value))
                .toList();
    }

    /** What the tool allows, else where the named log usually lies, else what the tool's own words and examples mention. */
    private List<String> paths(Parameter parameter, Reading clause, Draft draft) {
        if (!parameter.allowed().isEmpty()) {
            return parameter.allowed();
        }
        List<String> named = index.language()
                .logPaths(clause.words().stream().map(Word::term).collect(Collectors.toSet()));
        if (!named.isEmpty()) {
            return named;
        }
        List<String> examples = tool(draft.steps().get(draft.step()).tool())
                .map(CatalogueEntry::examples)
                .orElse(List.of());
        return Stream.concat(Stream.of(parameter.description()), examples.stream())
                .flatMap(words -> index.read(words).entities().stream())
                .filter(entity -> entity instanceof Entity.Value value && value.type() == ParameterType.PATH)
                .map(Entity::text)
                .distinct()
                .limit(MOST_PATHS)
                .toList();
    }

    /** A host was named where an address of the web is needed: its scheme is the user's to say. */
    private static List<String> urls(Reading clause) {
        List<String> urls = new ArrayList<>();
        for (Entity entity : clause.entities()) {
            boolean host = entity instanceof Entity.Value value
                    && (value.type() == ParameterType.HOST || value.type() == ParameterType.IP);
            List<String> names = entity instanceof Entity.Targets targets
                    ? targets.names()
                    : host ? List.of(entity.text()) : List.of();
            for (String name : names) {
                urls.add("https://" + name);
                urls.add("http://" + name);
            }
        }
        return urls;
    }

    static String shortened(String text) {
        String line = text.replaceAll("\\s+", " ");
        return line.length() <= 80 ? line : line.substring(0, 77) + "...";
    }
}
