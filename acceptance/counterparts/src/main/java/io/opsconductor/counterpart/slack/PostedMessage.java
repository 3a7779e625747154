package io.opsconductor.counterpart.slack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** A message in a channel, with every version that it ever had. */
public final class PostedMessage {
    private final Channel channel;
    private final String ts;
    private final Person author;
    private final List<ObjectNode> versions = new CopyOnWriteArrayList<>();
    private final List<String> reactions = new CopyOnWriteArrayList<>();
    private volatile Optional<JsonNode> metadata = Optional.empty();
    private volatile boolean deleted;

    /** @param body as {@code conversations.history} gives it; not changed afterwards */
    PostedMessage(Channel channel, String ts, Person author, ObjectNode body) {
        this.channel = channel;
        this.ts = ts;
        this.author = author;
        this.versions.add(body);
    }

    public Channel channel() {
        return channel;
    }

    public String ts() {
        return ts;
    }

    public Person author() {
        return author;
    }

    /** As it stands now; a copy. */
    public ObjectNode body() {
        return current().deepCopy();
    }

    private ObjectNode current() {
        return versions.get(versions.size() - 1);
    }

    /** Every version, the first one first. */
    public List<JsonNode> versions() {
        return List.copyOf(versions);
    }

    public String text() {
        return current().path("text").asText();
    }

    public JsonNode blocks() {
        return body().path("blocks");
    }

    public boolean deleted() {
        return deleted;
    }

    /** The ts of the thread it stands in, when it is an answer or has answers. */
    public Optional<String> threadTs() {
        return Optional.of(current().path("thread_ts").asText()).filter(thread -> !thread.isEmpty());
    }

    /** The ts of the message that starts its thread: its own when it is in none. */
    public String rootTs() {
        return threadTs().orElse(ts);
    }

    public boolean isReply() {
        return !rootTs().equals(ts);
    }

    /** The metadata: {@code event_type} and {@code event_payload}. */
    public Optional<JsonNode> metadata() {
        return metadata;
    }

    public List<String> reactions() {
        return List.copyOf(reactions);
    }

    /** Everything that can be read in it: the blocks' texts when it has blocks, otherwise its text and attachments. */
    public String allText() {
        return Shown.allText(current());
    }

    /** The action ids of its buttons, selects and other elements. */
    public List<String> actionIds() {
        return Json.textsNamed(current().path("blocks"), "action_id");
    }

    /** The ids of the files that were shared with it. */
    public List<String> fileIds() {
        List<String> ids = new ArrayList<>();
        body().path("files").forEach(file -> ids.add(file.path("id").asText()));
        return ids;
    }

    void update(ObjectNode newBody) {
        versions.add(newBody);
    }

    void metadata(Optional<JsonNode> newMetadata) {
        metadata = newMetadata;
    }

    void delete() {
        deleted = true;
    }

    void react(String emoji) {
        reactions.add(emoji);
    }

    void unreact(String emoji) {
        reactions.remove(emoji);
    }

    /** As the history methods give it: with the count of answers, and with metadata where it was asked for. */
    ObjectNode json(boolean withMetadata) {
        ObjectNode json = body();
        List<PostedMessage> replies = channel.repliesTo(this);
        if (!replies.isEmpty()) {
            json.put("thread_ts", ts).put("reply_count", replies.size());
            List<String> people = replies.stream()
                    .map(reply -> reply.author().id())
                    .distinct()
                    .toList();
            json.put("reply_users_count", people.size());
            json.put("latest_reply", replies.get(replies.size() - 1).ts());
            json.set("reply_users", Json.array(people));
            json.put("is_locked", false).put("subscribed", false);
        }
        if (!reactions.isEmpty()) {
            json.set(
                    "reactions",
                    Json.array(reactions.stream()
                            .distinct()
                            .map(name -> Json.object("name", name, "count", 1))
                            .toList()));
        }
        if (withMetadata) {
            metadata.ifPresent(data -> json.set("metadata", data));
        }
        return json;
    }

    String dump() {
        return (isReply() ? "    " : "") + ts + " " + author.name() + ": "
                + allText().replace("\n", "\n        ")
                + (actionIds().isEmpty() ? "" : "  actions " + actionIds())
                + (versions.size() > 1 ? "  [version " + versions.size() + "]" : "")
                + (deleted ? "  [deleted]" : "");
    }

    @Override
    public String toString() {
        return dump();
    }
}
