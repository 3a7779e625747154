package io.opsconductor.chat.slack.command;

import com.slack.api.Slack;
import io.opsconductor.chat.ChatbotSettings;
import io.opsconductor.chat.command.Findings;
import io.opsconductor.chat.command.Surroundings;
import io.opsconductor.chat.slack.SlackSettings;
import io.opsconductor.chat.slack.workspace.SlackClient;
import java.time.Clock;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code slack check}: whether what is set works with Slack. */
@Command(
        name = "check",
        sortOptions = false,
        description = {
            "Checks the settings, the bot token with its scopes, this machine's clock, and the connection: over Socket"
                    + " Mode a web socket, in http mode the running chatbot's own address with a signed request."
        })
final class CheckCommand implements Callable<Integer> {
    @ParentCommand
    private @Nullable SlackCommand parent;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this and exit.")
    @SuppressWarnings("unused") // Read by picocli.
    private boolean help;

    @Override
    public Integer call() throws Exception {
        Surroundings surroundings = Objects.requireNonNull(parent).surroundings();
        Findings findings = new Findings(surroundings.out());
        // Throws with every mistake and its remedy.
        ChatbotSettings chatbot = ChatbotSettings.read(surroundings.environment());
        Optional<SlackSettings> slack = chatbot.slack();
        if (slack.isEmpty()) {
            findings.wrong(
                    "slack.mode is off, so the chatbot does not serve Slack",
                    "set OPSCONDUCTOR_CHATBOT_SLACK_MODE=socket (or http)");
            return findings.exitCode();
        }
        SlackSettings settings = slack.get();
        findings.right("settings: slack.mode is " + settings.mode().name().toLowerCase(Locale.ROOT));
        Slack client = SlackClient.of(settings.apiUrl());
        try {
            FileModes.check(settings, findings);
            new TokenCheck(settings, client, Clock.systemUTC(), findings).check();
            switch (settings.mode()) {
                case SOCKET -> new SocketCheck(settings, client, findings).check();
                case HTTP -> new AddressCheck(settings, chatbot.port(), Clock.systemUTC(), findings).check();
                case OFF -> throw new IllegalStateException("not reached: slack.mode is off");
            }
        } finally {
            client.close();
        }
        return findings.exitCode();
    }
}
