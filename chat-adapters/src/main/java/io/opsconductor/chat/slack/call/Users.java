package io.opsconductor.chat.slack.call;

import com.fasterxml.jackson.databind.JsonNode;
import io.opsconductor.chat.slack.workspace.Workspace;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Reads what {@code users.info} says; what it leaves out counts against the user. */
final class Users {
    /** Slackbot speaks without being marked as a bot. */
    private static final String SLACKBOT = "USLACKBOT";

    private Users() {}

    static SlackUser read(Workspace workspace, String id, JsonNode user) {
        JsonNode profile = user.path("profile");
        String team = user.path("team_id").asText("");
        String name = Stream.of(profile.path("display_name"), profile.path("real_name"), user.path("real_name"))
                .map(field -> field.asText(""))
                .filter(text -> !text.isBlank())
                .findFirst()
                .orElseGet(() -> user.path("name").asText(id));
        return new SlackUser(
                id,
                team,
                name,
                user.path("is_bot").asBoolean(false)
                        || user.path("is_workflow_bot").asBoolean(false)
                        || id.equals(SLACKBOT),
                user.path("deleted").asBoolean(false),
                user.path("is_restricted").asBoolean(false)
                        || user.path("is_ultra_restricted").asBoolean(false),
                user.path("is_stranger").asBoolean(false) || !belongs(workspace, team, user),
                user.path("tz").asText(""));
    }

    /** A member of the workspace, or of its organisation with access to the workspace. */
    private static boolean belongs(Workspace workspace, String team, JsonNode user) {
        return team.equals(workspace.team())
                || StreamSupport.stream(
                                user.path("enterprise_user").path("teams").spliterator(), false)
                        .anyMatch(one -> one.asText("").equals(workspace.team()));
    }
}
