package io.opsconductor.counterpart.slack;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * A method of the Web API.
 *
 * @param scopes any one of them is needed; none at all when empty
 */
record ApiMethod(String name, Tier tier, List<String> scopes, Work work) {
    /** Which token a method takes, by the way it is carried out. */
    sealed interface Work {
        /** Taken with a bot token. */
        @FunctionalInterface
        non-sealed interface WithBot extends Work {
            ObjectNode answer(Installation caller, Args args);
        }

        /** Taken with an app-level token. */
        @FunctionalInterface
        non-sealed interface WithApp extends Work {
            ObjectNode answer(SlackApp caller, Args args);
        }

        /** Taken with any token, or with none. */
        @FunctionalInterface
        non-sealed interface WithAnyone extends Work {
            ObjectNode answer(Caller caller, Args args);
        }
    }

    static ApiMethod withBot(String name, Tier tier, List<String> scopes, Work.WithBot work) {
        return new ApiMethod(name, tier, scopes, work);
    }

    static ApiMethod withApp(String name, Tier tier, Work.WithApp work) {
        return new ApiMethod(name, tier, List.of(), work);
    }

    static ApiMethod withAnyone(String name, Tier tier, Work.WithAnyone work) {
        return new ApiMethod(name, tier, List.of(), work);
    }
}
