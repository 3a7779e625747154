package io.opsconductor.chat.slack.call;

import com.fasterxml.jackson.databind.JsonNode;
import com.slack.api.methods.Methods;
import com.slack.api.methods.RequestFormBuilder;
import com.slack.api.methods.request.assistant.threads.AssistantThreadsSetStatusRequest;
import com.slack.api.methods.request.assistant.threads.AssistantThreadsSetSuggestedPromptsRequest;
import com.slack.api.methods.request.chat.ChatGetPermalinkRequest;
import com.slack.api.methods.request.chat.ChatPostEphemeralRequest;
import com.slack.api.methods.request.chat.ChatPostMessageRequest;
import com.slack.api.methods.request.chat.ChatUpdateRequest;
import com.slack.api.methods.request.conversations.ConversationsOpenRequest;
import com.slack.api.methods.request.users.UsersInfoRequest;
import com.slack.api.methods.request.views.ViewsOpenRequest;
import com.slack.api.methods.request.views.ViewsPublishRequest;
import com.slack.api.model.Message;
import com.slack.api.model.assistant.SuggestedPrompt;
import com.slack.api.model.view.View;
import com.slack.api.util.json.GsonFactory;
import io.opsconductor.chat.call.Answer;
import io.opsconductor.chat.slack.card.SlackFile;
import io.opsconductor.chat.slack.card.SlackMessage;
import io.opsconductor.chat.slack.workspace.Workspace;
import io.opsconductor.chat.slack.workspace.Workspaces;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;
import org.jspecify.annotations.Nullable;

/**
 * {@link SlackCalls} over HTTP. Safe for many threads. A token that Slack refuses is reported to {@link Workspaces}; no
 * token reaches a log or an answer.
 */
public final class WebApiCalls implements SlackCalls, AutoCloseable {
    /** What Slack's own timeouts stay well under. */
    public static final Duration DEADLINE = Duration.ofSeconds(15);

    private static final MediaType JSON = MediaType.get("application/json; charset=utf-8");

    private final Wire wire;
    private final WebApi api;
    private final Hosts hosts;
    private final Search search;
    private final Uploads uploads;

    /**
     * Calls to one API.
     *
     * @param apiUrl {@code https://slack.com/api/}, or what stands in its place in tests; ends with a slash
     * @param deadline for each request, from looking up the name to the last byte of the answer
     */
    public WebApiCalls(URI apiUrl, Workspaces workspaces, Duration deadline) {
        if (!apiUrl.toString().endsWith("/")) {
            throw new IllegalArgumentException("the address of Slack's API must end with a slash: " + apiUrl);
        }
        this.wire = new Wire(deadline);
        this.api = new WebApi(wire, apiUrl, workspaces);
        this.hosts = new Hosts(apiUrl);
        this.search = new Search(api);
        this.uploads = new Uploads(wire, api, hosts);
    }

    @Override
    public Answer<Posted> post(Workspace workspace, String channel, String threadTs, SlackMessage message, String key) {
        return api.call(
                        workspace,
                        Methods.CHAT_POST_MESSAGE,
                        RequestFormBuilder.toForm(ChatPostMessageRequest.builder()
                                .channel(channel)
                                .threadTs(orNull(threadTs))
                                .text(message.text())
                                .blocks(message.blocks())
                                .unfurlLinks(false)
                                .unfurlMedia(false)
                                .metadata(Message.Metadata.builder()
                                        .eventType(Search.EVENT_TYPE)
                                        .eventPayload(Map.of("key", key))
                                        .build())
                                .build()))
                .map(answer -> place(answer, channel));
    }

    private static Posted place(JsonNode answer, String channel) {
        return new Posted(
                answer.path("channel").asText(channel), answer.path("ts").asText());
    }

    @Override
    public Answer<Optional<Posted>> posted(Workspace workspace, String channel, String threadTs, String key) {
        return search.posted(workspace, channel, threadTs, key);
    }

    @Override
    public Answer<Posted> update(Workspace workspace, String channel, String ts, SlackMessage message) {
        return api.call(
                        workspace,
                        Methods.CHAT_UPDATE,
                        RequestFormBuilder.toForm(ChatUpdateRequest.builder()
                                .channel(channel)
                                .ts(ts)
                                .text(message.text())
                                .blocks(message.blocks())
                                .build()))
                .map(answer -> place(answer, channel));
    }

    @Override
    public Answer<Boolean> whisper(
            Workspace workspace, String channel, String threadTs, String user, SlackMessage message) {
        return done(api.call(
                workspace,
                Methods.CHAT_POST_EPHEMERAL,
                RequestFormBuilder.toForm(ChatPostEphemeralRequest.builder()
                        .channel(channel)
                        .threadTs(orNull(threadTs))
                        .user(user)
                        .text(message.text())
                        .blocks(message.blocks())
                        .build())));
    }

    @Override
    public Answer<Boolean> respond(String responseUrl, SlackMessage message) {
        if (!hosts.mayRespondTo(responseUrl)) {
            return new Answer.Refused<>("response_url_not_accepted", "it is not an address of Slack's");
        }
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("response_type", "ephemeral");
        body.put("replace_original", false);
        body.put("text", message.text());
        if (!message.blocks().isEmpty()) {
            body.put("blocks", message.blocks());
        }
        String json = GsonFactory.createSnakeCase().toJson(body);
        return wire.send(client -> client.newCall(new Request.Builder()
                                .url(responseUrl)
                                .post(RequestBody.create(json, JSON))
                                .build())
                        .execute())
                .then(reply -> reply.status() == 200 ? new Answer.Ok<>(true) : Wire.problem(reply));
    }

    @Override
    public Answer<String> upload(Workspace workspace, SlackFile file) {
        return uploads.upload(workspace, file);
    }

    @Override
    public Answer<Boolean> share(Workspace workspace, String channel, String threadTs, String file, String title) {
        return uploads.share(workspace, channel, threadTs, file, title);
    }

    @Override
    public Answer<Boolean> isShared(Workspace workspace, String channel, String file) {
        return uploads.isShared(workspace, channel, file);
    }

    @Override
    public Answer<SlackUser> user(Workspace workspace, String user) {
        return api.call(
                        workspace,
                        Methods.USERS_INFO,
                        RequestFormBuilder.toForm(
                                UsersInfoRequest.builder().user(user).build()))
                .map(answer -> Users.read(workspace, user, answer.path("user")));
    }

    @Override
    public Answer<Boolean> open(Workspace workspace, String triggerId, View view) {
        return done(api.call(
                workspace,
                Methods.VIEWS_OPEN,
                RequestFormBuilder.toForm(ViewsOpenRequest.builder()
                        .triggerId(triggerId)
                        .view(view)
                        .build())));
    }

    @Override
    public Answer<Boolean> publishHome(Workspace workspace, String user, View view) {
        return done(api.call(
                workspace,
                Methods.VIEWS_PUBLISH,
                RequestFormBuilder.toForm(
                        ViewsPublishRequest.builder().userId(user).view(view).build())));
    }

    @Override
    public Answer<String> directTalk(Workspace workspace, String user) {
        return api.call(
                        workspace,
                        Methods.CONVERSATIONS_OPEN,
                        RequestFormBuilder.toForm(ConversationsOpenRequest.builder()
                                .users(List.of(user))
                                .build()))
                .map(answer -> answer.path("channel").path("id").asText(""));
    }

    @Override
    public Answer<String> link(Workspace workspace, String channel, String ts) {
        return api.call(
                        workspace,
                        Methods.CHAT_GET_PERMALINK,
                        RequestFormBuilder.toForm(ChatGetPermalinkRequest.builder()
                                .channel(channel)
                                .messageTs(ts)
                                .build()))
                .map(answer -> answer.path("permalink").asText(""));
    }

    @Override
    public Answer<Boolean> status(Workspace workspace, String channel, String threadTs, String status) {
        return done(api.call(
                workspace,
                Methods.ASSISTANT_THREADS_SET_STATUS,
                RequestFormBuilder.toForm(AssistantThreadsSetStatusRequest.builder()
                        .channelId(channel)
                        .threadTs(threadTs)
                        .status(status)
                        .build())));
    }

    @Override
    public Answer<Boolean> suggest(
            Workspace workspace, String channel, String threadTs, String title, List<String> prompts) {
        return done(api.call(
                workspace,
                Methods.ASSISTANT_THREADS_SET_SUGGESTED_PROMPTS,
                RequestFormBuilder.toForm(AssistantThreadsSetSuggestedPromptsRequest.builder()
                        .channelId(channel)
                        .threadTs(threadTs)
                        .title(title)
                        .prompts(prompts.stream()
                                .map(prompt -> new SuggestedPrompt(prompt, prompt))
                                .toList())
                        .build())));
    }

    private static Answer<Boolean> done(Answer<JsonNode> answer) {
        return answer.map(_ -> true);
    }

    private static @Nullable String orNull(String text) {
        return text.isEmpty() ? null : text;
    }

    @Override
    public void close() {
        wire.close();
    }
}
