package io.opsconductor.chat.slack.card;

import com.slack.api.model.block.element.RichTextElement;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A text of a rich text block. The SDK's own class sends every style with {@code false} as well, which makes a message of
 * many short texts several times as large as it is.
 *
 * @param style the styles that it has; null for none
 */
record StyledText(String type, String text, @Nullable Map<String, Boolean> style) implements RichTextElement {
    private static final String TYPE = "text";

    static StyledText plain(String text) {
        return new StyledText(TYPE, text, null);
    }

    /** @param style {@code bold}, {@code italic} or {@code code} */
    static StyledText of(String text, String style) {
        return new StyledText(TYPE, text, Map.of(style, true));
    }

    @Override
    public String getType() {
        return type;
    }
}
