package io.opsconductor.chat.slack.card;

import io.opsconductor.brain.conversation.ChatEvent;
import io.opsconductor.plan.TargetResult;

/** An execution's progress and result. */
public final class ResultCards {
    private ResultCards() {}

    public static SlackMessage progress(Progress progress) {
        return ProgressMessage.of(progress);
    }

    /** @param planSummary the sentence that restates the request */
    public static ResultPost result(String planSummary, ChatEvent.Result result) {
        OutputPosts outputs = OutputPosts.of(result);
        return new ResultPost(ResultSummary.of(planSummary, result), outputs.messages(), outputs.files());
    }

    /** The whole output of one target, for "show full output". */
    public static SlackFile fullOutput(TargetResult result) {
        return OutputFile.of(result);
    }
}
