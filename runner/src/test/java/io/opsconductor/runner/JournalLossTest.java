package io.opsconductor.runner;

import static io.opsconductor.runner.TestCaller.plan;
import static io.opsconductor.runner.TestCaller.step;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opsconductor.kit.journal.JournalUnavailableException;
import io.opsconductor.plan.ExecuteRequest;
import io.opsconductor.plan.ExecutionAnswer;
import io.opsconductor.plan.ExecutionStatus;
import io.opsconductor.plan.Plan;
import io.opsconductor.plan.TargetResult;
import io.opsconductor.plan.TargetStatus;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What cannot be recorded does not happen. */
class JournalLossTest {
    @TempDir
    private Path directory;

    private TestHome home;
    private Runner runner;
    private TestCaller chatbot;

    @BeforeEach
    void start() throws IOException {
        home = TestHome.make(directory.resolve("home"));
        runner = Main.start(home.settings(), home.environment(), Clock.systemUTC());
        chatbot = TestCaller.as("chatbot", home.path(), runner.apiPort());
    }

    @AfterEach
    void stop() {
        chatbot.close();
        runner.close();
    }

    @Test
    void withoutItsJournalTheRunnerExecutesNothingAndSaysWhy() throws IOException {
        Path file = directory.resolve("ran");
        Plan plan = plan(step("note", Map.of("file", file.toString())));
        ExecuteRequest request = chatbot.approved(plan, "web:alice", "web:bob");
        Path journal = new TestJournal(home.path()).file();
        Files.delete(journal);

        TestCaller.Answer answer = chatbot.execute(request);

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.code()).isEqualTo("journal_unavailable");
        assertThat(answer.message())
                .isEqualTo(
                        "nothing is executed, because it could not be recorded: the journal " + journal
                                + " was deleted: put the very file back, or restart this process, which then says what is missing");
        assertThat(answer.response().headers().firstValue("Retry-After")).isPresent();
        assertThat(file).doesNotExist();
        assertThat(chatbot.previewCall(plan, "web:alice").code()).isEqualTo("journal_unavailable");
        HttpResponse<String> health = new PlainPage(runner.healthPort()).get("/health");
        assertThat(health.statusCode()).isEqualTo(503);
        assertThat(health.body())
                .contains("was deleted: put the very file back")
                .contains("Nothing is executed until then");
    }

    @Test
    void aJournalLostInBetweenLetsNothingFurtherStart() throws IOException {
        Path file = directory.resolve("held");
        Path never = directory.resolve("never");
        home.tool(
                "pause",
                "change",
                "sh -c 'echo begun; while [ ! -e \"$0\" ]; do sleep 0.02; done' {file}",
                List.of("file: path"));
        Plan plan =
                plan(step("pause", Map.of("file", file.toString())), step("note", Map.of("file", never.toString())));
        ExecuteRequest request = chatbot.approved(plan, "web:alice", "web:bob");
        try (Stream<String> lines = chatbot.executeStreaming(request)) {
            Iterator<String> each = lines.iterator();
            while (!each.next().contains("\"text\":\"begun")) {
                assertThat(each.hasNext()).isTrue();
            }
            Files.delete(new TestJournal(home.path()).file());
            Files.createFile(file);
            each.forEachRemaining(line -> {});
        }
        ExecutionAnswer answer =
                chatbot.get("/executions/" + request.executionId()).as(ExecutionAnswer.class);
        assertThat(answer.status()).isEqualTo(ExecutionStatus.FAILED);
        assertThat(answer.stepResults())
                .extracting(TargetResult::status)
                .containsExactly(TargetStatus.SUCCEEDED, TargetStatus.SKIPPED);
        assertThat(answer.stepResults().get(1).reason()).startsWith("Not started, because it could not be recorded:");
        assertThat(never).doesNotExist();
    }

    @Test
    void aJournalThatIsPutBackIsGoneOnWith() throws IOException {
        Path file = directory.resolve("ran");
        ExecuteRequest request =
                chatbot.approved(plan(step("note", Map.of("file", file.toString()))), "web:alice", "web:bob");
        Path journal = new TestJournal(home.path()).file();
        Path aside = directory.resolve("aside");
        Files.move(journal, aside);
        assertThat(chatbot.execute(request).code()).isEqualTo("journal_unavailable");
        Files.move(aside, journal);
        assertThat(chatbot.execute(request).status()).isEqualTo(200);
        assertThat(file).exists();
    }

    @Test
    void aRunnerWhoseJournalWasCutWhileItStoodDoesNotStartAndSaysHowToGoOn() throws IOException {
        chatbot.preview(plan(step("say", Map.of("text", "hello"))), "web:alice");
        runner.close();
        Path journal = new TestJournal(home.path()).file();
        List<String> lines = Files.readAllLines(journal);
        Files.writeString(journal, String.join("\n", lines.subList(0, lines.size() - 1)) + "\n");
        assertThatThrownBy(() -> Main.start(home.settings(), home.environment(), Clock.systemUTC()))
                .isInstanceOf(JournalUnavailableException.class)
                .hasMessage("the journal " + journal + " is broken: line " + lines.size()
                        + ", which this process has signed, is not in it: its end was cut off, or it is another one; put"
                        + " a copy back, or keep it as evidence and begin anew with: opsconductor audit anew");
    }
}
