package io.opsconductor.counterpart.slack;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/** A conversation of any kind, and what people see in it. */
public final class Channel {
    /** The kinds of conversation, with the names that Slack has for them. */
    public enum Kind {
        PUBLIC("channels", "channel"),
        PRIVATE("groups", "group"),
        DIRECT("im", "im"),
        GROUP("mpim", "mpim");

        private final String scopeName;
        private final String channelType;

        Kind(String scopeName, String channelType) {
            this.scopeName = scopeName;
            this.channelType = channelType;
        }

        /** As in {@code channels:history} and {@code message.channels}. */
        String scopeName() {
            return scopeName;
        }

        /** As in the field {@code channel_type} of an event. */
        String channelType() {
            return channelType;
        }
    }

    private final World world;
    private final Workspace home;
    private final Kind kind;
    private final String id;
    private final Set<Person> members = new LinkedHashSet<>();
    private final Set<Workspace> sharedWith = new LinkedHashSet<>();
    private final TreeMap<String, PostedMessage> messages = new TreeMap<>();
    private final Set<String> threads = new HashSet<>();
    private final List<Ephemeral> ephemerals = new ArrayList<>();
    private final long created;
    private volatile String name;
    private volatile boolean archived;
    private volatile boolean deleted;

    Channel(World world, Workspace home, Kind kind, String name, List<Person> members) {
        this.world = world;
        this.home = home;
        this.kind = kind;
        this.name = name;
        this.created = world.seconds();
        this.id = world.nextId(
                switch (kind) {
                    case PUBLIC, PRIVATE, GROUP -> "C";
                    case DIRECT -> "D";
                });
        this.members.addAll(members);
        world.add(this);
    }

    static String directName(Kind kind, List<Person> members) {
        return kind == Kind.DIRECT
                ? ""
                : "mpdm-" + String.join("--", members.stream().map(Person::name).toList()) + "-1";
    }

    public String id() {
        return id;
    }

    public String name() {
        return name;
    }

    public Kind kind() {
        return kind;
    }

    public Workspace workspace() {
        return home;
    }

    public List<Person> members() {
        return world.get(() -> List.copyOf(members));
    }

    public boolean has(Person person) {
        return world.get(() -> members.contains(person));
    }

    boolean membersAre(List<Person> people) {
        return world.get(() -> members.equals(new LinkedHashSet<>(people)));
    }

    /** Makes it a Slack Connect channel, which people of the other workspace can be in as well. */
    public Channel shareWith(Workspace other) {
        world.run(() -> sharedWith.add(other));
        return this;
    }

    public boolean shared() {
        return world.get(() -> !sharedWith.isEmpty());
    }

    boolean isIn(Workspace workspace) {
        return world.get(() -> home == workspace || sharedWith.contains(workspace));
    }

    /** Puts somebody in without any event; see {@link Person#invites} for the way that apps notice. */
    public Channel withMember(Person person) {
        world.run(() -> members.add(person));
        return this;
    }

    void add(Person person) {
        world.run(() -> members.add(person));
    }

    void remove(Person person) {
        world.run(() -> members.remove(person));
    }

    void rename(String newName) {
        name = newName;
    }

    void archive() {
        archived = true;
    }

    void delete() {
        deleted = true;
    }

    boolean archived() {
        return archived;
    }

    boolean deleted() {
        return deleted;
    }

    void add(PostedMessage message) {
        world.run(() -> {
            messages.put(message.ts(), message);
            if (message.isReply()) {
                threads.add(message.rootTs());
            }
        });
    }

    void add(Ephemeral message) {
        world.run(() -> ephemerals.add(message));
    }

    /** Everything that stands in the channel and its threads now, oldest first. */
    public List<PostedMessage> messages() {
        return world.get(() ->
                messages.values().stream().filter(message -> !message.deleted()).toList());
    }

    /** Everything that ever stood here, deleted messages included. */
    public List<PostedMessage> allMessages() {
        return world.get(() -> List.copyOf(messages.values()));
    }

    /** The message that starts the thread and the answers to it. */
    public List<PostedMessage> thread(String threadTs) {
        return messages().stream()
                .filter(message -> message.rootTs().equals(threadTs))
                .toList();
    }

    List<PostedMessage> repliesTo(PostedMessage root) {
        boolean any = world.get(() -> threads.contains(root.ts()));
        return any
                ? thread(root.ts()).stream().filter(message -> message != root).toList()
                : List.of();
    }

    public Optional<PostedMessage> message(String ts) {
        return world.get(() -> Optional.ofNullable(messages.get(ts)).filter(message -> !message.deleted()));
    }

    /** What only this person sees here, in the order in which it came. */
    public List<Ephemeral> ephemeralsOf(Person person) {
        return world.get(() -> ephemerals.stream()
                .filter(message -> message.person() == person && !message.deleted())
                .toList());
    }

    Optional<Ephemeral> ephemeral(String ts) {
        return world.get(() -> ephemerals.stream()
                .filter(message -> message.ts().equals(ts) && !message.deleted())
                .findFirst());
    }

    /** Waits for a message in the channel or in one of its threads. */
    public PostedMessage awaitMessage(Predicate<PostedMessage> wanted) {
        return awaitMessage("message as wanted", world.patience(), wanted);
    }

    /** Waits for a message. */
    public PostedMessage awaitMessage(String expected, Predicate<PostedMessage> wanted) {
        return awaitMessage(expected, world.patience(), wanted);
    }

    /**
     * Waits for a message.
     *
     * @throws AssertionError after the deadline, with all that stands in the channel
     */
    public PostedMessage awaitMessage(String expected, Duration deadline, Predicate<PostedMessage> wanted) {
        return world.await(
                expected + " in " + this,
                deadline,
                () -> messages().stream().filter(wanted).findFirst(),
                this::dump);
    }

    /** Waits for a message of which some text, blocks included, contains the words. */
    public PostedMessage awaitText(String words) {
        return awaitMessage(
                "message with \"" + words + "\"",
                world.patience(),
                message -> message.allText().contains(words));
    }

    /** Waits for an answer of which some text contains the words, in the thread of a message. */
    public PostedMessage awaitReply(PostedMessage to, String words) {
        return awaitMessage(
                "answer with \"" + words + "\" in the thread " + to.rootTs(),
                world.patience(),
                message -> message != to
                        && message.rootTs().equals(to.rootTs())
                        && message.allText().contains(words));
    }

    /** Waits for something that only this person sees and that contains the words. */
    public Ephemeral awaitEphemeral(Person person, String words) {
        return world.await(
                "message with \"" + words + "\" for " + person + " alone in " + this,
                world.patience(),
                () -> ephemeralsOf(person).stream()
                        .filter(message -> message.allText().contains(words))
                        .findFirst(),
                this::dump);
    }

    /** All that people see here, for a failing test's reader. */
    public String dump() {
        return world.get(() -> {
            StringBuilder text = new StringBuilder(
                    this + " with " + members.stream().map(Person::name).toList() + ":\n");
            messages.values().forEach(message -> text.append(message.dump()).append('\n'));
            ephemerals.forEach(message -> text.append(message.dump()).append('\n'));
            return text.toString();
        });
    }

    ObjectNode json(Workspace viewer, Person caller) {
        ObjectNode channel = Json.object(
                "id",
                id,
                "created",
                created,
                "is_archived",
                archived,
                "is_im",
                kind == Kind.DIRECT,
                "is_org_shared",
                false,
                "context_team_id",
                viewer.id(),
                "updated",
                created * 1000);
        if (kind == Kind.DIRECT) {
            channel.put(
                    "user",
                    members().stream()
                            .filter(member -> member != caller)
                            .findFirst()
                            .orElse(caller)
                            .id());
            channel.put("is_user_deleted", false).put("is_open", true).put("priority", 0);
            return channel;
        }
        channel.put("name", name)
                .put("name_normalized", name)
                .put("is_channel", kind == Kind.PUBLIC)
                .put("is_group", kind == Kind.PRIVATE)
                .put("is_mpim", kind == Kind.GROUP)
                .put("is_private", kind != Kind.PUBLIC)
                .put("is_general", name.equals("general"))
                .put("is_member", has(caller))
                .put("is_shared", shared())
                .put("is_ext_shared", shared())
                .put("is_pending_ext_shared", false)
                .put("unlinked", 0)
                .put(
                        "creator",
                        members().isEmpty() ? "USLACK" : members().get(0).id());
        channel.set("shared_team_ids", Json.array(world.get(() -> {
            List<String> teams = new ArrayList<>(List.of(home.id()));
            sharedWith.forEach(workspace -> teams.add(workspace.id()));
            return teams;
        })));
        channel.set("topic", Json.object("value", "", "creator", "", "last_set", 0));
        channel.set("purpose", Json.object("value", "", "creator", "", "last_set", 0));
        return channel;
    }

    /** As payloads of interactions name it. */
    ObjectNode brief() {
        return Json.object("id", id, "name", briefName());
    }

    String briefName() {
        return switch (kind) {
            case PUBLIC -> name;
            case PRIVATE -> "privategroup";
            case DIRECT -> "directmessage";
            case GROUP -> name;
        };
    }

    @Override
    public String toString() {
        return (kind == Kind.DIRECT ? "direct messages" : "#" + name) + " (" + id + ")";
    }
}
