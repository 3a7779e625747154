package io.opsconductor.brain.planning;

import io.opsconductor.brain.conversation.Choice;
import io.opsconductor.plan.Plan;
import java.util.List;

/** The answer of stage C. */
public sealed interface Planning {
    /**
     * A complete proposal.
     *
     * @param summary one sentence that restates the request, such as "Check disk space on web-server-01"
     * @param note who understood the request and from what, in sentences for the card; empty when nothing needs saying
     * @param instead what else the request may have meant, at most 2, best first; none for a plan of several steps
     */
    record Planned(Plan plan, String summary, String note, List<Instead> instead) implements Planning {
        public Planned {
            instead = List.copyOf(instead);
        }

        /** One of which nothing else was meant. */
        public Planned(Plan plan, String summary, String note) {
            this(plan, summary, note, List.of());
        }

        public Planned(Plan plan, String summary) {
            this(plan, summary, "", List.of());
        }
    }

    /**
     * One value is missing or ambiguous.
     *
     * @param text the question
     * @param choices to click; may be empty when anything of a type is an answer
     * @param draft what to keep until the answer comes
     */
    record Question(String text, List<Choice> choices, Draft draft) implements Planning {
        public Question {
            choices = List.copyOf(choices);
        }
    }

    /**
     * It cannot be planned: an unknown host, an empty selection, no tool.
     *
     * @param code a fixed word, such as {@code unknown_target}
     * @param text what was wrong
     * @param hint the next step
     * @param choices corrected requests to click
     */
    record Refusal(String code, String text, String hint, List<Choice> choices) implements Planning {
        public Refusal {
            choices = List.copyOf(choices);
        }
    }
}
