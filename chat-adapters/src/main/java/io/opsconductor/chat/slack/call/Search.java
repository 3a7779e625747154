package io.opsconductor.chat.slack.call;

import com.fasterxml.jackson.databind.JsonNode;
import com.slack.api.methods.Methods;
import com.slack.api.methods.RequestFormBuilder;
import com.slack.api.methods.request.conversations.ConversationsHistoryRequest;
import com.slack.api.methods.request.conversations.ConversationsRepliesRequest;
import io.opsconductor.chat.call.Answer;
import io.opsconductor.chat.slack.call.SlackCalls.Posted;
import io.opsconductor.chat.slack.workspace.Workspace;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Looks for a message of ours by the key in its metadata, in a bounded number of pages. */
final class Search {
    /** The kind of metadata that our posts carry. */
    static final String EVENT_TYPE = "opsconductor_post";

    private static final int PAGE = 200;
    private static final int MAX_PAGES = 5;

    private final WebApi api;

    Search(WebApi api) {
        this.api = api;
    }

    /** {@code Refused} when there are more messages than it looks through. */
    Answer<Optional<Posted>> posted(Workspace workspace, String channel, String threadTs, String key) {
        String oldest = PostKey.earliest(key).stream()
                .mapToObj(second -> second + ".000000")
                .findFirst()
                .orElse(null);
        String cursor = "";
        for (int page = 0; page < MAX_PAGES; page++) {
            switch (page(workspace, channel, threadTs, oldest, cursor)) {
                case Answer.Ok<JsonNode>(JsonNode answer) -> {
                    Optional<Posted> found = find(workspace, channel, key, answer.path("messages"));
                    cursor =
                            answer.path("response_metadata").path("next_cursor").asText("");
                    if (found.isPresent() || cursor.isEmpty()) {
                        return new Answer.Ok<>(found);
                    }
                }
                case Answer<JsonNode> other -> {
                    return other.map(_ -> Optional.<Posted>empty());
                }
            }
        }
        return new Answer.Refused<>("too_many_messages", "more than " + MAX_PAGES * PAGE + " came since then");
    }

    private Answer<JsonNode> page(
            Workspace workspace, String channel, String threadTs, @Nullable String oldest, String cursor) {
        String from = cursor.isEmpty() ? null : cursor;
        return threadTs.isEmpty()
                ? api.call(
                        workspace,
                        Methods.CONVERSATIONS_HISTORY,
                        RequestFormBuilder.toForm(ConversationsHistoryRequest.builder()
                                .channel(channel)
                                .oldest(oldest)
                                .limit(PAGE)
                                .cursor(from)
                                .includeAllMetadata(true)
                                .build()))
                : api.call(
                        workspace,
                        Methods.CONVERSATIONS_REPLIES,
                        RequestFormBuilder.toForm(ConversationsRepliesRequest.builder()
                                .channel(channel)
                                .ts(threadTs)
                                .oldest(oldest)
                                .limit(PAGE)
                                .cursor(from)
                                .includeAllMetadata(true)
                                .build()));
    }

    private static Optional<Posted> find(Workspace workspace, String channel, String key, JsonNode messages) {
        for (JsonNode message : messages) {
            boolean ours = message.path("user").asText("").equals(workspace.botUser())
                    || (!workspace.bot().isEmpty()
                            && message.path("bot_id").asText("").equals(workspace.bot()));
            JsonNode metadata = message.path("metadata");
            if (ours
                    && metadata.path("event_type").asText("").equals(EVENT_TYPE)
                    && metadata.path("event_payload").path("key").asText("").equals(key)) {
                return Optional.of(new Posted(channel, message.path("ts").asText()));
            }
        }
        return Optional.empty();
    }
}
