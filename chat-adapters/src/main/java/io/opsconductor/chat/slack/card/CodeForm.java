package io.opsconductor.chat.slack.card;

import com.fasterxml.jackson.databind.JsonNode;
import com.slack.api.model.block.LayoutBlock;
import com.slack.api.model.block.element.PlainTextInputElement;
import com.slack.api.model.view.View;
import io.opsconductor.chat.card.Destroyed;
import io.opsconductor.plan.PlanCode;
import io.opsconductor.plan.Preview;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The form in which whoever approves what cannot be undone types the plan's code. */
public final class CodeForm {
    public static final String CALLBACK = "ops_code_form";

    private static final String CODE = "code";
    private static final int MOST = 40;
    private static final int SUMMARY = 500;

    private CodeForm() {}

    /** What the form is about; the digest is that of the card with the button. */
    public record About(String approval, String digest, FormOrigin origin) {}

    /** What somebody typed. */
    public record Typed(About about, String code) {}

    /**
     * @param summary the sentence that restates the request
     * @param preview names every target that it destroys something on
     */
    public static View of(About about, String summary, Preview preview) {
        return of(about, summary, Destroyed.by(preview));
    }

    static View of(About about, String summary, List<String> targets) {
        List<LayoutBlock> blocks = new ArrayList<>();
        blocks.add(Block.rich(new Line()
                .boldWords(Cut.to(summary, SUMMARY))
                .text("\nThis cannot be undone. It destroys something on:")));
        blocks.addAll(DestroyedTargets.blocks(targets));
        blocks.add(Modals.input(
                CODE,
                "Type " + PlanCode.of(about.digest()) + " to approve",
                "The code is that of this plan alone. That you typed it is signed with your approval.",
                false,
                PlainTextInputElement.builder()
                        .actionId("ops_code")
                        .maxLength(MOST)
                        .focusOnLoad(true)
                        .build()));
        return Modals.of(CALLBACK, "Approve: destroys", "Approve", about, blocks);
    }

    /** @param view as Slack sends it back; empty when it is not this form */
    public static Optional<Typed> read(JsonNode view) {
        return FormState.carried(view, About.class)
                .map(about -> new Typed(
                        about, FormState.values(view).getOrDefault(CODE, "").strip()));
    }

    /** What is wrong with it, by block id. */
    public static Map<String, String> mistakes(JsonNode view) {
        return read(view)
                .filter(typed -> typed.about().digest().matches("sha256:[0-9a-f]{64}"))
                .filter(typed -> !PlanCode.isTyped(typed.code(), typed.about().digest()))
                .map(typed -> Map.of(
                        CODE,
                        "This is not the code of this plan. Type "
                                + PlanCode.of(typed.about().digest()) + ", or cancel."))
                .orElse(Map.of());
    }
}
