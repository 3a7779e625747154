package io.opsconductor.brain.conversation;

import io.opsconductor.brain.Refusal;
import java.util.Optional;

/** What a message's text may be: 1 to {@value ChatMessage#MAX_LENGTH} characters that can be shown and stored. */
final class MessageText {
    private MessageText() {}

    /** Line ends as LF. */
    static String normalized(String text) {
        return text.replace("\r\n", "\n");
    }

    /** Why a text cannot be taken; empty when it can. */
    static Optional<Refusal> problem(String text) {
        if (text.isBlank()) {
            return refusal(400, "empty_message", "the message is empty", "write what should be done, or \"help\"");
        }
        if (text.length() > ChatMessage.MAX_LENGTH) {
            return refusal(
                    413,
                    "message_too_long",
                    "the message has " + text.length() + " characters; at most " + ChatMessage.MAX_LENGTH
                            + " are taken",
                    "say it shorter, or in several messages");
        }
        return text.codePoints()
                .filter(MessageText::isRefused)
                .mapToObj("U+%04X"::formatted)
                .findFirst()
                .flatMap(c -> refusal(
                        400,
                        "control_character",
                        "the message holds the character " + c + ", which cannot be seen",
                        "write it without control characters; line ends and tabs are fine"));
    }

    private static boolean isRefused(int c) {
        return c != '\n'
                && c != '\t'
                && (Character.getType(c) == Character.CONTROL || Character.getType(c) == Character.SURROGATE);
    }

    private static Optional<Refusal> refusal(int status, String code, String message, String hint) {
        return Optional.of(Refusal.of(status, code, message, hint));
    }
}
