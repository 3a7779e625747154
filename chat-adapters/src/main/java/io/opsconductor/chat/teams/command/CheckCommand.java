package io.opsconductor.chat.teams.command;

import io.opsconductor.chat.ChatbotSettings;
import io.opsconductor.chat.command.Findings;
import io.opsconductor.chat.command.Surroundings;
import io.opsconductor.chat.teams.TeamsSettings;
import io.opsconductor.chat.teams.http.Bounds;
import io.opsconductor.chat.teams.http.HttpCalls;
import io.opsconductor.chat.teams.http.Reply;
import io.opsconductor.chat.teams.token.AppTokens;
import io.opsconductor.chat.teams.token.ChannelKeys;
import io.opsconductor.chat.teams.token.TokenCheck;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code teams check}: whether what is set works with Microsoft. */
@Command(
        name = "check",
        sortOptions = false,
        description = {
            "Checks the settings, the keys by which Microsoft's calls are verified, the application's own credential, and"
                    + " whether the running chatbot answers."
        })
final class CheckCommand implements Callable<Integer> {
    private static final Bounds OURS = new Bounds(Duration.ofSeconds(5), 16 * 1024);

    @ParentCommand
    private @Nullable TeamsCommand parent;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this and exit.")
    @SuppressWarnings("unused") // Read by picocli.
    private boolean help;

    @Override
    public Integer call() throws InterruptedException {
        Surroundings surroundings = Objects.requireNonNull(parent).surroundings();
        Findings findings = new Findings(surroundings.out());
        // Throws with every mistake and its remedy.
        ChatbotSettings chatbot = ChatbotSettings.read(surroundings.environment());
        Optional<TeamsSettings> teams = chatbot.teams();
        if (teams.isEmpty()) {
            findings.wrong(
                    "teams.mode is off, so the chatbot does not serve Teams", "set OPSCONDUCTOR_CHATBOT_TEAMS_MODE=on");
            return findings.exitCode();
        }
        TeamsSettings settings = teams.get();
        findings.right("settings: teams.mode is " + settings.mode().name().toLowerCase(Locale.ROOT));
        if (settings.tenants().contains(TeamsSettings.ANY)) {
            findings.note(
                    "every tenant may use the application",
                    "list those that should, in teams.tenants, if that is wrong");
        }
        try (HttpCalls http = new HttpCalls()) {
            if (settings.mode() == TeamsSettings.Mode.ON) {
                keys(settings, http, findings);
                credential(settings, http, findings);
            }
            running(chatbot.port(), http, findings);
        }
        return findings.exitCode();
    }

    private static void keys(TeamsSettings settings, HttpCalls http, Findings findings) throws InterruptedException {
        Optional<String> problem =
                new ChannelKeys(settings.metadata(), TokenCheck.ISSUER, http, Clock.systemUTC()).trial();
        if (problem.isEmpty()) {
            findings.right("keys: Microsoft's calls can be verified");
        } else {
            findings.unreachable(
                    "keys: " + problem.get(),
                    "the chatbot must reach " + settings.metadata() + "; until it does it believes nobody");
        }
    }

    private static void credential(TeamsSettings settings, HttpCalls http, Findings findings)
            throws InterruptedException {
        AppTokens tokens = new AppTokens(
                settings.login(),
                settings.loginTenant(),
                settings.application(),
                settings.credential(),
                http,
                Clock.systemUTC());
        String proof = settings.proof().name().toLowerCase(Locale.ROOT);
        switch (tokens.current()) {
            case AppTokens.Got.Token _ -> findings.right("credential: Microsoft gives a token for the " + proof);
            case AppTokens.Got.Refused(String why) ->
                findings.wrong(
                        "credential: " + why,
                        "compare teams.app-id, teams.tenant and the " + proof
                                + " with the application's pages in Microsoft Entra; look the AADSTS number up at"
                                + " https://login.microsoftonline.com/error");
            case AppTokens.Got.NotNow(String why, Duration _) ->
                findings.unreachable("credential: " + why, "try again; the chatbot must reach " + settings.login());
        }
    }

    private static void running(int port, HttpCalls http, Findings findings) throws InterruptedException {
        URI address = URI.create("http://127.0.0.1:" + port + "/api/messages");
        switch (http.json("HEAD", address, "", "", OURS)) {
            case Reply.Answered answered
            when answered.isOk() ->
                findings.right("chatbot: it answers at " + address + "; Azure's messaging endpoint must lead there");
            case Reply.Answered answered ->
                findings.wrong(
                        "chatbot: " + address + " answers with HTTP status " + answered.status(),
                        "start it with teams.mode on");
            case Reply.NotSent _ ->
                findings.note("chatbot: it is not running at port " + port, "start it with ./opsconductor up");
            case Reply.NoAnswer(String why) ->
                findings.unreachable("chatbot: " + address + ": " + why, "look into its log");
        }
    }
}
