package io.opsconductor.chat.slack.workspace;

import java.util.List;
import java.util.Optional;

/** The installations of the app, with tokens opened for use. */
public interface Workspaces {
    Optional<Workspace> find(String team);

    List<Workspace> all();

    /** The token was refused or taken back: nothing is sent there until the app is installed again. */
    void lost(String team, String reason);
}
