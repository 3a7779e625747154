package io.opsconductor.counterpart.teams;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;

/** Somebody who uses the bot in Teams. What that person does is brought to the bot's endpoint, signed. */
public final class TeamsPerson {
    /** The name by which the bot is mentioned. */
    public static final String BOT = "OpsConductor";

    private static final HttpClient CLIENT = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    private final TeamsCounterpart teams;
    private final URI endpoint;
    private final Conversation.Member self;

    /**
     * A person.
     *
     * @param endpoint of the bot
     */
    public TeamsPerson(TeamsCounterpart teams, URI endpoint, Conversation.Member self) {
        this.teams = teams;
        this.endpoint = endpoint;
        this.self = self;
    }

    public Conversation.Member self() {
        return self;
    }

    /** What the bot answered. */
    public record Answer(int status, JsonNode body) {}

    /** Comes into a conversation. */
    public TeamsPerson joins(Conversation conversation) {
        conversation.join(self);
        return this;
    }

    /** The person's own talk with the bot. */
    public Conversation talk() {
        Conversation talk = teams.conversation("a:1" + self.objectId(), Conversation.Kind.PERSONAL, self.tenant());
        talk.join(self);
        return talk;
    }

    /** Says something in the own talk. */
    public Answer says(String text) {
        return deliver(message(talk(), talk().id(), text));
    }

    /** Mentions the bot in a channel or group, in a thread of its own. */
    public Answer mentions(Conversation conversation, String text) {
        ObjectNode message = mentioning(conversation, text);
        return deliver(message);
    }

    /** A mention that was not brought yet; the thread that it begins is its conversation. */
    public ObjectNode mentioning(Conversation conversation, String text) {
        ObjectNode message = message(conversation, conversation.id(), "<at>" + BOT + "</at> " + text);
        if (conversation.kind() == Conversation.Kind.CHANNEL) {
            ((ObjectNode) message.path("conversation"))
                    .put(
                            "id",
                            conversation.id() + ";messageid="
                                    + message.path("id").asText());
        }
        ObjectNode mention = message.withArray("entities").addObject().put("type", "mention");
        mention.put("text", "<at>" + BOT + "</at>");
        mention.putObject("mentioned")
                .put("id", "28:" + teams.registration().application())
                .put("name", BOT);
        return message;
    }

    /** A message that was not brought yet. */
    public ObjectNode message(Conversation conversation, String id, String text) {
        return activity("message", conversation, id).put("text", text).put("textFormat", "plain");
    }

    /** Presses an {@code Action.Execute} of a card. */
    public Answer executes(Conversation conversation, Posted card, JsonNode action) {
        return deliver(executing(conversation, card, action, "manual"));
    }

    /** Looks at a card that is refreshed for this person. */
    public Answer looksAt(Conversation conversation, Posted card) {
        return deliver(executing(conversation, card, card.card().path("refresh").path("action"), "automatic"));
    }

    /** An {@code Action.Execute} that was not brought yet. */
    public ObjectNode executing(Conversation conversation, Posted card, JsonNode action, String trigger) {
        ObjectNode invoke = activity("invoke", conversation, card.conversation())
                .put("name", "adaptiveCard/action")
                .put("replyToId", card.id());
        ObjectNode value = invoke.putObject("value").put("trigger", trigger);
        ObjectNode pressed = value.putObject("action").put("type", "Action.Execute");
        pressed.put("id", action.path("id").asText(""));
        pressed.put("verb", action.path("verb").asText(""));
        pressed.set("data", action.path("data").isMissingNode() ? Wire.object() : action.path("data"));
        return invoke;
    }

    /** Presses an {@code Action.Submit} of a card, from a client that has no {@code Action.Execute}. */
    public Answer submits(Conversation conversation, Posted card, JsonNode data) {
        ObjectNode message =
                activity("message", conversation, card.conversation()).put("replyToId", card.id());
        message.set("value", data);
        return deliver(message);
    }

    /** Presses what opens a form, or sends the form. */
    public Answer task(String name, Conversation conversation, Posted card, JsonNode data) {
        ObjectNode invoke = activity("invoke", conversation, card.conversation())
                .put("name", name)
                .put("replyToId", card.id());
        ObjectNode value = invoke.putObject("value");
        value.set("data", data);
        value.putObject("context").put("theme", "default");
        return deliver(invoke);
    }

    /** Answers the question whether a file may be stored. */
    public Answer consents(Conversation conversation, Posted question, boolean accepts, String uploadUrl) {
        ObjectNode invoke = activity("invoke", conversation, question.conversation())
                .put("name", "fileConsent/invoke")
                .put("replyToId", question.id());
        ObjectNode value = invoke.putObject("value").put("type", "fileUpload");
        value.put("action", accepts ? "accept" : "decline");
        value.set("context", question.card().path(accepts ? "acceptContext" : "declineContext"));
        if (accepts) {
            value.putObject("uploadInfo")
                    .put("contentUrl", uploadUrl)
                    .put("name", "output.txt")
                    .put("uploadUrl", uploadUrl)
                    .put("uniqueId", "file-1")
                    .put("fileType", "txt");
        }
        return deliver(invoke);
    }

    /** Any activity of this person, with what all have. */
    public ObjectNode activity(String type, Conversation conversation, String id) {
        ObjectNode activity = Wire.object()
                .put("type", type)
                .put("id", teams.nextId())
                .put("timestamp", Instant.now().toString())
                .put("channelId", "msteams")
                .put("serviceUrl", teams.serviceUrl())
                .put("locale", "en-US");
        activity.putObject("from").put("id", self.id()).put("name", self.name()).put("aadObjectId", self.objectId());
        activity.putObject("recipient")
                .put("id", "28:" + teams.registration().application())
                .put("name", BOT);
        activity.putObject("conversation")
                .put("id", id)
                .put("conversationType", conversation.kind().word())
                .put("isGroup", conversation.kind() != Conversation.Kind.PERSONAL)
                .put("tenantId", conversation.tenant());
        ObjectNode data = activity.putObject("channelData");
        data.putObject("tenant").put("id", conversation.tenant());
        if (conversation.kind() == Conversation.Kind.CHANNEL) {
            data.putObject("channel").put("id", conversation.id());
            data.putObject("team").put("id", "19:team@thread.tacv2");
        }
        return activity;
    }

    /** Brings an activity with a good token. */
    public Answer deliver(JsonNode activity) {
        return deliver(activity, "Bearer " + teams.token().signed());
    }

    /** @param authorization the header; empty for none */
    public Answer deliver(JsonNode activity, String authorization) {
        return deliver(activity.toString(), authorization);
    }

    /** Brings a body as it is. */
    public Answer deliver(String body, String authorization) {
        HttpRequest.Builder request = HttpRequest.newBuilder(endpoint)
                .timeout(Duration.ofSeconds(30))
                .header("Content-Type", "application/json; charset=utf-8")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        if (!authorization.isEmpty()) {
            request.header("Authorization", authorization);
        }
        try {
            HttpResponse<String> response = CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new Answer(response.statusCode(), Wire.tree(response.body()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the bot was called", e);
        }
    }
}
