package io.opsconductor.counterpart.slack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** A message that only one person sees; it cannot be fetched or updated by the Web API, only by a response URL. */
public final class Ephemeral {
    private final Channel channel;
    private final Person person;
    private final Installation from;
    private final String ts;
    private volatile ObjectNode body;
    private volatile boolean deleted;

    Ephemeral(Channel channel, Person person, Installation from, String ts, ObjectNode body) {
        this.channel = channel;
        this.person = person;
        this.from = from;
        this.ts = ts;
        this.body = body;
    }

    public Channel channel() {
        return channel;
    }

    /** Who sees it. */
    public Person person() {
        return person;
    }

    Installation from() {
        return from;
    }

    public String ts() {
        return ts;
    }

    public ObjectNode body() {
        return body.deepCopy();
    }

    public String text() {
        return body.path("text").asText();
    }

    public JsonNode blocks() {
        return body().path("blocks");
    }

    /** The ts of the thread that it is shown in, or empty. */
    public String threadTs() {
        return body.path("thread_ts").asText();
    }

    public String allText() {
        return Shown.allText(body);
    }

    public List<String> actionIds() {
        return Json.textsNamed(blocks(), "action_id");
    }

    public boolean deleted() {
        return deleted;
    }

    void replace(ObjectNode newBody) {
        body = newBody;
    }

    void delete() {
        deleted = true;
    }

    String dump() {
        return ts + " only " + person.name() + " sees: " + allText()
                + (actionIds().isEmpty() ? "" : "  actions " + actionIds()) + (deleted ? "  [deleted]" : "");
    }

    @Override
    public String toString() {
        return dump();
    }
}
