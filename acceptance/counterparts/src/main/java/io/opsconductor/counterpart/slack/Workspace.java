package io.opsconductor.counterpart.slack;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A workspace (a "team" on the wire): its people, its channels, and the apps installed in it. */
public final class Workspace {
    private final World world;
    private final Acts acts;
    private final String id;
    private final String name;

    Workspace(World world, Acts acts, String name) {
        this.world = world;
        this.acts = acts;
        this.id = world.nextId("T");
        this.name = name;
        world.add(this);
    }

    public String id() {
        return id;
    }

    public String name() {
        return name;
    }

    public String domain() {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    }

    /** The person of that name; made when there is none yet. */
    public Person person(String personName) {
        return world.get(() -> people().stream()
                .filter(person -> person.name().equals(personName))
                .findFirst()
                .orElseGet(() -> new Person(world, acts, this, personName, "")));
    }

    public List<Person> people() {
        return world.people().stream()
                .filter(person -> person.workspace() == this)
                .toList();
    }

    /** A new public channel with these members. */
    public Channel channel(String channelName, Person... members) {
        return new Channel(world, this, Channel.Kind.PUBLIC, channelName, List.of(members));
    }

    /** A new private channel with these members. */
    public Channel privateChannel(String channelName, Person... members) {
        return new Channel(world, this, Channel.Kind.PRIVATE, channelName, List.of(members));
    }

    /** The direct conversation of two; made when there is none yet. */
    public Channel direct(Person one, Person other) {
        return conversation(Channel.Kind.DIRECT, List.of(one, other));
    }

    /** The group conversation of exactly these; made when there is none yet. */
    public Channel group(Person... members) {
        return conversation(Channel.Kind.GROUP, List.of(members));
    }

    Channel conversation(Channel.Kind kind, List<Person> members) {
        return world.get(() -> world.channels().stream()
                .filter(channel -> channel.kind() == kind && channel.membersAre(members))
                .findFirst()
                .orElseGet(() -> new Channel(world, this, kind, Channel.directName(kind, members), members)));
    }

    /** All channels that people of this workspace can be in, shared ones included. */
    public List<Channel> channels() {
        return world.channels().stream().filter(channel -> channel.isIn(this)).toList();
    }

    /** Installs the app as an administrator would by its settings page: at once, with all the scopes that it asks for. */
    public Installation install(SlackApp app) {
        return Installation.of(world, acts, app, this, app.botScopes());
    }

    public Optional<Installation> installation(SlackApp app) {
        return world.installations().stream()
                .filter(installation ->
                        installation.app() == app && installation.workspace() == this && installation.active())
                .findFirst();
    }

    ObjectNode json() {
        return Json.object(
                "id",
                id,
                "name",
                name,
                "domain",
                domain(),
                "email_domain",
                domain() + ".example",
                "icon",
                Json.object());
    }

    @Override
    public String toString() {
        return name + " (" + id + ")";
    }
}
