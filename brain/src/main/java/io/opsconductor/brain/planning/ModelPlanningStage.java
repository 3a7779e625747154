package io.opsconductor.brain.planning;

import com.fasterxml.jackson.databind.JsonNode;
import io.opsconductor.brain.catalogue.Knowledge;
import io.opsconductor.brain.intent.Intent;
import io.opsconductor.brain.language.Indexes;
import io.opsconductor.brain.language.Indexes.Index;
import io.opsconductor.brain.language.Verbs;
import io.opsconductor.brain.model.ModelSettings.Ask;
import io.opsconductor.brain.model.Prompts;
import io.opsconductor.brain.model.Talk;
import io.opsconductor.brain.planning.Planning.Planned;
import io.opsconductor.brain.planning.Planning.Question;
import io.opsconductor.brain.planning.Planning.Refusal;
import io.opsconductor.brain.selection.ChangeRule;
import io.opsconductor.brain.selection.SelectionStage;
import io.opsconductor.brain.selection.ToolChoice;
import io.opsconductor.plan.Effect;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Stage C with a model, for one message. The model fills in values; each is kept only when there are grounds for it, and
 * what is missing then becomes a question, as without a model. What is refused without a model is refused with one.
 */
public final class ModelPlanningStage implements PlanningStage {
    private final PlanningStage builtin;
    private final SelectionStage selection;
    private final Indexes indexes;
    private final Ask ask;
    private final Talk talk;

    /**
     * For one message.
     *
     * @param selection tells what the words alone would choose
     */
    public ModelPlanningStage(PlanningStage builtin, SelectionStage selection, Indexes indexes, Ask ask, Talk talk) {
        this.builtin = builtin;
        this.selection = selection;
        this.indexes = indexes;
        this.ask = ask;
        this.talk = talk;
    }

    @Override
    public Planning plan(List<ToolChoice> choices, Knowledge knowledge) {
        Index index = indexes.of(knowledge);
        Optional<Refusal> unsaid = unsaid(choices, knowledge, index);
        if (unsaid.isPresent()) {
            return unsaid.get();
        }
        Planning without = builtin.plan(choices, knowledge);
        boolean typed = choices.stream()
                .map(BuiltinPlanningStage::request)
                .allMatch(request ->
                        index.typed(request.text(), request.language()).isPresent());
        if (typed) {
            return without;
        }
        boolean allChosen = choices.stream().allMatch(ToolChoice.Chosen.class::isInstance);
        return switch (without) {
            case Refusal refusal -> refusal;
            case Planned planned -> ask == Ask.UNSURE ? noted(planned) : asked(choices, knowledge, index);
            // Where no model was needed so far, what is missing was not said: the person is quicker than a model.
            case Question question ->
                allChosen && (ask == Ask.ALWAYS || talk.isUsed()) ? asked(choices, knowledge, index) : question;
        };
    }

    @Override
    public Planning resume(Draft draft, Knowledge knowledge) {
        return builtin.resume(draft, knowledge);
    }

    /** A model chose a tool that changes something, and the person's words do not ask for that change. */
    private Optional<Refusal> unsaid(List<ToolChoice> choices, Knowledge knowledge, Index index) {
        ChangeRule rule = new ChangeRule(index);
        Verbs verbs = new Verbs(index.language());
        for (ToolChoice choice : choices) {
            if (choice instanceof ToolChoice.Chosen chosen && chosen.tool().effect() != Effect.READ) {
                var reading = index.read(chosen.request().text());
                List<ToolChoice> byWords = selection.select(new Intent.RunTools(List.of(chosen.request())), knowledge);
                boolean said = byWords.contains(choice) || rule.allows(chosen.tool(), reading, verbs.action(reading));
                if (!said) {
                    return Optional.of(new Refusals(index).unsaid(chosen));
                }
            }
        }
        return Optional.empty();
    }

    private Planning asked(List<ToolChoice> choices, Knowledge knowledge, Index index) {
        Proposals proposals = new Proposals(chosen(choices), knowledge, index);
        JsonNode words = proposals.words();
        List<Proposals.Grounded> steps = talk.ask(Prompts.PLANNING, words, proposals.format(), proposals::read);
        Optional<Planning> problem = proposals.problem(steps);
        return problem.isPresent()
                ? problem.get()
                : noted(new Completion(index, knowledge).of(proposals.draft(steps)), steps);
    }

    private static List<ToolChoice.Chosen> chosen(List<ToolChoice> choices) {
        List<ToolChoice.Chosen> chosen = new ArrayList<>();
        for (ToolChoice choice : choices) {
            if (choice instanceof ToolChoice.Chosen one) {
                chosen.add(one);
            }
        }
        return chosen;
    }

    private Planning noted(Planning planning, List<Proposals.Grounded> steps) {
        return planning instanceof Planned planned
                ? new Planned(
                        planned.plan(),
                        planned.summary(),
                        "Understood with the model " + talk.described() + ": " + Proposals.origins(steps) + ".")
                : planning;
    }

    private Planned noted(Planned planned) {
        return talk.isUsed()
                ? new Planned(
                        planned.plan(),
                        planned.summary(),
                        "Understood with the model " + talk.described() + "; every value is from your words.")
                : planned;
    }
}
