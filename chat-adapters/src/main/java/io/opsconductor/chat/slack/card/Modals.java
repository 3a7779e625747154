package io.opsconductor.chat.slack.card;

import com.slack.api.model.block.InputBlock;
import com.slack.api.model.block.LayoutBlock;
import com.slack.api.model.block.element.BlockElement;
import com.slack.api.model.view.View;
import com.slack.api.model.view.ViewClose;
import com.slack.api.model.view.ViewSubmit;
import com.slack.api.model.view.ViewTitle;
import java.util.List;

/** Modals, as this package uses them. */
final class Modals {
    private Modals() {}

    /** @param submit label of the button; empty for a modal that only tells something */
    static View of(String callback, String title, String submit, Object carries, List<LayoutBlock> blocks) {
        return View.builder()
                .type("modal")
                .callbackId(callback)
                .title(ViewTitle.builder()
                        .type("plain_text")
                        .text(title)
                        .emoji(false)
                        .build())
                .submit(
                        submit.isEmpty()
                                ? null
                                : ViewSubmit.builder()
                                        .type("plain_text")
                                        .text(submit)
                                        .emoji(false)
                                        .build())
                .close(ViewClose.builder()
                        .type("plain_text")
                        .text(submit.isEmpty() ? "Close" : "Cancel")
                        .emoji(false)
                        .build())
                .privateMetadata(FormState.carrying(carries))
                .blocks(List.copyOf(blocks))
                .build();
    }

    static LayoutBlock input(String id, String label, String hint, boolean optional, BlockElement element) {
        return InputBlock.builder()
                .blockId(id)
                .label(Block.plain(Cut.toLength(label, Limits.INPUT_LABEL)))
                .hint(hint.isBlank() ? null : Block.plain(Cut.toLength(hint, Limits.INPUT_LABEL)))
                .optional(optional)
                .element(element)
                .build();
    }
}
