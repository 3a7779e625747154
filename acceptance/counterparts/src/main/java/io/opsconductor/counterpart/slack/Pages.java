package io.opsconductor.counterpart.slack;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Base64;
import java.util.List;

/** Cursors: https://docs.slack.dev/apis/web-api/pagination. */
final class Pages {
    private static final String PREFIX = "next:";

    private Pages() {}

    static String cursor(int position) {
        return Base64.getEncoder().encodeToString((PREFIX + position).getBytes(UTF_8));
    }

    static int position(String cursor) {
        try {
            String text = new String(Base64.getDecoder().decode(cursor), UTF_8);
            if (text.startsWith(PREFIX)) {
                return Integer.parseInt(text.substring(PREFIX.length()));
            }
        } catch (IllegalArgumentException e) {
            throw Refusal.of("invalid_cursor");
        }
        throw Refusal.of("invalid_cursor");
    }

    /** The part of the list that the arguments ask for, and the cursor of the next. */
    static ObjectNode of(String name, List<?> all, Args args) {
        int from = args.text("cursor").isEmpty() ? 0 : position(args.text("cursor"));
        int limit = Math.min(1_000, Math.max(1, args.number("limit", 100)));
        String next = all.size() > from + limit ? cursor(from + limit) : "";
        return Json.object(
                name,
                Json.array(all.stream().skip(from).limit(limit).toList()),
                "response_metadata",
                Json.object("next_cursor", next));
    }
}
