package io.opsconductor.chat.slack.card;

import io.opsconductor.brain.Refusal;
import io.opsconductor.brain.conversation.ChatEvent;
import java.util.List;

/** What is said: messages, questions with choices as buttons, and what went wrong. */
public final class Words {
    private Words() {}

    public static List<SlackMessage> message(ChatEvent.Message message) {
        return List.of(new SlackMessage(message.text(), List.of()));
    }

    public static SlackMessage question(ChatEvent.Question question) {
        return new SlackMessage(question.text(), List.of());
    }

    public static SlackMessage failure(ChatEvent.Failure failure) {
        return new SlackMessage(failure.message(), List.of());
    }

    /** To one person: why an act changed nothing, and what would. */
    public static SlackMessage refusal(Refusal refusal) {
        return new SlackMessage(refusal.message(), List.of());
    }

    /** To one person. */
    public static SlackMessage note(String text) {
        return new SlackMessage(text, List.of());
    }
}
