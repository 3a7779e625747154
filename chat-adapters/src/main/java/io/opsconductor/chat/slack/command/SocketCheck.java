package io.opsconductor.chat.slack.command;

import com.slack.api.Slack;
import io.opsconductor.chat.command.Findings;
import io.opsconductor.chat.slack.SlackSettings;
import io.opsconductor.chat.slack.receive.SocketLine;
import io.opsconductor.chat.slack.receive.SocketTicket;
import java.io.IOException;
import java.time.Duration;

/** The app token: whether a web socket of Socket Mode comes up with it. */
final class SocketCheck {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final SlackSettings settings;
    private final Slack client;
    private final Findings findings;

    SocketCheck(SlackSettings settings, Slack client, Findings findings) {
        this.settings = settings;
        this.client = client;
        this.findings = findings;
    }

    void check() throws InterruptedException {
        String token = settings.appToken().read().orElseThrow();
        switch (SocketTicket.of(client, token)) {
            case SocketTicket.Issued issued -> connect(token, issued);
            case SocketTicket.Refused(String error) ->
                findings.wrong(
                        "app token: Slack refuses what is in " + settings.appToken() + " (" + error + ")",
                        "make an app-level token with the scope connections:write on the page Basic Information, and"
                                + " switch Socket Mode on");
            case SocketTicket.NotNow(String why, Duration pause) ->
                findings.unreachable(
                        "app token: " + why,
                        pause.isZero()
                                ? "check the network and slack.api-url; through a proxy, set OPSCONDUCTOR_JAVA_OPTS as"
                                        + " docs/slack.md says"
                                : "try again in " + pause.toSeconds() + " s");
        }
    }

    private void connect(String token, SocketTicket.Issued issued) throws InterruptedException {
        // What arrives meanwhile is not acknowledged, so that Slack sends it again, to the chatbot.
        try (SocketLine line = SocketLine.trial(client, token, issued.url())) {
            if (line.isUp(PATIENCE)) {
                findings.right("Socket Mode: a web socket came up");
                return;
            }
        } catch (IOException e) {
            // Said below.
        }
        findings.wrong(
                "Socket Mode: no web socket came up within " + PATIENCE.toSeconds() + " s",
                "let this machine connect to wss://*.slack.com, port 443; a proxy must let web sockets through");
    }
}
