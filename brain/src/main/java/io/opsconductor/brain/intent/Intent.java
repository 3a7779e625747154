package io.opsconductor.brain.intent;

import io.opsconductor.brain.language.TimePhrase;
import io.opsconductor.brain.planning.Draft;
import java.util.List;
import java.util.Optional;

/** What a message asks for: a closed set, so that a new kind breaks every place that has to think about it. */
public sealed interface Intent {
    /**
     * Run one or several tools.
     *
     * @param requests one per clause ("restart nginx on web-01, then check its status" has two), in order, at least one
     * @param whole all of it as one request, where it was cut into several: "disk reads and writes on db-01" may be one
     */
    record RunTools(List<ToolRequest> requests, Optional<ToolRequest> whole) implements Intent {
        public RunTools {
            requests = List.copyOf(requests);
        }

        /** What nobody would take for one request. */
        public RunTools(List<ToolRequest> requests) {
            this(requests, Optional.empty());
        }
    }

    /**
     * The message answers the pending question.
     *
     * @param draft the draft with the answer filled in
     */
    record Answered(Draft draft) implements Intent {}

    /**
     * What was planned last, once more: with other targets, with other values, or just so ("same on web-02", "again").
     *
     * @param draft the steps as they are meant now
     */
    record Again(Draft draft) implements Intent {}

    /**
     * "help", "what can you do".
     *
     * @param language to answer in, as ISO 639-1
     */
    record AskTools(String language) implements Intent {}

    /** A question about what is known or stored, which is answered without a plan. */
    sealed interface Inquiry extends Intent {
        /** The language to answer in, as ISO 639-1. */
        String language();
    }

    /**
     * "which servers are there", "who is in web-servers", "which hosts are in prod".
     *
     * @param scope the group or what else the targets have in common, in its words; empty for all
     * @param names those that have it; none for all
     */
    record AskTargets(String scope, List<String> names, String language) implements Inquiry {
        public AskTargets {
            names = List.copyOf(names);
        }

        /** All there are. */
        public AskTargets(String language) {
            this("", List.of(), language);
        }
    }

    /** "where is web-01", "tell me about web-01". */
    record AskTarget(String name, String language) implements Inquiry {}

    /**
     * "which tools can I use on windows".
     *
     * @param scope where, in its words; empty for anywhere
     * @param targets the targets that are meant; none when only a platform is
     * @param platform the platform that is meant; empty when targets are
     */
    record AskUsableTools(String scope, List<String> targets, String platform, String language) implements Inquiry {
        public AskUsableTools {
            targets = List.copyOf(targets);
        }
    }

    /**
     * "which tool restarts a service".
     *
     * @param words what it should do
     * @param tools names of those that do about that, best first; none when there is none
     */
    record AskWhichTool(String words, List<String> tools, String language) implements Inquiry {
        public AskWhichTool {
            tools = List.copyOf(tools);
        }
    }

    /**
     * "what ran on web-01 yesterday", "who approved the restart".
     *
     * @param when the time that is meant; empty when none was said
     */
    record AskHistory(HistoryQuestion question, Optional<TimePhrase> when, String language) implements Inquiry {}

    /** "more", behind an answer that did not list everything. */
    record AskMore(String language) implements Inquiry {}

    /**
     * "who must approve if bob restarts nginx on prod-db-01", "may I restart nginx on prod-db-01": what the policy says to a
     * request, which is planned and not run.
     *
     * @param person who would ask for it
     * @param run what would be asked for
     */
    record AskApproval(HistoryQuestion.Person person, RunTools run, String language) implements Intent {}

    /**
     * "show plan a7k2…": the card of a request, here.
     *
     * @param approval id of the request, as written
     */
    record ShowPlan(String approval, String language) implements Inquiry {}

    /** Greetings, thanks; {@code reply} is what to say. */
    record SmallTalk(String reply) implements Intent {}

    /**
     * "cancel", "never mind".
     *
     * @param language it was said in, as ISO 639-1
     */
    record Cancel(String language) implements Intent {}

    /**
     * "dry run", "check first": how things stand, before the plan that waits is decided.
     *
     * @param language it was said in, as ISO 639-1
     */
    record DryRun(String language) implements Intent {}

    /**
     * "break glass: the shop is down": the plan that waits must run without the approval of others.
     *
     * @param reason why, as it was written; empty when no reason was given
     * @param language it was said in, as ISO 639-1
     */
    record BreakGlass(String reason, String language) implements Intent {}

    /** Understood as no operations request, or not understood at all; {@code reply} says what can be asked instead. */
    record NotForUs(String reply) implements Intent {}
}
