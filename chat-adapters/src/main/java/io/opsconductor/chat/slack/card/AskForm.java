package io.opsconductor.chat.slack.card;

import com.fasterxml.jackson.databind.JsonNode;
import com.slack.api.model.block.element.PlainTextInputElement;
import com.slack.api.model.block.element.RichTextQuoteElement;
import com.slack.api.model.view.View;
import io.opsconductor.chat.card.Amounts;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The form of the message shortcut "Ask OpsConductor about this". */
public final class AskForm {
    public static final String CALLBACK = "ops_ask_form";

    private static final String REQUEST = "request";
    /** A request is a sentence or two; what else the message said stands in the quote above. */
    private static final int PREFILLED = 300;

    private static final int MOST = 2_000;
    private static final int QUOTED = 2_500;

    private AskForm() {}

    /** What somebody asks, and where the answer belongs. */
    public record Request(FormOrigin origin, String text) {}

    /** @param message what the message says, as plain text; may be empty */
    public static View of(FormOrigin origin, String message) {
        String text = message.strip();
        PlainTextInputElement.PlainTextInputElementBuilder input = PlainTextInputElement.builder()
                .actionId("ops_request")
                .multiline(true)
                .maxLength(MOST)
                .focusOnLoad(true)
                .placeholder(Block.plain("Such as: check disk space on web-server-01"));
        String request = request(text);
        if (!request.isEmpty()) {
            input.initialValue(request);
        }
        return Modals.of(
                CALLBACK,
                "Ask OpsConductor",
                "Ask",
                origin,
                List.of(
                        Block.rich(List.of(
                                new Line()
                                        .text("The answer comes in the message's thread.")
                                        .section(),
                                RichTextQuoteElement.builder()
                                        .elements(new Line()
                                                .text(
                                                        text.isEmpty()
                                                                ? "(a message without text)"
                                                                : Cut.to(text, QUOTED))
                                                .elements())
                                        .build())),
                        Modals.input(
                                REQUEST,
                                "What should be done?",
                                "Name the servers. You see the plan before anything runs.",
                                false,
                                input.build())));
    }

    /** As much of a message as can be a request: its first lines, whole. */
    private static String request(String message) {
        if (message.length() <= PREFILLED) {
            return message;
        }
        String cut = message.substring(0, message.offsetByCodePoints(0, PREFILLED / 2));
        int end = Math.max(cut.lastIndexOf('\n'), cut.lastIndexOf(". ") + 1);
        return (end > 0 ? cut.substring(0, end) : cut).strip();
    }

    /** @param view as Slack sends it back; empty when it is not this form */
    public static Optional<Request> read(JsonNode view) {
        return FormState.carried(view, FormOrigin.class)
                .map(origin -> new Request(
                        origin, FormState.values(view).getOrDefault(REQUEST, "").strip()));
    }

    /** What is wrong with it, by block id. */
    public static Map<String, String> mistakes(JsonNode view) {
        String text = FormState.values(view).getOrDefault(REQUEST, "").strip();
        if (text.isEmpty()) {
            return Map.of(REQUEST, "Write what should be done, or \"help\".");
        }
        return text.length() <= MOST
                ? Map.of()
                : Map.of(REQUEST, "A request has at most " + Amounts.grouped(MOST) + " characters here.");
    }
}
