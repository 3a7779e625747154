package io.opsconductor.chat.slack.card;

import com.slack.api.model.block.ActionsBlock;
import com.slack.api.model.block.ContextBlock;
import com.slack.api.model.block.DividerBlock;
import com.slack.api.model.block.HeaderBlock;
import com.slack.api.model.block.LayoutBlock;
import com.slack.api.model.block.RichTextBlock;
import com.slack.api.model.block.composition.PlainTextObject;
import com.slack.api.model.block.element.BlockElement;
import java.util.List;

/** Blocks, as this package uses them. */
final class Block {
    private Block() {}

    /** A headline in our words; short codes of emoji in it are shown as emoji. */
    static LayoutBlock header(String text) {
        return HeaderBlock.builder()
                .text(PlainTextObject.builder()
                        .text(Cut.toLength(text, Limits.HEADER))
                        .emoji(true)
                        .build())
                .build();
    }

    static LayoutBlock rich(Line line) {
        return rich(List.of(line.section()));
    }

    static LayoutBlock rich(List<? extends BlockElement> elements) {
        return RichTextBlock.builder().elements(List.copyOf(elements)).build();
    }

    /** Small grey text, literal. */
    static LayoutBlock small(String text) {
        return ContextBlock.builder()
                .elements(List.of(plain(Cut.toLength(text, Limits.TEXT))))
                .build();
    }

    static LayoutBlock divider() {
        return DividerBlock.builder().build();
    }

    static LayoutBlock actions(List<? extends BlockElement> elements) {
        return ActionsBlock.builder().elements(List.copyOf(elements)).build();
    }

    /** Literal text, in which even the short codes of emoji stay as they are. */
    static PlainTextObject plain(String text) {
        return PlainTextObject.builder().text(text).emoji(false).build();
    }
}
