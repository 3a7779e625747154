package io.opsconductor.chat.slack.command;

import com.slack.api.Slack;
import io.opsconductor.chat.command.Findings;
import io.opsconductor.chat.slack.BotScope;
import io.opsconductor.chat.slack.SlackSettings;
import io.opsconductor.chat.slack.receive.SignatureCheck;
import io.opsconductor.chat.slack.workspace.TokenTest;
import io.opsconductor.chat.slack.workspace.Workspace;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The bot token: whose it is, what it may do, and how far apart the clocks are. */
final class TokenCheck {
    private final SlackSettings settings;
    private final Slack client;
    private final InstantSource clock;
    private final Findings findings;

    TokenCheck(SlackSettings settings, Slack client, InstantSource clock, Findings findings) {
        this.settings = settings;
        this.client = client;
        this.clock = clock;
        this.findings = findings;
    }

    void check() {
        Optional<String> token = settings.botToken().read();
        if (token.isEmpty()) {
            findings.right("bot token: none; workspaces install the app at "
                    + settings.publicUrl().orElseThrow() + "/slack/install");
            return;
        }
        switch (TokenTest.of(client, token.get())) {
            case TokenTest.Good(Workspace workspace, Optional<Instant> slackTime) -> good(workspace, slackTime);
            case TokenTest.Refused(String error) ->
                findings.wrong(
                        "bot token: Slack refuses what is in " + settings.botToken() + " (" + error + ")",
                        "put there the Bot User OAuth Token of the page OAuth & Permissions, after Install to"
                                + " Workspace");
            case TokenTest.Unreachable(String why) ->
                findings.unreachable(
                        "bot token: Slack could not be asked at " + settings.apiUrl() + ": " + why,
                        "check the network and slack.api-url; through a proxy, set OPSCONDUCTOR_JAVA_OPTS as"
                                + " docs/slack.md says");
        }
    }

    private void good(Workspace workspace, Optional<Instant> slackTime) {
        if (workspace.bot().isEmpty()) {
            findings.wrong(
                    "bot token: it is a person's token, not a bot's",
                    "put the Bot User OAuth Token (xoxb-...) into " + settings.botToken());
        } else {
            findings.right("bot token: workspace " + workspace.name() + " (" + workspace.team() + "), the bot is user "
                    + workspace.botUser());
        }
        if (!settings.allowsWorkspace(workspace.team())) {
            findings.wrong(
                    "workspace: slack.workspaces does not list " + workspace.team(),
                    "add it, or leave slack.workspaces out");
        }
        scopes(workspace.scopes());
        slackTime.ifPresent(this::clock);
    }

    private void scopes(Set<String> granted) {
        Set<BotScope> missing = BotScope.missing(granted);
        if (missing.isEmpty()) {
            findings.right("scopes: all " + BotScope.values().length + " are granted");
        }
        for (BotScope scope : missing) {
            findings.wrong(
                    "scope " + scope.scope() + ": " + scope.reason(),
                    "add it on the page OAuth & Permissions, then Reinstall to Workspace");
        }
        String more = granted.stream()
                .filter(scope -> BotScope.missing(Set.of(scope)).size() == BotScope.values().length)
                .sorted()
                .collect(Collectors.joining(", "));
        if (!more.isEmpty()) {
            findings.note(
                    "scopes: more than is used: " + more, "what nothing needs can be removed in the app's settings");
        }
    }

    private void clock(Instant slackTime) {
        Duration apart = Duration.between(slackTime, clock.instant()).abs();
        if (apart.compareTo(SignatureCheck.WINDOW) >= 0) {
            findings.wrong(
                    "clock: this machine is " + apart.toSeconds() + " s away from Slack, and requests more than "
                            + SignatureCheck.WINDOW.toSeconds() + " s apart are refused",
                    "set the clock by NTP");
        } else {
            findings.right("clock: " + apart.toSeconds() + " s apart from Slack's");
        }
    }
}
