package io.opsconductor.counterpart.slack;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;

/** The methods {@code chat.*}. */
final class ChatMethods {
    private static final List<String> WRITE = List.of("chat:write");

    /** https://docs.slack.dev/reference/methods/chat.update: {@code msg_too_long}. */
    private static final int MAX_UPDATE_TEXT = 4_000;

    private final Reach reach;
    private final BotMessages posts;
    private final Talking talking;

    ChatMethods(World world, Reach reach, Talking talking) {
        this.reach = reach;
        this.posts = new BotMessages(world);
        this.talking = talking;
    }

    List<ApiMethod> methods() {
        return List.of(
                ApiMethod.withBot("chat.postMessage", Tier.POSTING, WRITE, this::postMessage),
                ApiMethod.withBot("chat.postEphemeral", Tier.FOUR, WRITE, this::postEphemeral),
                ApiMethod.withBot("chat.update", Tier.THREE, WRITE, this::update),
                ApiMethod.withBot("chat.delete", Tier.THREE, WRITE, this::delete),
                ApiMethod.withBot("chat.getPermalink", Tier.SPECIAL, List.of(), this::permalink));
    }

    private ObjectNode postMessage(Installation caller, Args args) {
        String channelId = args.required("channel");
        MessageContent content = MessageContent.of(args);
        Channel channel = reach.writable(caller, channelId);
        String threadTs = thread(channel, args);
        PostedMessage message = posts.post(caller, channel, content, threadTs);
        talking.announce(channel, message.body());
        ObjectNode answer = Json.object("channel", channel.id(), "ts", message.ts(), "message", message.json(true));
        return warned(answer, content.warnings());
    }

    private static String thread(Channel channel, Args args) {
        String threadTs = args.text("thread_ts");
        if (!threadTs.isEmpty()) {
            PostedMessage parent = channel.message(threadTs).orElseThrow(() -> Refusal.of("thread_not_found"));
            return parent.rootTs();
        }
        return threadTs;
    }

    private ObjectNode postEphemeral(Installation caller, Args args) {
        String channelId = args.required("channel");
        String user = args.required("user");
        MessageContent content = MessageContent.of(args);
        Channel channel = reach.writable(caller, channelId);
        Person person = reach.person(caller, user);
        if (!channel.has(person)) {
            throw Refusal.of("user_not_in_channel");
        }
        Ephemeral message = posts.ephemeral(caller, channel, person, content, thread(channel, args));
        return warned(Json.object("message_ts", message.ts()), content.warnings());
    }

    private ObjectNode update(Installation caller, Args args) {
        Channel channel = reach.visible(caller, args.required("channel"));
        PostedMessage message = channel.message(args.required("ts")).orElseThrow(() -> Refusal.of("message_not_found"));
        if (message.author() != caller.bot()) {
            throw Refusal.of("cant_update_message");
        }
        MessageContent content = MessageContent.ofUpdate(args);
        boolean textGiven = args.has("text") && !args.text("text").isEmpty();
        boolean blocksLeft = content.blocks()
                .map(blocks -> !blocks.isEmpty())
                .orElse(!textGiven && !message.blocks().isEmpty());
        boolean attachmentsLeft = content.attachments()
                .map(list -> !list.isEmpty())
                .orElse(!message.body().path("attachments").isEmpty());
        boolean nothingGiven = !textGiven
                && content.blocks().isEmpty()
                && content.attachments().isEmpty();
        if (nothingGiven || (!textGiven && !blocksLeft && !attachmentsLeft)) {
            throw Refusal.of("no_text");
        }
        if (content.blocks().map(ArrayNode::isEmpty).orElse(true)
                && content.text().length() > MAX_UPDATE_TEXT) {
            throw Refusal.of("msg_too_long");
        }
        ObjectNode before = message.body();
        posts.update(caller, message, content, textGiven);
        talking.changed(message, before);
        ObjectNode answer = Json.object(
                "channel", channel.id(), "ts", message.ts(), "text", message.text(), "message", message.json(true));
        return warned(answer, content.warnings());
    }

    private ObjectNode delete(Installation caller, Args args) {
        Channel channel = reach.visible(caller, args.required("channel"));
        PostedMessage message = channel.message(args.required("ts")).orElseThrow(() -> Refusal.of("message_not_found"));
        if (message.author() != caller.bot()) {
            throw Refusal.of("cant_delete_message");
        }
        message.delete();
        talking.gone(message);
        return Json.object("channel", channel.id(), "ts", message.ts());
    }

    private ObjectNode permalink(Installation caller, Args args) {
        Channel channel = reach.visible(caller, args.required("channel"));
        PostedMessage message =
                channel.message(args.required("message_ts")).orElseThrow(() -> Refusal.of("message_not_found"));
        String link = "https://" + caller.workspace().domain() + ".slack.com/archives/" + channel.id() + "/p"
                + message.ts().replace(".", "");
        if (message.isReply()) {
            link += "?thread_ts=" + message.rootTs() + "&cid=" + channel.id();
        }
        return Json.object("channel", channel.id(), "permalink", link);
    }

    private static final Map<String, String> WARNINGS = Map.of(
            "message_truncated",
            "[WARN] Your message was truncated but still posted. The `text` field accepts up to 40,000 characters.");

    private static ObjectNode warned(ObjectNode answer, List<String> warnings) {
        if (!warnings.isEmpty()) {
            answer.put("warning", String.join(",", warnings));
            answer.set(
                    "response_metadata",
                    Json.object(
                            "warnings", Json.array(warnings),
                            "messages",
                                    Json.array(
                                            warnings.stream().map(WARNINGS::get).toList())));
        }
        return answer;
    }
}
