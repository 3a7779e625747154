package io.opsconductor.brain.planning;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.opsconductor.brain.language.Language;
import io.opsconductor.plan.Step;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A plan in the making that waits for one answer. It is stored as JSON with the conversation, so it survives restarts.
 *
 * @param steps what is known so far, in order; a step whose tool is still open has an empty tool name
 * @param step index of the step the question is about; -1 when an answer filled something else than was asked
 * @param missing the parameter asked for; {@code target} for the step's targets, {@code tool} for the tool itself
 * @param clauses the words of each step, same size as {@code steps}, to fill in more once the tool is known
 * @param asked how often this has been asked already; the third time ends it
 * @param language to ask in, as ISO 639-1
 * @param rollout how it was asked to run
 */
public record Draft(
        List<Step> steps, int step, String missing, List<String> clauses, int asked, String language, Rollout rollout) {
    public static final String TARGET = "target";
    public static final String TOOL = "tool";

    public Draft {
        steps = List.copyOf(steps);
        clauses = List.copyOf(clauses);
    }

    /** Reads what was stored; what an earlier version stored says no language and was English. */
    @JsonCreator
    static Draft read(
            @JsonProperty("steps") List<Step> steps,
            @JsonProperty("step") int step,
            @JsonProperty("missing") String missing,
            @JsonProperty("clauses") List<String> clauses,
            @JsonProperty("asked") int asked,
            @JsonProperty("language") @Nullable String language,
            @JsonProperty("rollout") @Nullable Rollout rollout) {
        return new Draft(
                steps,
                step,
                missing,
                clauses,
                asked,
                language == null ? Language.ENGLISH : language,
                rollout == null ? Rollout.USUAL : rollout);
    }

    /** A draft of which nothing was said about how it should run. */
    public Draft(List<Step> steps, int step, String missing, List<String> clauses, int asked, String language) {
        this(steps, step, missing, clauses, asked, language, Rollout.USUAL);
    }

    /** The same draft with other steps. */
    Draft of(List<Step> others) {
        return new Draft(others, step, missing, clauses, asked, language, rollout);
    }

    /** The same draft, to run in another way. */
    public Draft with(Rollout other) {
        return new Draft(steps, step, missing, clauses, asked, language, other);
    }
}
