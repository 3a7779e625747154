package io.opsconductor.chat.slack.card;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.slack.api.util.json.GsonFactory;
import java.util.Collection;

/**
 * How much of {@link Limits#MESSAGE_SIZE} blocks take: the bytes of their JSON in UTF-8, with {@code &}, {@code <} and
 * {@code >} as the entities that Slack keeps them as. How Slack counts is not documented; this is at least as much as any
 * of the ways that fit what was seen.
 */
final class BlockSize {
    private static final Gson GSON = GsonFactory.createSnakeCase();

    private BlockSize() {}

    static int of(Object block) {
        return of(GSON.toJsonTree(block));
    }

    static int of(Collection<?> blocks) {
        return blocks.stream().mapToInt(block -> of(block) + 1).sum() + 2;
    }

    private static int of(JsonElement json) {
        if (json.isJsonObject()) {
            return json.getAsJsonObject().entrySet().stream()
                            .filter(field -> !field.getValue().isJsonNull())
                            .mapToInt(field -> field.getKey().length() + 4 + of(field.getValue()))
                            .sum()
                    + 2;
        }
        if (json.isJsonArray()) {
            int sum = 2;
            for (JsonElement element : json.getAsJsonArray()) {
                sum += of(element) + 1;
            }
            return sum;
        }
        return json.isJsonNull() ? 4 : ofText(json.getAsString()) + 2;
    }

    static int ofText(String text) {
        return text.codePoints().map(BlockSize::ofCodePoint).sum();
    }

    static int ofCodePoint(int c) {
        if (c >= 0x80) {
            return c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
        }
        return switch (c) {
            case '&' -> 5;
            case '<', '>' -> 4;
            case '"', '\\', '\n', '\t', '\r' -> 2;
            default -> c < 0x20 ? 6 : 1;
        };
    }
}
