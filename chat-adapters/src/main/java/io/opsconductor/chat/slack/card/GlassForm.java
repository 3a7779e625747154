package io.opsconductor.chat.slack.card;

import com.fasterxml.jackson.databind.JsonNode;
import com.slack.api.model.block.element.PlainTextInputElement;
import com.slack.api.model.view.View;
import io.opsconductor.plan.PreviewRequest;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The form for the reason why a plan cannot wait for the approval of others. */
public final class GlassForm {
    public static final String CALLBACK = "ops_glass_form";

    private static final String REASON = "reason";
    private static final int MOST = PreviewRequest.MAX_REASON_CHARS;
    private static final int SUMMARY = 500;

    private GlassForm() {}

    /** What the form is about. */
    public record About(String approval, FormOrigin origin) {}

    /** What somebody entered. */
    public record Broken(About about, String reason) {}

    /** @param summary the sentence that restates the request */
    public static View of(About about, String summary) {
        return Modals.of(
                CALLBACK,
                "Break glass",
                "Break glass",
                about,
                List.of(
                        Block.rich(new Line()
                                .boldWords(Cut.to(summary, SUMMARY))
                                .text(
                                        "\nIt then waits for you alone, and those who should know are told that you ran it"
                                                + " without the approval of others.")),
                        Modals.input(
                                REASON,
                                "Why can it not wait?",
                                "Everybody sees it. It is part of what you approve, and kept in the audit journal.",
                                false,
                                PlainTextInputElement.builder()
                                        .actionId("ops_reason")
                                        .multiline(true)
                                        .maxLength(MOST)
                                        .focusOnLoad(true)
                                        .placeholder(Block.plain("The shop is down, and nobody answers"))
                                        .build())));
    }

    /** @param view as Slack sends it back; empty when it is not this form */
    public static Optional<Broken> read(JsonNode view) {
        return FormState.carried(view, About.class).map(about -> new Broken(about, reason(view)));
    }

    /** What is wrong with it, by block id. */
    public static Map<String, String> mistakes(JsonNode view) {
        int length = reason(view).length();
        if (length == 0) {
            return Map.of(REASON, "Say why. Without a reason it waits for its approval.");
        }
        return length <= MOST
                ? Map.of()
                : Map.of(REASON, "A reason has at most " + MOST + " characters; this one has " + length + ".");
    }

    private static String reason(JsonNode view) {
        return FormState.values(view).getOrDefault(REASON, "").strip();
    }
}
