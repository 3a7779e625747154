package io.opsconductor.runner;

import static io.opsconductor.runner.TestCaller.plan;
import static org.assertj.core.api.Assertions.assertThat;

import io.opsconductor.plan.ExecutionAnswer;
import io.opsconductor.plan.ExecutionStatus;
import io.opsconductor.plan.Plan;
import io.opsconductor.plan.PreviewAnswer;
import io.opsconductor.plan.RenderedCommand;
import io.opsconductor.plan.Step;
import io.opsconductor.runner.winrm.WinRmCounterpart;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A script for Windows, from the preview to the result, over the runner's own API. */
class WindowsExecutionTest {
    private static final String PASSWORD = "correct-horse";

    @TempDir
    private Path directory;

    private TestHome home;
    private WinRmCounterpart windows;
    private Runner runner;
    private TestCaller chatbot;

    @BeforeEach
    void start() throws Exception {
        home = TestHome.make(directory.resolve("home"));
        windows = new WinRmCounterpart(WinRmCounterpart.Settings.plain(Map.of("ops", PASSWORD)));
        Files.writeString(home.path().resolve("password"), PASSWORD + "\n");
        inventory("ntlm");
        Files.writeString(home.path().resolve("tools/greet.yaml"), """
                name: greet
                description: "A tool of this test."
                effect: read
                execution: {method: winrm}
                parameters:
                  - {name: who, description: who, required: true}
                powershell: |
                  # The stand-in is bash, to which these two lines mean the same.
                  printf 'Hällo %s\\n' {who}
                """);
        Files.writeString(
                home.path().resolve("policy.yaml"),
                Files.readString(home.path().resolve("policy.yaml")).replace("[say, fail]", "[say, fail, greet]"));
        runner = Main.start(home.settings(), home.environment(), Clock.systemUTC());
        chatbot = TestCaller.as("chatbot", home.path(), runner.apiPort());
    }

    private void inventory(String auth) throws Exception {
        Files.writeString(home.path().resolve("inventory.yaml"), """
                credentials:
                  win-login: { type: password, account: "LAB\\\\ops", password: { file: password } }
                targets:
                  - name: win-01
                    address: localhost
                    winrm: { transport: http, port: %d, auth: %s, credential: win-login }
                  - name: bare
                    address: localhost
                """.formatted(windows.port(), auth));
    }

    @AfterEach
    void stop() throws Exception {
        chatbot.close();
        runner.close();
        windows.close();
    }

    @Test
    void theScriptIsShownAsItRunsAndItsOutputComesBack() {
        Plan plan = plan(new Step("greet", Map.of("who", "wörld & $(id)"), List.of("win-01")));
        PreviewAnswer preview = chatbot.preview(plan, "web:alice");
        String script = "# The stand-in is bash, to which these two lines mean the same.\n"
                + "printf 'Hällo %s\\n' 'wörld & $(id)'";
        var shown = preview.preview().steps().getFirst().targets().getFirst();
        assertThat(shown.display()).isEqualTo(script);
        assertThat(shown.command()).isEqualTo(new RenderedCommand.PowerShell(script));
        assertThat(shown.account()).isEqualTo("LAB\\ops");
        assertThat(preview.preview().digest()).isEqualTo(preview.digest());

        ExecutionAnswer answer = chatbot.execute(chatbot.request(plan, preview, chatbot.approval(preview, "web:alice")))
                .as(ExecutionAnswer.class);

        assertThat(answer.status()).isEqualTo(ExecutionStatus.SUCCEEDED);
        assertThat(answer.stepResults()).singleElement().satisfies(result -> {
            assertThat(result.stdout()).isEqualTo("Hällo wörld & $(id)\n");
            assertThat(result.exitCode()).isZero();
        });
    }

    @Test
    void anotherLoginAfterTheApprovalRunsNothing() throws Exception {
        Plan plan = plan(new Step("greet", Map.of("who", "x"), List.of("win-01")));
        PreviewAnswer preview = chatbot.preview(plan, "web:alice");
        inventory("kerberos");

        assertThat(chatbot.execute(chatbot.request(plan, preview, chatbot.approval(preview, "web:alice")))
                        .status())
                .isEqualTo(409);
        assertThat(windows.connections()).isZero();
    }

    @Test
    void aTargetWithoutWinrmIsRefusedInWords() {
        assertThat(chatbot.previewCall(plan(new Step("greet", Map.of("who", "x"), List.of("bare"))), "web:alice")
                        .body()
                        .toString())
                .contains("greet needs the winrm settings of bare, and the inventory has none.");
    }
}
