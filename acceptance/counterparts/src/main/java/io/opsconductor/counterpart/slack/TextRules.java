package io.opsconductor.counterpart.slack;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;

/** Text objects: https://docs.slack.dev/reference/block-kit/composition-objects/text-object. */
final class TextRules {
    private final Problems problems;

    TextRules(Problems problems) {
        this.problems = problems;
    }

    /** Either kind of text. Slack then says first that no schema matched. */
    void any(JsonNode text, int most, String at) {
        String type = text.path("type").asText();
        if (!type.equals("mrkdwn") && !type.equals("plain_text")) {
            problems.add("failed to match all allowed schemas", at);
            problems.add("must be one of: mrkdwn, plain_text", at + "/type");
            return;
        }
        int length = text.path("text").asText().length();
        if (!text.path("text").isTextual() || length == 0 || length > most) {
            problems.add("failed to match all allowed schemas", at);
        }
        content(text, most, at);
    }

    void plain(JsonNode text, int most, String at) {
        if (text.isMissingNode()) {
            return;
        }
        if (!text.path("type").asText().equals("plain_text")) {
            problems.add("must be one of: plain_text", at + "/type");
            return;
        }
        content(text, most, at);
    }

    private void content(JsonNode text, int most, String at) {
        boolean plain = text.path("type").asText().equals("plain_text");
        problems.typed(text, at, Set.of("text"), Set.of(plain ? "emoji" : "verbatim"));
        if (text.path("text").isTextual() && text.path("text").asText().isEmpty()) {
            problems.add("must be more than 0 characters", at + "/text");
        }
        problems.longest(text, "text", most, at);
    }
}
