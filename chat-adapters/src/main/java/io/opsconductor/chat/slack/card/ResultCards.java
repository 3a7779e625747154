package io.opsconductor.chat.slack.card;

import io.opsconductor.brain.conversation.ChatEvent;
import io.opsconductor.plan.TargetResult;
import java.util.List;

/** An execution's progress and result. */
public final class ResultCards {
    private ResultCards() {}

    public static SlackMessage progress(Progress progress) {
        return new SlackMessage(progress.summary(), List.of());
    }

    /** @param planSummary the sentence that restates the request */
    public static ResultPost result(String planSummary, ChatEvent.Result result) {
        return new ResultPost(new SlackMessage(result.summary(), List.of()), List.of(), List.of());
    }

    /** The whole output of one target, for "show full output". */
    public static SlackFile fullOutput(TargetResult result) {
        return new SlackFile(result.target() + ".txt", result.target(), result.stdout() + result.stderr());
    }
}
