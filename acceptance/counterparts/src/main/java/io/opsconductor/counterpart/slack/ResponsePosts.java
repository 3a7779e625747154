package io.opsconductor.counterpart.slack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.Optional;

/** Posts to response URLs: https://docs.slack.dev/interactivity/handling-user-interaction#message_responses. */
final class ResponsePosts {
    private final ResponseUrls urls;
    private final BotMessages posts;
    private final Talking talking;

    ResponsePosts(World world, ResponseUrls urls, Talking talking) {
        this.urls = urls;
        this.posts = new BotMessages(world);
        this.talking = talking;
    }

    void handle(ServerRequest request, ServerResponse response) {
        String key = request.path().pathParameters().get("key");
        JsonNode body = Json.readOrMissing(WebCall.body(request));
        try {
            if (!(body instanceof ObjectNode)) {
                throw Refusal.of("invalid_payload");
            }
            take(key, new Args(body));
            WebApi.send(response, Status.OK_200, Json.object("ok", true));
        } catch (Refusal refusal) {
            boolean gone = refusal.error().endsWith("_url");
            WebApi.send(response, gone ? Status.NOT_FOUND_404 : Status.BAD_REQUEST_400, refusal.answer());
        }
    }

    private void take(String key, Args args) {
        boolean delete = args.flag("delete_original");
        boolean replace = args.flag("replace_original");
        MessageContent content = delete ? MessageContent.ofUpdate(args) : MessageContent.of(args);
        ResponseUrls.Target target = urls.use(key);
        if (delete) {
            target.from().ifPresent(message -> {
                message.delete();
                talking.gone(message);
            });
            target.ephemeral().ifPresent(Ephemeral::delete);
        } else if (replace && target.from().isPresent()) {
            PostedMessage message = target.from().orElseThrow();
            ObjectNode before = message.body();
            posts.update(target.installation(), message, content, args.has("text"));
            talking.changed(message, before);
        } else if (replace && target.ephemeral().isPresent()) {
            Ephemeral message = target.ephemeral().orElseThrow();
            message.replace(posts.body(target.installation(), content, message.ts(), message.threadTs()));
        } else {
            say(target, content, args);
        }
    }

    private void say(ResponseUrls.Target target, MessageContent content, Args args) {
        String threadTs = args.text("thread_ts");
        if (args.text("response_type").equals("in_channel")) {
            PostedMessage message = posts.post(target.installation(), target.channel(), content, threadTs);
            talking.announce(target.channel(), message.body());
            return;
        }
        String shownIn = threadTs.isEmpty() ? threadOf(target) : threadTs;
        posts.ephemeral(target.installation(), target.channel(), target.person(), content, shownIn);
    }

    private static String threadOf(ResponseUrls.Target target) {
        return target.from()
                .flatMap(PostedMessage::threadTs)
                .or(() -> target.ephemeral().map(Ephemeral::threadTs))
                .or(() -> Optional.of(""))
                .orElseThrow();
    }
}
