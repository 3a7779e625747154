package io.opsconductor.brain.intent;

import io.opsconductor.brain.catalogue.Knowledge;
import io.opsconductor.brain.conversation.Choice;
import io.opsconductor.brain.language.Indexes.Index;
import io.opsconductor.brain.language.Language;
import io.opsconductor.brain.language.Reading;
import io.opsconductor.brain.language.ToolIndex.Fit;
import io.opsconductor.brain.language.Verbs;
import io.opsconductor.brain.language.Word;
import io.opsconductor.brain.planning.Draft;
import io.opsconductor.brain.planning.Questions;
import io.opsconductor.plan.Step;
import io.opsconductor.tool.CatalogueEntry;
import io.opsconductor.tool.CatalogueEntry.Parameter;
import io.opsconductor.tool.ParameterType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads a message as the answer to a pending question. An answer of the wrong kind is put into the draft all the same, so
 * that stage C says what is wrong with it; a whole new request is no answer.
 */
final class Answers {
    private static final Pattern NUMBER = Pattern.compile("(?i)(?:#|no\\.? ?|number |option |choice )?(\\d{1,2})[.)]?");
    private static final int SHORT = 6;

    private final Index index;
    private final Language language;
    private final Questions questions;

    Answers(Index index, Knowledge knowledge) {
        this.index = index;
        this.language = index.language();
        this.questions = new Questions(index, knowledge);
    }

    /** The draft with the answer in it, or empty when the message is something else. */
    Optional<Draft> read(Reading message, Draft draft, boolean hostile) {
        String text = message.text().strip();
        Optional<String> chosen = chosen(message, questions.choices(draft));
        if (chosen.isPresent()) {
            return Optional.of(filled(draft, index.read(chosen.get(), draft.language()), chosen.get()));
        }
        if (hostile) {
            return Optional.empty();
        }
        if (draft.missing().equals(Draft.TOOL)) {
            return tool(message, draft).or(() -> isRequest(message) ? Optional.empty() : Optional.of(wrong(draft)));
        }
        boolean fits = fits(message, draft);
        return !fits && isRequest(message) ? Optional.empty() : Optional.of(filled(draft, message, text));
    }

    /** "2", "the second one", or the words of a choice; "yes" to the only one. */
    private Optional<String> chosen(Reading message, List<Choice> choices) {
        String text = message.text().strip();
        for (Choice choice : choices) {
            if (choice.label().equalsIgnoreCase(text) || choice.reply().equalsIgnoreCase(text)) {
                return Optional.of(choice.reply());
            }
        }
        if (choices.size() == 1
                && message.words().size() == 1
                && language.is("yes", message.words().getFirst().lower())) {
            return Optional.of(choices.getFirst().reply());
        }
        int number = 0;
        Matcher matcher = NUMBER.matcher(text);
        if (matcher.matches()) {
            number = Integer.parseInt(matcher.group(1));
        } else if (message.words().size() <= 4) {
            for (Word word : message.words()) {
                String ordinal = language.mapped("ordinal", word.lower());
                boolean noun = !ordinal.isEmpty() && !word.lower().equals("one");
                if (noun
                        || (number == 0 && !ordinal.isEmpty() && message.words().size() <= 2)) {
                    number = Integer.parseInt(ordinal);
                }
            }
            number = number < 0 ? choices.size() : number;
        }
        return number > 0 && number <= choices.size()
                ? Optional.of(choices.get(number - 1).reply())
                : Optional.empty();
    }

    /** One of the offered tools, by its words. */
    private Optional<Draft> tool(Reading message, Draft draft) {
        if (message.words().size() > SHORT || !message.mentions().isEmpty()) {
            return Optional.empty();
        }
        List<String> offered =
                questions.choices(draft).stream().map(Choice::reply).toList();
        return index.tools().rank(message, offered.size(), tool -> offered.contains(tool.name())).stream()
                .filter(fit -> fit.coverage() >= 0.5)
                .map(Fit::tool)
                .findFirst()
                .map(tool -> replaced(draft, new Step(tool.name(), Map.of(), List.of())));
    }

    private static Draft wrong(Draft draft) {
        return replaced(draft, new Step("", Map.of(), List.of()));
    }

    /** Whether the message holds a thing of the kind that was asked for and little else. */
    private boolean fits(Reading message, Draft draft) {
        boolean acts = new Verbs(language).action(message).isPresent();
        if (acts || message.words().size() > 2 * SHORT) {
            return false;
        }
        boolean saysMore = index.tools().content(message).stream()
                .anyMatch(word -> index.tools().knows(word.stem()));
        Optional<Parameter> parameter = questions.parameter(draft);
        if (parameter.isEmpty()) {
            boolean group = !index.targets().having(message.text()).isEmpty();
            return group || (!saysMore && message.entities().stream().anyMatch(Index::isTarget));
        }
        ParameterType type = parameter.get().type();
        if (type == ParameterType.STRING || type == ParameterType.ENUM) {
            boolean targets = message.entities().stream().anyMatch(Entity.Targets.class::isInstance);
            return message.words().size() <= SHORT && !targets;
        }
        return !values(message, parameter.get()).isEmpty()
                && (!saysMore || message.words().size() <= 3);
    }

    /** Whether the message is a request of its own. */
    private boolean isRequest(Reading message) {
        List<Word> content = index.tools().content(message);
        long known = content.stream()
                .filter(word -> index.tools().knows(word.stem()))
                .count();
        boolean asks = message.words().stream().anyMatch(word -> language.is("read-cue", word.term()));
        boolean targets = message.entities().stream().anyMatch(Index::isTarget);
        boolean acts = new Verbs(language).action(message).isPresent();
        return acts
                || (known > 0
                        && (asks || targets || known > 1 || !message.mentions().isEmpty() || content.size() == known));
    }

    private Draft filled(Draft draft, Reading answer, String text) {
        if (draft.missing().equals(Draft.TOOL)) {
            return replaced(draft, new Step(text, Map.of(), List.of()));
        }
        Step step = others(draft, answer);
        Optional<Parameter> parameter = questions.parameter(draft);
        if (parameter.isEmpty()) {
            boolean elsewhere = !step.equals(draft.steps().get(draft.step())) && !namesTarget(answer);
            Draft next = elsewhere ? asked(draft, -1) : draft;
            List<String> targets = elsewhere ? List.of() : targets(draft, answer, text);
            return replaced(next, draft.step(), step.of(step.parameters(), targets));
        }
        List<String> values = values(answer, parameter.get());
        List<String> given = values.isEmpty() ? List.of(text) : values;
        Draft next = replaced(draft, draft.step(), with(step, parameter.get().name(), given.getFirst()));
        for (int i = given.size() - 1; i > 0; i--) {
            next = inserted(next, with(step, parameter.get().name(), given.get(i)));
        }
        return next;
    }

    /** What the answer says beside what was asked: "nginx on web-01" also names the target. */
    private Step others(Draft draft, Reading answer) {
        Step step = draft.steps().get(draft.step());
        Optional<CatalogueEntry> tool = questions.tool(step.tool());
        if (tool.isEmpty()) {
            return step;
        }
        for (Parameter parameter : tool.get().parameters()) {
            boolean open = parameter.required() && !step.parameters().containsKey(parameter.name());
            boolean askedFor = parameter.name().equals(draft.missing());
            List<String> values =
                    open && !askedFor && answer.words().size() <= SHORT ? named(answer, parameter.type()) : List.of();
            if (values.size() == 1) {
                step = with(step, parameter.name(), values.getFirst());
            }
        }
        boolean target = tool.get().needsTarget()
                && step.targets().isEmpty()
                && !draft.missing().equals(Draft.TARGET);
        return target && namesTarget(answer) ? step.of(step.parameters(), targets(draft, answer, answer.text())) : step;
    }

    private static boolean namesTarget(Reading answer) {
        return answer.entities().stream().anyMatch(Entity.Targets.class::isInstance);
    }

    private static Draft asked(Draft draft, int step) {
        return new Draft(draft.steps(), step, draft.missing(), draft.clauses(), draft.asked(), draft.language());
    }

    private List<String> targets(Draft draft, Reading answer, String text) {
        Set<String> names = new LinkedHashSet<>();
        for (Entity entity : answer.entities()) {
            if (entity instanceof Entity.Targets targets) {
                names.addAll(targets.names());
            } else if (Index.isTarget(entity)) {
                names.add(entity.text());
            }
        }
        boolean all = answer.words().stream()
                        .allMatch(word -> language.is("all", word.lower()) || language.isFiller(word.lower()))
                && answer.words().stream().anyMatch(word -> language.is("all", word.lower()));
        if (names.isEmpty()) {
            names.addAll(index.targets().having(text));
        }
        if (names.isEmpty() && (all || language.is("both", text.toLowerCase(Locale.ROOT)))) {
            names.addAll(questions.unclearTargets(draft));
        }
        if (names.isEmpty() && all) {
            names.addAll(index.targets().all());
        }
        return names.isEmpty() ? List.of(text) : List.copyOf(names);
    }

    private List<String> values(Reading answer, Parameter parameter) {
        if (!parameter.allowed().isEmpty()) {
            return parameter.allowed().stream()
                    .filter(allowed ->
                            answer.words().stream().anyMatch(word -> word.text().equalsIgnoreCase(allowed)))
                    .limit(1)
                    .toList();
        }
        Set<String> values = new LinkedHashSet<>(named(answer, parameter.type()));
        boolean oneWord = values.isEmpty() && answer.words().size() == 1;
        if (oneWord && (isHost(parameter.type()) || parameter.type() == ParameterType.SERVICE)) {
            values.add(answer.words().getFirst().text());
        }
        if (parameter.type() == ParameterType.BOOLEAN && values.isEmpty() && oneWord) {
            String word = answer.words().getFirst().lower();
            if (language.is("yes", word) || language.is("no", word)) {
                values.add(Boolean.toString(language.is("yes", word)));
            }
        }
        return List.copyOf(values);
    }

    private static List<String> named(Reading answer, ParameterType type) {
        Set<String> values = new LinkedHashSet<>();
        for (Entity entity : answer.entities()) {
            if (entity instanceof Entity.Value value && matches(type, value.type())) {
                values.add(value.value());
            } else if (entity instanceof Entity.Targets targets && isHost(type)) {
                values.addAll(targets.names());
            }
        }
        return List.copyOf(values);
    }

    private static boolean isHost(ParameterType type) {
        return type == ParameterType.HOST || type == ParameterType.TARGET;
    }

    private static boolean matches(ParameterType wanted, ParameterType given) {
        return wanted == given
                || (wanted == ParameterType.HOST && given == ParameterType.IP)
                || (wanted == ParameterType.PORT && given == ParameterType.INTEGER);
    }

    private static Step with(Step step, String parameter, String value) {
        Map<String, Object> values = new LinkedHashMap<>(step.parameters());
        values.put(parameter, value);
        return step.of(values, step.targets());
    }

    private static Draft replaced(Draft draft, Step step) {
        return replaced(draft, draft.step(), step);
    }

    private static Draft replaced(Draft draft, int at, Step step) {
        List<Step> steps = new ArrayList<>(draft.steps());
        steps.set(at, step);
        return new Draft(steps, draft.step(), draft.missing(), draft.clauses(), draft.asked(), draft.language());
    }

    private static Draft inserted(Draft draft, Step step) {
        List<Step> steps = new ArrayList<>(draft.steps());
        List<String> clauses = new ArrayList<>(draft.clauses());
        steps.add(draft.step() + 1, step);
        clauses.add(draft.step() + 1, draft.clauses().get(draft.step()));
        return new Draft(steps, draft.step(), draft.missing(), clauses, draft.asked(), draft.language());
    }
}
