package io.opsconductor.chat.slack.deliver;

import io.opsconductor.chat.slack.workspace.Workspace;
import io.opsconductor.chat.slack.workspace.Workspaces;
import io.opsconductor.counterpart.slack.Installation;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Installations in memory. */
public final class Installed implements Workspaces {
    private final Map<String, Workspace> active = new ConcurrentHashMap<>();
    private final List<String> lost = new CopyOnWriteArrayList<>();

    public Workspace add(Installation installation) {
        Workspace workspace = new Workspace(
                installation.workspace().id(),
                installation.workspace().name(),
                installation.app().id(),
                installation.bot().id(),
                installation.botId(),
                installation.scopes(),
                installation.botToken());
        active.put(workspace.team(), workspace);
        return workspace;
    }

    /** Reasons for which workspaces were lost. */
    public List<String> lost() {
        return List.copyOf(lost);
    }

    @Override
    public Optional<Workspace> find(String team) {
        return Optional.ofNullable(active.get(team));
    }

    @Override
    public List<Workspace> all() {
        return List.copyOf(active.values());
    }

    @Override
    public void lost(String team, String reason) {
        active.remove(team);
        lost.add(reason);
    }
}
