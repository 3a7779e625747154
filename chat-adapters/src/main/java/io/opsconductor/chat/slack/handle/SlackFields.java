package io.opsconductor.chat.slack.handle;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.regex.Pattern;

/** Reads what Slack sends; what is missing or has another form is empty, never a failure. */
final class SlackFields {
    private static final Pattern ID = Pattern.compile("[A-Z][A-Z0-9]{1,30}");
    private static final Pattern TS = Pattern.compile("\\d{1,12}\\.\\d{1,9}");

    private SlackFields() {}

    static String text(JsonNode node, String field) {
        JsonNode value = node.path(field);
        return value.isTextual() ? value.textValue() : "";
    }

    /** An id such as {@code U024BE7LH}. */
    static String id(JsonNode node, String field) {
        String value = text(node, field);
        return ID.matcher(value).matches() ? value : "";
    }

    /** A message's {@code ts}. */
    static String ts(JsonNode node, String field) {
        String value = text(node, field);
        return TS.matcher(value).matches() ? value : "";
    }
}
