package io.opsconductor.counterpart.slack;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** What a person can read in a message or view. */
final class Shown {
    private Shown() {}

    /** The blocks' texts when there are blocks, otherwise the text; then attachments and files. */
    static String allText(JsonNode body) {
        List<String> texts = new ArrayList<>();
        if (body.path("blocks").isEmpty()) {
            texts.add(body.path("text").asText());
        } else {
            texts.addAll(Json.textsNamed(body.path("blocks"), "text"));
        }
        body.path("attachments").forEach(attachment -> texts.addAll(attachmentTexts(attachment)));
        body.path("files")
                .forEach(file -> texts.add("[file " + file.path("name").asText() + "]"));
        return String.join("\n", texts);
    }

    private static List<String> attachmentTexts(JsonNode attachment) {
        List<String> texts = new ArrayList<>();
        for (String field : List.of("pretext", "title", "text")) {
            if (attachment.path(field).isTextual()) {
                texts.add(attachment.path(field).asText());
            }
        }
        texts.addAll(Json.textsNamed(attachment.path("blocks"), "text"));
        return texts;
    }
}
