package io.opsconductor.chat.web;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.opsconductor.brain.conversation.ChatEvent;
import io.opsconductor.brain.conversation.ConversationTenants;
import io.opsconductor.brain.conversation.Conversations;
import io.opsconductor.brain.outputs.Chart;
import io.opsconductor.chat.picture.Look;
import io.opsconductor.chat.picture.Pictures;
import io.opsconductor.kit.http.HttpProblem;
import java.util.List;
import java.util.Optional;
import okio.ByteString;

/**
 * {@code GET /chat/conversations/{id}/pictures/{execution}/{reading}}: what a reading of a result says, as a PNG in light or dark
 * colours. It is drawn each time of what is stored, and browsers keep it.
 */
final class PictureCalls {
    private static final int MOST_READINGS = 1_000;

    private final Conversations conversations;
    private final ConversationTenants tenants;
    private final Pictures pictures;

    PictureCalls(Conversations conversations, ConversationTenants tenants, Pictures pictures) {
        this.conversations = conversations;
        this.tenants = tenants;
        this.pictures = pictures;
    }

    void picture(ServerRequest request, ServerResponse response) {
        String conversation = Forms.conversation(request.path().pathParameters().get("id"));
        String execution = request.path().pathParameters().get("execution");
        int reading =
                (int) Forms.number("reading", request.path().pathParameters().get("reading"), 0, MOST_READINGS);
        ByteString png = chart(conversation, execution, reading)
                .flatMap(chart -> pictures.png(chart, look(request)))
                .orElseThrow(() -> HttpProblem.of(
                        404,
                        "no_picture",
                        "there is no picture of that",
                        "the result has what it would show as a sentence and a table"));
        response.header(HeaderNames.CONTENT_TYPE, "image/png");
        response.header(HeaderNames.CACHE_CONTROL, "private, max-age=3600");
        response.send(png.toByteArray());
    }

    private Optional<Chart> chart(String conversation, String execution, int reading) {
        if (!conversations.exists(conversation) || !tenants.isOf(conversation, "web")) {
            return Optional.empty();
        }
        return conversations
                .result(conversation, execution)
                .map(ChatEvent.Result::readings)
                .filter(readings -> reading < readings.size())
                .map(readings -> readings.get(reading).chart());
    }

    private static Look look(ServerRequest request) {
        String look = request.query().first("look").orElse("light");
        return switch (look) {
            case "light" -> Look.LIGHT;
            case "dark" -> Look.DARK;
            default ->
                throw HttpProblem.of(
                        400, "invalid_look", "there is no look \"" + look + "\"", "say light or dark", List.of());
        };
    }
}
