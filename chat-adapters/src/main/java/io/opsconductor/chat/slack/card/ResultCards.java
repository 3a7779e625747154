package io.opsconductor.chat.slack.card;

import io.opsconductor.brain.conversation.ChatEvent;
import io.opsconductor.chat.deliver.Progress;
import io.opsconductor.plan.TargetResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** An execution's progress and result. */
public final class ResultCards {
    private ResultCards() {}

    public static SlackMessage progress(Progress progress) {
        return ProgressMessage.of(progress);
    }

    /**
     * @param planSummary the sentence that restates the request
     * @param by who ended it, when the result's sentence is about that person
     */
    public static ResultPost result(String planSummary, ChatEvent.Result result, Optional<Subject> by) {
        OutputPosts outputs = OutputPosts.of(result);
        List<SlackFile> files = new ArrayList<>(Readings.files(result));
        files.addAll(outputs.files());
        return new ResultPost(ResultSummary.of(planSummary, result, by), outputs.messages(), files);
    }

    /** The whole output of one target, for "show full output". */
    public static SlackFile fullOutput(TargetResult result) {
        return OutputFile.of(result);
    }
}
