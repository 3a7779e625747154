package io.opsconductor.counterpart.slack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** A modal or an App Home, as one person has it before them. */
public final class OpenView {
    private final String id;
    private final Installation installation;
    private final Person person;
    private final Optional<OpenView> previous;
    private final List<ObjectNode> versions = new CopyOnWriteArrayList<>();
    private volatile ObjectNode state = Json.object("values", Json.object());
    private volatile String hash;
    private volatile boolean open = true;
    private volatile Map<String, String> errors = Map.of();

    /** @param content as the app gave it, with block and action ids filled in */
    OpenView(String id, Installation installation, Person person, Optional<OpenView> previous, ObjectNode content) {
        this.id = id;
        this.installation = installation;
        this.person = person;
        this.previous = previous;
        this.hash = newHash();
        this.versions.add(content);
    }

    private static String newHash() {
        return System.currentTimeMillis() / 1000 + "." + World.secret(4);
    }

    public String id() {
        return id;
    }

    public Installation installation() {
        return installation;
    }

    public Person person() {
        return person;
    }

    /** The modal under this one. */
    public Optional<OpenView> previous() {
        return previous;
    }

    OpenView root() {
        return previous.map(OpenView::root).orElse(this);
    }

    int depth() {
        return 1 + previous.map(OpenView::depth).orElse(0);
    }

    ObjectNode content() {
        return versions.get(versions.size() - 1).deepCopy();
    }

    /** {@code modal} or {@code home}. */
    public String type() {
        return content().path("type").asText();
    }

    public String title() {
        return content().path("title").path("text").asText();
    }

    public String callbackId() {
        return content().path("callback_id").asText();
    }

    public String privateMetadata() {
        return content().path("private_metadata").asText();
    }

    public JsonNode blocks() {
        return content().path("blocks");
    }

    public String allText() {
        return Shown.allText(content());
    }

    public List<String> actionIds() {
        return Json.textsNamed(blocks(), "action_id");
    }

    /** Every version that the app gave it. */
    public List<JsonNode> versions() {
        return List.copyOf(versions);
    }

    /** The messages that the app put beside inputs at the last submission, by block id. */
    public Map<String, String> errors() {
        return errors;
    }

    /** Whether it is still before the person. */
    public boolean open() {
        return open;
    }

    String hash() {
        return hash;
    }

    ObjectNode state() {
        return state;
    }

    void state(ObjectNode values) {
        state = Json.object("values", values);
    }

    void showErrors(Map<String, String> messages) {
        errors = Map.copyOf(messages);
    }

    void update(ObjectNode content) {
        versions.add(content);
        errors = Map.of();
        hash = newHash();
    }

    void shut() {
        open = false;
    }

    /** As the Web API and the payloads give it. */
    ObjectNode json() {
        ObjectNode content = content();
        ObjectNode json = Json.object(
                "id", id,
                "team_id", person.workspace().id(),
                "type", content.path("type"),
                "blocks", content.path("blocks"),
                "private_metadata", content.path("private_metadata").asText(),
                "callback_id", content.path("callback_id").asText(),
                "state", state,
                "hash", hash);
        json.set("title", content.has("title") ? content.get("title") : Json.object());
        json.set("close", content.path("close").isMissingNode() ? null : content.get("close"));
        json.set("submit", content.path("submit").isMissingNode() ? null : content.get("submit"));
        json.put("clear_on_close", content.path("clear_on_close").asBoolean())
                .put("notify_on_close", content.path("notify_on_close").asBoolean())
                .put("submit_disabled", content.path("submit_disabled").asBoolean());
        json.set("previous_view_id", null);
        previous.ifPresent(view -> json.put("previous_view_id", view.id()));
        json.put("root_view_id", root().id())
                .put("app_id", installation.app().id())
                .put("external_id", content.path("external_id").asText())
                .put("app_installed_team_id", installation.workspace().id())
                .put("bot_id", installation.botId());
        return json;
    }

    String dump() {
        return type() + " " + id + " \"" + title() + "\" of " + person.name() + (open ? "" : " [closed]") + ": "
                + allText() + "  actions " + actionIds() + (errors.isEmpty() ? "" : "  errors " + errors);
    }

    @Override
    public String toString() {
        return dump();
    }
}
