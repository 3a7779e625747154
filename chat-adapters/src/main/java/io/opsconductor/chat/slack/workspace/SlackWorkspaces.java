package io.opsconductor.chat.slack.workspace;

import com.slack.api.Slack;
import io.opsconductor.brain.audit.Audit;
import io.opsconductor.chat.slack.SlackSettings;
import io.opsconductor.chat.slack.receive.Ownership;
import io.opsconductor.kit.journal.JournalUnavailableException;
import io.opsconductor.kit.store.Database;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one workspace of the settings' bot token, and those in which the app was installed by OAuth. */
public final class SlackWorkspaces implements Workspaces, Ownership, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SlackWorkspaces.class);

    private final SlackSettings settings;
    private final Audit audit;
    private final InstantSource clock;
    private final @Nullable Installations installations;
    private final @Nullable FixedWorkspace fixed;
    private final Map<String, Workspace> installed = new ConcurrentHashMap<>();

    private SlackWorkspaces(
            SlackSettings settings,
            Audit audit,
            InstantSource clock,
            @Nullable Installations installations,
            Slack slack,
            boolean hasToken) {
        this.settings = settings;
        this.audit = audit;
        this.clock = clock;
        this.installations = installations;
        if (installations != null) {
            installations.active().forEach(workspace -> installed.put(workspace.team(), workspace));
        }
        this.fixed = hasToken ? new FixedWorkspace(slack, settings.botToken(), this::changed) : null;
    }

    /**
     * Opens the installations, and asks Slack whose the bot token is; without an answer it asks again later.
     *
     * @throws io.opsconductor.kit.config.InvalidSettingsException when the key that seals tokens is no good
     */
    public static SlackWorkspaces open(
            SlackSettings settings, Slack slack, Database database, Audit audit, InstantSource clock) {
        Installations installations = settings.installable()
                ? new Installations(database, new TokenSeal(TokenKey.of(settings.tokenKey())))
                : null;
        boolean hasToken = !settings.installable() || settings.botToken().read().isPresent();
        return new SlackWorkspaces(settings, audit, clock, installations, slack, hasToken);
    }

    @Override
    public Optional<Workspace> find(String team) {
        return all().stream().filter(workspace -> workspace.team().equals(team)).findFirst();
    }

    @Override
    public List<Workspace> all() {
        List<Workspace> all = new ArrayList<>(installed.values());
        if (fixed != null && fixed.state() instanceof FixedWorkspace.State.Known(Workspace workspace)) {
            all.add(workspace);
        }
        return all.stream()
                .filter(workspace -> settings.allowsWorkspace(workspace.team()))
                .toList();
    }

    @Override
    public Owner of(List<String> teams, String app) {
        List<Workspace> ours = all();
        for (String team : teams) {
            Optional<Workspace> workspace =
                    ours.stream().filter(one -> one.team().equals(team)).findFirst();
            if (workspace.isPresent()) {
                return isOf(workspace.get(), app) ? new Owner.Ours(team) : new Owner.Foreign();
            }
        }
        return fixed != null && fixed.state() instanceof FixedWorkspace.State.NotKnownYet
                ? new Owner.NotKnownYet()
                : new Owner.Foreign();
    }

    private static boolean isOf(Workspace workspace, String app) {
        return app.isEmpty() || workspace.app().isEmpty() || workspace.app().equals(app);
    }

    @Override
    public void lost(String team, String reason) {
        end(team, "revoked", reason);
    }

    /** The app was removed there; what was said before the present installation was made says nothing about it. */
    void removed(String team, boolean uninstalled, Instant at) {
        Optional<Instant> since = installations == null ? Optional.empty() : installations.installedAt(team);
        // Slack says the time in whole seconds.
        if (since.isPresent() && at.isBefore(since.get().truncatedTo(ChronoUnit.SECONDS))) {
            LOG.info("Slack: workspace {} removed an earlier installation; the present one stays", team);
            return;
        }
        end(
                team,
                uninstalled ? "uninstalled" : "revoked",
                uninstalled ? "the app was uninstalled there" : "its tokens were revoked");
    }

    private void end(String team, String status, String reason) {
        boolean ended = installed.remove(team) != null;
        if (installations != null) {
            ended |= installations.end(team, status);
        }
        if (fixed != null
                && fixed.state() instanceof FixedWorkspace.State.Known(Workspace workspace)
                && workspace.team().equals(team)) {
            // Its audit line comes with the change of its state.
            fixed.lost(team, reason);
            return;
        }
        if (ended) {
            LOG.error("Slack: nothing more is sent to workspace {}: {}; install the app there again", team, reason);
            recordLoss(team, reason);
        }
    }

    private void changed(FixedWorkspace.State state) {
        if (state instanceof FixedWorkspace.State.Lost(String team, String why) && !team.isEmpty()) {
            recordLoss(team, why);
        }
    }

    private void recordLoss(String team, String reason) {
        try {
            audit.installationLost("slack:" + team, reason);
        } catch (JournalUnavailableException e) {
            LOG.error("that nothing more is sent to workspace {} could not be recorded", team, e);
        }
    }

    /** Enters a new installation, or revives an old one; it is recorded first. */
    void install(Workspace workspace, String by) {
        if (installations == null) {
            throw new IllegalStateException("the app cannot be installed here");
        }
        audit.installed("slack:" + workspace.team(), by);
        installations.save(workspace, by, clock.instant());
        installed.put(workspace.team(), workspace);
        LOG.info("Slack: the app is installed in {} ({})", workspace, workspace.name());
    }

    /**
     * What there is, in words.
     *
     * @throws IllegalStateException when the workspace of the settings cannot be served
     */
    public String described() {
        if (fixed != null) {
            switch (fixed.state()) {
                case FixedWorkspace.State.NotKnownYet(String why) -> throw new IllegalStateException(why);
                case FixedWorkspace.State.Lost(String team, String why) -> throw new IllegalStateException(why);
                case FixedWorkspace.State.Known(Workspace workspace) -> {
                    if (!settings.allowsWorkspace(workspace.team())) {
                        throw new IllegalStateException("the bot token is of workspace " + workspace.team()
                                + ", which slack.workspaces does not list");
                    }
                }
            }
        }
        int count = all().size();
        return count == 1 ? "1 workspace" : count + " workspaces";
    }

    @Override
    public void close() {
        if (fixed != null) {
            fixed.close();
        }
    }
}
