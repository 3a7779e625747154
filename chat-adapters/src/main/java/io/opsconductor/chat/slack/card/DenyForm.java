package io.opsconductor.chat.slack.card;

import com.fasterxml.jackson.databind.JsonNode;
import com.slack.api.model.block.element.PlainTextInputElement;
import com.slack.api.model.view.View;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The form for the reason of a denial. */
public final class DenyForm {
    public static final String CALLBACK = "ops_deny_form";

    private static final String REASON = "reason";
    private static final int MOST = 500;
    private static final int SUMMARY = 500;

    private DenyForm() {}

    /** What the form is about; the digest is that of the card with the button. */
    public record About(String approval, String digest, FormOrigin origin) {}

    /**
     * What somebody entered.
     *
     * @param reason may be empty
     */
    public record Denial(About about, String reason) {}

    /** @param summary the sentence that restates the request */
    public static View of(About about, String summary) {
        return Modals.of(
                CALLBACK,
                "Deny this plan",
                "Deny",
                about,
                List.of(
                        Block.rich(new Line()
                                .boldWords(Cut.to(summary, SUMMARY))
                                .text("\nNothing of it will run, and it cannot be approved afterwards.")),
                        Modals.input(
                                REASON,
                                "Reason",
                                "Everybody in the thread sees it, and it is kept in the audit journal.",
                                true,
                                PlainTextInputElement.builder()
                                        .actionId("ops_reason")
                                        .multiline(true)
                                        .maxLength(MOST)
                                        .focusOnLoad(true)
                                        .placeholder(Block.plain("What should be different?"))
                                        .build())));
    }

    /** @param view as Slack sends it back; empty when it is not this form */
    public static Optional<Denial> read(JsonNode view) {
        return FormState.carried(view, About.class)
                .map(about -> new Denial(
                        about, FormState.values(view).getOrDefault(REASON, "").strip()));
    }

    /** What is wrong with it, by block id. */
    public static Map<String, String> mistakes(JsonNode view) {
        // Slack keeps to the length, but whoever sends need not be a Slack client.
        int length = FormState.values(view).getOrDefault(REASON, "").strip().length();
        return length <= MOST
                ? Map.of()
                : Map.of(REASON, "A reason has at most " + MOST + " characters; this one has " + length + ".");
    }
}
