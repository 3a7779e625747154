package io.opsconductor.chat.slack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.opsconductor.chat.ChatbotSettings;
import io.opsconductor.kit.config.InvalidSettingsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SlackSettingsTest {
    @TempDir
    Path home;

    private final Map<String, String> environment = new HashMap<>();

    private void set(String name, String value) {
        environment.put("OPSCONDUCTOR_CHATBOT_" + name, value);
    }

    private void secret(String name, String value) throws IOException {
        Files.createDirectories(home.resolve("slack"));
        Files.writeString(home.resolve("slack").resolve(name), value + "\n");
    }

    private ChatbotSettings read() {
        environment.put("OPSCONDUCTOR_HOME", home.toString());
        return ChatbotSettings.read(environment);
    }

    private List<String> mistakes() {
        return catchThrowableOfType(InvalidSettingsException.class, this::read).mistakes();
    }

    @Test
    void withoutAModeThereIsNoSlack() {
        assertThat(read().slack()).isEmpty();
    }

    @Test
    void offIsAWordInYamlToo() throws IOException {
        Path file = home.resolve("chatbot.yaml");
        Files.writeString(file, "slack:\n  mode: off\nlocal-chat: off\n");
        environment.put("OPSCONDUCTOR_CHATBOT_CONFIG", file.toString());
        assertThat(read().slack()).isEmpty();
        assertThat(read().localChat()).isEqualTo(ChatbotSettings.LocalChatMode.OFF);
    }

    @Test
    void secretsAreReferencesAndReadFromTheirPlaces() throws IOException {
        set("SLACK_MODE", "socket");
        secret("app-token", "xapp-1-A1-2-secret");
        set("SLACK_BOT_TOKEN", "env:OPSCONDUCTOR_MY_TOKEN");
        environment.put("OPSCONDUCTOR_MY_TOKEN", "xoxb-1-secret");
        SlackSettings slack = read().slack().orElseThrow();
        assertThat(slack.botToken().read()).contains("xoxb-1-secret");
        assertThat(slack.appToken().read()).contains("xapp-1-A1-2-secret");
        assertThat(read().toString())
                .doesNotContain("secret\"")
                .doesNotContain("xoxb")
                .doesNotContain("xapp");
        assertThat(slack.connections()).isEqualTo(2);
        assertThat(slack.command()).isEqualTo("/ops");
    }

    @Test
    void everyMistakeIsNamedAtOnceWithItsRemedyAndNoSecret() {
        set("SLACK_MODE", "http");
        set("SLACK_BOT_TOKEN", "xoxb-pasted-secret");
        set("SLACK_CHANNELS", "#ops,C024BE91L");
        set("SLACK_WORKSPACES", "acme");
        set("SLACK_COMMAND", "ops");
        set("SLACK_CONNECTIONS", "11");
        set("SLACK_API_URL", "http://slack.example.com/api/");
        set("SLACK_ALLOW_GUESTS", "yes");
        assertThat(mistakes())
                .containsExactlyInAnyOrder(
                        "slack.bot-token does not say where the secret is: it must be file:/PATH or env:NAME, never the"
                                + " secret itself",
                        "slack.channels has \"#ops\": it must be channel ids such as C024BE91L; a channel's details end"
                                + " with it",
                        "slack.workspaces has \"acme\": it must be team ids such as T024BE7LD; 'slack check' prints"
                                + " yours",
                        "slack.command is \"ops\": it must be a slash and up to 31 lower-case letters, digits, - or _,"
                                + " such as /ops",
                        "slack.connections is 11: it must be from 1 to 10",
                        "slack.api-url is \"http://slack.example.com/api/\": it must begin with https, because tokens"
                                + " are sent there",
                        "slack.allow-guests is \"yes\": it must be true or false",
                        "slack.signing-secret: there is nothing in file:" + home.resolve("slack/signing-secret")
                                + "; put there the Signing Secret of the page Basic Information, or name another place:"
                                + " slack.signing-secret=file:/PATH or env:NAME",
                        "slack.bot-token: there is nothing in file:" + home.resolve("slack/bot-token")
                                + "; put there the Bot User OAuth Token of the page OAuth & Permissions, or name"
                                + " another place: slack.bot-token=file:/PATH or env:NAME");
    }

    @Test
    void aTokenOfTheWrongKindIsSaidWithoutRepeatingIt() throws IOException {
        set("SLACK_MODE", "socket");
        secret("app-token", "xoxb-swapped");
        secret("bot-token", "xapp-swapped");
        assertThat(mistakes())
                .hasSize(2)
                .allMatch(mistake -> mistake.contains(" does not begin with x") && !mistake.contains("swapped"));
    }

    @Test
    void installingIsForHttpModeAndNeedsClientIdAndSecret() throws IOException {
        set("SLACK_MODE", "http");
        set("SLACK_PUBLIC_URL", "https://ops.example.com");
        secret("signing-secret", "s");
        assertThat(mistakes())
                .hasSize(2)
                .anyMatch(mistake -> mistake.startsWith("slack.client-id: there is nothing in"))
                .anyMatch(mistake -> mistake.startsWith("slack.client-secret: there is nothing in"));
        set("SLACK_MODE", "socket");
        assertThat(mistakes()).contains("slack.public-url is for slack.mode http: leave it out, or choose http");
    }
}
