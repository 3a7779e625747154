package io.opsconductor.chat.slack.handle;

import com.fasterxml.jackson.databind.JsonNode;
import io.opsconductor.chat.slack.workspace.Workspace;
import io.opsconductor.chat.slack.workspace.Workspaces;

/** The app was removed from a workspace, or its token was taken back. */
final class Installations {
    private final Workspaces workspaces;

    Installations(Workspaces workspaces) {
        this.workspaces = workspaces;
    }

    void uninstalled(Workspace workspace) {
        workspaces.lost(workspace.team(), "app_uninstalled");
    }

    /** People's own tokens come and go; only the app's matters here. */
    void revoked(Workspace workspace, JsonNode event) {
        for (JsonNode bot : event.path("tokens").path("bot")) {
            if (bot.asText().equals(workspace.botUser())) {
                workspaces.lost(workspace.team(), "tokens_revoked");
                return;
            }
        }
    }
}
