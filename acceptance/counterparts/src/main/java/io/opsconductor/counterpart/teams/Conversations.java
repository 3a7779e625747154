package io.opsconductor.counterpart.teams;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** The conversations of the connector and what a bot may do in them. */
final class Conversations {
    /** Of an activity, as UTF-16, which is what Teams counts. */
    static final int MOST_BYTES = 100 * 1024;

    private static final String CARD = "application/vnd.microsoft.card.adaptive";

    private final Map<String, Conversation> all = new LinkedHashMap<>();
    private final AtomicLong ids = new AtomicLong(1_700_000_000_000L);
    private final Throttle throttle = new Throttle();

    Throttle throttle() {
        return throttle;
    }

    String nextId() {
        return Long.toString(ids.incrementAndGet());
    }

    synchronized Conversation open(String id, Conversation.Kind kind, String tenant) {
        return all.computeIfAbsent(id, key -> new Conversation(key, kind, tenant));
    }

    /** By the id with or without its thread. */
    synchronized Conversation of(String id) {
        Conversation conversation = all.get(place(id));
        if (conversation == null) {
            throw new Refusal(404, "ConversationNotFound", "Conversation not found.");
        }
        if (!conversation.installed()) {
            throw new Refusal(403, "BotNotInConversationRoster", "The bot is not part of the conversation roster.");
        }
        return conversation;
    }

    static String place(String id) {
        int thread = id.indexOf(";messageid=");
        return thread < 0 ? id : id.substring(0, thread);
    }

    ObjectNode create(JsonNode body) {
        String tenant = body.path("tenantId")
                .asText(body.path("channelData").path("tenant").path("id").asText(""));
        String channel = body.path("channelData").path("channel").path("id").asText("");
        if (!channel.isEmpty()) {
            Conversation conversation = of(channel);
            JsonNode first = body.path("activity");
            if (!first.isObject()) {
                throw new Refusal(400, "BadSyntax", "Channel conversations begin with an activity.");
            }
            String id = post(channel, first, "");
            return Wire.object()
                    .put("id", conversation.id() + ";messageid=" + id)
                    .put("activityId", id);
        }
        String member = body.path("members").path(0).path("id").asText("");
        if (member.isEmpty() || tenant.isEmpty()) {
            throw new Refusal(400, "BadSyntax", "Bad format of conversation parameters.");
        }
        synchronized (this) {
            for (Conversation one : all.values()) {
                if (one.kind() == Conversation.Kind.PERSONAL
                        && one.members().stream()
                                .anyMatch(who -> who.id().equals(member)
                                        || who.objectId().equals(member))) {
                    return Wire.object().put("id", one.id());
                }
            }
        }
        throw new Refusal(403, "BotNotInConversationRoster", "The user has not installed the bot.");
    }

    /** @param replyTo empty for none */
    String post(String id, JsonNode activity, String replyTo) {
        Conversation conversation = of(id);
        throttle.take(place(id));
        check(activity);
        if (!replyTo.isEmpty() && conversation.kind() != Conversation.Kind.CHANNEL) {
            // Talks have no threads: a reply is a message.
            replyTo = "";
        }
        String own = nextId();
        String thread = id.contains(";messageid=") || conversation.kind() != Conversation.Kind.CHANNEL
                ? id
                : conversation.id() + ";messageid=" + (replyTo.isEmpty() ? own : replyTo);
        conversation.put(new Posted(own, thread, activity, List.of(), false));
        return own;
    }

    void change(String id, String activity, JsonNode content) {
        Conversation conversation = of(id);
        throttle.take(place(id));
        check(content);
        conversation.changed(activity, content);
    }

    void delete(String id, String activity) {
        Conversation conversation = of(id);
        throttle.take(place(id));
        conversation.deleted(activity);
    }

    ArrayNode members(String id) {
        ArrayNode members = Wire.array();
        of(id).members().forEach(member -> members.add(member.json()));
        return members;
    }

    ObjectNode member(String id, String member) {
        return of(id).members().stream()
                .filter(one -> one.id().equals(member) || one.objectId().equals(member))
                .map(Conversation.Member::json)
                .findFirst()
                .orElseThrow(() -> new Refusal(404, "MemberNotFoundInConversation", "Member not found."));
    }

    /** @throws Refusal when Teams would not take it */
    static void check(JsonNode activity) {
        if (!activity.isObject()) {
            throw new Refusal(400, "BadSyntax", "The activity is not JSON.");
        }
        if (activity.toString().length() * 2L > MOST_BYTES) {
            throw new Refusal(413, "MessageSizeTooBig", "Message size too large.");
        }
        String type = activity.path("type").asText("message");
        if (type.equals("typing")) {
            return;
        }
        if (!type.equals("message")) {
            throw new Refusal(400, "BadArgument", "A bot cannot send activities of type " + type + ".");
        }
        JsonNode attachments = activity.path("attachments");
        if (activity.path("text").asText("").isEmpty() && attachments.isEmpty()) {
            throw new Refusal(400, "BadArgument", "The message has neither text nor attachments.");
        }
        for (JsonNode attachment : attachments) {
            if (attachment.path("contentType").asText().equals(CARD)) {
                CardRules.check(attachment.path("content"));
            }
        }
        for (JsonNode entity : activity.path("entities")) {
            mention(activity, entity);
        }
    }

    /** A mention's words must stand in the text or in the card. */
    private static void mention(JsonNode activity, JsonNode entity) {
        if (entity.path("type").asText().equals("mention")
                && !activity.path("text")
                        .asText("")
                        .contains(entity.path("text").asText())) {
            throw new Refusal(400, "BadArgument", "The mention's text is not in the message.");
        }
    }
}
