package io.opsconductor.counterpart.slack;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.Set;

/** An app in a workspace: its bot, its token and the scopes that were granted. */
public final class Installation {
    private final SlackApp app;
    private final Workspace workspace;
    private final Acts acts;
    private final Person bot;
    private final String botToken = newToken();
    private volatile boolean revoked;
    private volatile Set<String> scopes;
    private volatile boolean active = true;

    private Installation(World world, Acts acts, SlackApp app, Workspace workspace, Set<String> scopes) {
        this.app = app;
        this.workspace = workspace;
        this.acts = acts;
        this.scopes = Set.copyOf(scopes);
        this.bot = new Person(
                world,
                acts,
                workspace,
                app.name().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_]+", ""),
                world.nextId("B"));
        world.add(this);
    }

    /** A new installation, or the one that is there with the scopes added. */
    static Installation of(World world, Acts acts, SlackApp app, Workspace workspace, Set<String> scopes) {
        return world.get(() -> workspace
                .installation(app)
                .map(there -> {
                    there.grant(scopes);
                    return there;
                })
                .orElseGet(() -> new Installation(world, acts, app, workspace, scopes)));
    }

    private static String newToken() {
        return "xoxb-" + World.secret(6) + "-" + World.secret(6) + "-" + World.secret(12);
    }

    public SlackApp app() {
        return app;
    }

    public Workspace workspace() {
        return workspace;
    }

    public Person bot() {
        return bot;
    }

    public String botId() {
        return bot.botId();
    }

    /** The bot token ({@code xoxb-…}). */
    public String botToken() {
        return botToken;
    }

    public Set<String> scopes() {
        return scopes;
    }

    /** Takes scopes away or gives others, as a new installation with other scopes would. */
    public Installation withScopes(String... granted) {
        scopes = Set.of(granted);
        return this;
    }

    public Installation withoutScope(String scope) {
        Set<String> left = new java.util.HashSet<>(scopes);
        left.remove(scope);
        scopes = Set.copyOf(left);
        return this;
    }

    private void grant(Set<String> more) {
        Set<String> all = new java.util.HashSet<>(scopes);
        all.addAll(more);
        scopes = Set.copyOf(all);
    }

    public boolean active() {
        return active && !revoked;
    }

    /** Somebody removes the app: {@code tokens_revoked} and {@code app_uninstalled} are what the app gets. */
    public void uninstall() {
        acts.events().uninstalled(this);
    }

    void revokeToken() {
        revoked = true;
    }

    boolean revoked() {
        return revoked;
    }

    void deactivate() {
        active = false;
    }

    ObjectNode botProfile() {
        return Json.object(
                "id", botId(),
                "app_id", app.id(),
                "user_id", bot.id(),
                "name", app.name(),
                "icons", Json.object(),
                "deleted", !active,
                "updated", 0,
                "team_id", workspace.id());
    }

    @Override
    public String toString() {
        return app + " in " + workspace;
    }
}
