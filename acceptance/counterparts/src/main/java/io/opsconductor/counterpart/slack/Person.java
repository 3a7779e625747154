package io.opsconductor.counterpart.slack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Somebody of a workspace, a bot included. What a person does is a method here: {@code alice.says(channel, "hello")}. */
public final class Person {
    private final World world;
    private final Acts acts;
    private final Workspace workspace;
    private final String id;
    private final String name;
    private final String botId;
    private volatile String email;
    private volatile String timeZone = "Etc/UTC";
    private volatile String locale = "en-US";
    private volatile boolean admin;
    private volatile boolean guest;
    private volatile boolean singleChannelGuest;
    private volatile boolean deactivated;

    /** @param botId the bot's own id ({@code B…}), or empty for a human */
    Person(World world, Acts acts, Workspace workspace, String name, String botId) {
        this.world = world;
        this.acts = acts;
        this.workspace = workspace;
        this.id = world.nextId("U");
        this.name = name;
        this.botId = botId;
        this.email = name + "@" + workspace.domain() + ".example";
        world.add(this);
    }

    public String id() {
        return id;
    }

    public String name() {
        return name;
    }

    public Workspace workspace() {
        return workspace;
    }

    public boolean isBot() {
        return !botId.isEmpty();
    }

    String botId() {
        return botId;
    }

    /** How somebody else writes this person's name in a message: {@code <@U…>}. */
    public String mention() {
        return "<@" + id + ">";
    }

    public String email() {
        return email;
    }

    public Person withEmail(String address) {
        email = address;
        return this;
    }

    public Person withTimeZone(String zone) {
        timeZone = zone;
        return this;
    }

    public Person withLocale(String tag) {
        locale = tag;
        return this;
    }

    public Person asAdmin() {
        admin = true;
        return this;
    }

    /** A multi-channel guest: {@code is_restricted}. */
    public Person asGuest() {
        guest = true;
        return this;
    }

    /** A single-channel guest: {@code is_restricted} and {@code is_ultra_restricted}. */
    public Person asSingleChannelGuest() {
        guest = true;
        singleChannelGuest = true;
        return this;
    }

    /** No longer in the workspace: {@code deleted}. */
    public Person deactivate() {
        deactivated = true;
        acts.events().personChanged(this);
        return this;
    }

    public boolean deactivated() {
        return deactivated;
    }

    /** Says something in a channel, a direct or a group conversation. */
    public PostedMessage says(Channel channel, String text) {
        return acts.talking().say(this, channel, text, "", List.of());
    }

    /** Answers in the thread of the message with that ts. */
    public PostedMessage repliesTo(PostedMessage message, String text) {
        return acts.talking().say(this, message.channel(), text, message.rootTs(), List.of());
    }

    public PostedMessage saysInThread(Channel channel, String threadTs, String text) {
        return acts.talking().say(this, channel, text, threadTs, List.of());
    }

    /** Says something to the bot in their direct conversation. */
    public PostedMessage saysTo(Installation installation, String text) {
        return says(workspace.direct(this, installation.bot()), text);
    }

    /** Uploads a file into the channel, with words beside it. */
    public PostedMessage shares(Channel channel, String text, String fileName, byte[] content) {
        return acts.talking().share(this, channel, text, fileName, content);
    }

    /** Changes an own message: {@code message_changed} is what apps get. */
    public void edits(PostedMessage message, String newText) {
        acts.talking().edit(this, message, newText);
    }

    /** Deletes an own message: {@code message_deleted} is what apps get. */
    public void deletes(PostedMessage message) {
        acts.talking().delete(message);
    }

    /** Types a slash command; waits for the app's acknowledgement or for Slack's three seconds. */
    public Answer runs(SlackApp app, Channel channel, String command, String text) {
        return acts.interactions().slashCommand(this, app, channel, command, text);
    }

    /** Presses the button with this action id on a message; waits for the acknowledgement. */
    public Answer presses(PostedMessage message, String actionId) {
        return acts.interactions().press(this, message, actionId);
    }

    /**
     * Presses a button that the person still sees although the message has changed since.
     *
     * @param version 0 for the message as it was first posted
     */
    public Answer pressesAsSeen(PostedMessage message, int version, String actionId) {
        return acts.interactions().pressAsSeen(this, message, version, actionId);
    }

    /** Presses the button with this action id on a message only this person sees. */
    public Answer presses(Ephemeral message, String actionId) {
        return acts.interactions().press(this, message, actionId);
    }

    /** Presses the button with this action id in a modal or on the App Home. */
    public Answer presses(OpenView view, String actionId) {
        return acts.interactions().press(this, view, actionId);
    }

    /** Chooses the option with this value in the select with this action id. */
    public Answer chooses(PostedMessage message, String actionId, String value) {
        return acts.interactions().choose(this, message, actionId, value);
    }

    /** Chooses the option with this value in a select of a modal or of the App Home. */
    public Answer chooses(OpenView view, String actionId, String value) {
        return acts.interactions().choose(this, view, actionId, value);
    }

    /** Chooses a shortcut in the menu of a message. */
    public Answer usesMessageShortcut(SlackApp app, PostedMessage message, String callbackId) {
        return acts.interactions().messageShortcut(this, app, message, callbackId);
    }

    /** Chooses a shortcut in the search bar. */
    public Answer usesGlobalShortcut(SlackApp app, String callbackId) {
        return acts.interactions().globalShortcut(this, app, callbackId);
    }

    /**
     * Fills and submits a modal.
     *
     * @param values by action id: what was typed, or the value of the chosen option
     */
    public Answer submits(OpenView view, Map<String, String> values) {
        return acts.modals().submit(this, view, values);
    }

    /** Closes a modal by its cross or its close button. */
    public Answer closes(OpenView view) {
        return acts.modals().close(this, view, false);
    }

    public Answer closesAll(OpenView view) {
        return acts.modals().close(this, view, true);
    }

    /** Opens the app's home tab. */
    public void opensHome(Installation installation) {
        acts.modals().openHome(this, installation);
    }

    /** Opens the messages tab of the app's home. */
    public void opensMessagesTab(Installation installation) {
        acts.modals().openTab(this, installation, "messages");
    }

    /** Opens the app's assistant pane beside a channel; a new thread starts in the direct conversation. */
    public AssistantThread opensAssistant(Installation installation, Channel beside) {
        return acts.assistant().open(this, installation, Optional.of(beside));
    }

    public AssistantThread opensAssistant(Installation installation) {
        return acts.assistant().open(this, installation, Optional.empty());
    }

    /** Moves to another channel while the assistant pane stays open. */
    public void moves(AssistantThread thread, Channel beside) {
        acts.assistant().move(this, thread, beside);
    }

    /** Invites somebody, perhaps the bot, into a channel. */
    public void invites(Channel channel, Person invited) {
        acts.events().joined(channel, invited, Optional.of(this));
    }

    public void removes(Channel channel, Person removed) {
        acts.events().left(channel, removed);
    }

    public void renames(Channel channel, String newName) {
        acts.events().renamed(channel, newName, this);
    }

    public void archives(Channel channel) {
        acts.events().archived(channel, this);
    }

    public void deletes(Channel channel) {
        acts.events().deleted(channel, this);
    }

    /** Adds a reaction: {@code reaction_added} is what apps get. */
    public void reacts(PostedMessage message, String emoji) {
        acts.events().reacted(message, this, emoji);
    }

    /** The modal that is on top for this person now. */
    public Optional<OpenView> modal() {
        return acts.views().top(this);
    }

    Optional<OpenView> view(String viewId, Installation installation) {
        return acts.views().find(viewId, "", installation).filter(view -> view.person() == this);
    }

    /** Waits for a modal or home of which the text or title contains the words. */
    public OpenView awaitView(String words) {
        return acts.views()
                .await(
                        this,
                        "view with \"" + words + "\"",
                        view -> view.title().contains(words) || view.allText().contains(words));
    }

    /** The App Home that the app has published for this person. */
    public Optional<OpenView> home(Installation installation) {
        return acts.views().home(this, installation);
    }

    /** What {@code users.info} tells an app of the given workspace. */
    ObjectNode json(Workspace viewer, boolean withEmail) {
        boolean stranger = viewer != workspace;
        ObjectNode profile = Json.object(
                "real_name",
                name,
                "real_name_normalized",
                name,
                "display_name",
                name,
                "display_name_normalized",
                name,
                "first_name",
                name,
                "status_text",
                "",
                "status_emoji",
                "",
                "avatar_hash",
                "g" + id.toLowerCase(java.util.Locale.ROOT),
                "image_72",
                "https://secure.gravatar.example/" + id,
                "team",
                workspace.id());
        if (withEmail && !isBot()) {
            profile.put("email", email);
        }
        ObjectNode user = Json.object("id", id, "team_id", workspace.id(), "name", name, "deleted", deactivated);
        if (isBot()) {
            profile.put("api_app_id", acts.events().appOf(botId)).put("bot_id", botId);
        }
        if (!deactivated) {
            user.put("real_name", name)
                    .put("tz", timeZone)
                    .put("tz_label", timeZone)
                    .put("tz_offset", 0);
            user.put("color", "9f69e7");
        }
        user.set("profile", profile);
        user.put("is_bot", isBot()).put("is_app_user", false).put("updated", world.seconds());
        if (stranger) {
            user.put("is_stranger", true);
        } else {
            user.put("is_admin", admin).put("is_owner", false).put("is_primary_owner", false);
        }
        user.put("is_restricted", guest).put("is_ultra_restricted", singleChannelGuest);
        return user;
    }

    String locale() {
        return locale;
    }

    String timeZone() {
        return timeZone;
    }

    /** As payloads of interactions name the person. */
    ObjectNode brief() {
        return Json.object("id", id, "username", name, "name", name, "team_id", workspace.id());
    }

    JsonNode profileOfStranger() {
        return Json.object(
                "avatar_hash", "g" + id,
                "image_72", "https://secure.gravatar.example/" + id,
                "first_name", name,
                "real_name", name,
                "display_name", name,
                "team", workspace.id(),
                "name", name,
                "is_restricted", guest,
                "is_ultra_restricted", singleChannelGuest);
    }

    @Override
    public String toString() {
        return name + " (" + id + ")";
    }
}
