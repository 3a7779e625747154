package io.opsconductor.brain.language;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.opsconductor.brain.conversation.Choice;
import io.opsconductor.brain.planning.Draft;
import io.opsconductor.brain.planning.Planning;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Questions and their answers, as somebody in the chat sees them. */
class ConversationTest {
    private final Understanding chat = new Understanding(Understanding.shipped());

    private String say(String text) {
        return chat.say(text).brief();
    }

    private Planning.Question question(String text) {
        return (Planning.Question) chat.planning(text);
    }

    @Test
    void missingTargetIsAskedForWithTargetsAndGroups() {
        Planning.Question question = question("check disk space");
        assertThat(question.text()).isEqualTo("Check disk space: on which target?");
        assertThat(question.choices())
                .contains(new Choice("web-server-01", "web-server-01"))
                .contains(new Choice("all of web-servers (2)", "web-servers"));
        assertThat(say("web-server-01")).isEqualTo("check_disk_space @ web-server-01");
    }

    @Test
    void everyChoiceIsAnAnswer() {
        int choices = question("check disk space").choices().size();
        for (int i = 0; i < choices; i++) {
            Planning.Question question = question("check disk space");
            assertThat(say(question.choices().get(i).reply())).startsWith("check_disk_space @ ");
        }
    }

    @Test
    void aLogPathIsAskedForWithThePathsThatTheToolMentions() {
        Planning.Question question = question("tail the log on web-server-01");
        assertThat(question.choices())
                .extracting(Choice::reply)
                .startsWith("/var/log/syslog", "/var/log/nginx/error.log", "/var/log/auth.log")
                .hasSize(5);
        assertThat(say("the third one")).isEqualTo("tail_log path=/var/log/auth.log @ web-server-01");
        assertThat(question("tail the nginx error log on web-server-01").choices())
                .extracting(Choice::reply)
                .containsExactly("/var/log/nginx/error.log", "/var/log/nginx/access.log");
    }

    @Test
    void answersComeByNameNumberGroupAndInSentences() {
        for (String answer :
                List.of("web-servers", "6", "the sixth one", "the web servers", "all web servers please", "web")) {
            assertThat(say("check disk space")).isEqualTo("ask target");
            assertThat(say(answer)).as(answer).isEqualTo("check_disk_space @ web-server-01,web-server-02");
        }
        say("memory");
        assertThat(say("on db-01")).isEqualTo("memory @ db-server-01");
    }

    @Test
    void oneAnswerServesEveryStepThatMissesIt() {
        assertThat(say("check disk and memory")).isEqualTo("ask target");
        assertThat(say("db-01")).isEqualTo("check_disk_space @ db-server-01 ; memory @ db-server-01");
    }

    @Test
    void answerMayHoldMoreThanWasAsked() {
        assertThat(say("restart")).isEqualTo("ask target");
        assertThat(say("nginx on web-01")).isEqualTo("restart_service service=nginx @ web-server-01");
        assertThat(say("restart")).isEqualTo("ask target");
        assertThat(say("nginx")).isEqualTo("ask target");
        assertThat(say("web-01")).isEqualTo("restart_service service=nginx @ web-server-01");
    }

    @Test
    void severalValuesInOneAnswerBecomeSeveralSteps() {
        assertThat(say("restart the service on web-01")).isEqualTo("ask service");
        assertThat(say("nginx and cron"))
                .isEqualTo(
                        "restart_service service=nginx @ web-server-01 ; restart_service service=cron @ web-server-01");
    }

    @Test
    void wrongAnswerIsNamedAndTheThirdOneEndsIt() {
        assertThat(say("check port on db-server-01")).isEqualTo("ask port");
        assertThat(question("abc").text())
                .isEqualTo("port: expected a port from 1 to 65535, found \"abc\". "
                        + "TCP port check: which port? (The TCP port, such as 443)");
        assertThat(say("70000")).isEqualTo("ask port");
        assertThat(say("-1")).isEqualTo("refuse no_answer");
        assertThat(say("5432")).isEqualTo("none");
    }

    @Test
    void unknownTargetAsAnswerIsNotTakenAndTheNearestIsNamed() {
        assertThat(say("check disk")).isEqualTo("ask target");
        assertThat(question("web-sever-01").text())
                .startsWith("No target is called \"web-sever-01\" (near: web-server-01, web-server-02). ");
        assertThat(say("web-server-01")).isEqualTo("check_disk_space @ web-server-01");
    }

    @Test
    void newRequestEndsTheQuestion() {
        assertThat(say("restart nginx")).isEqualTo("ask target");
        assertThat(say("check memory on db-server-01")).isEqualTo("memory @ db-server-01");
        assertThat(say("web-server-01")).isEqualTo("ask tool");
    }

    @Test
    void helpIsNoAnswer() {
        assertThat(say("how is web-server-01")).isEqualTo("ask tool");
        assertThat(say("could you tell me what you can do please")).isEqualTo("help");
    }

    @Test
    void cancelEndsTheQuestion() {
        assertThat(say("restart nginx")).isEqualTo("ask target");
        assertThat(say("never mind")).isEqualTo("cancel");
        assertThat(say("web-server-01")).isEqualTo("ask tool");
    }

    @Test
    void hostileAnswerIsRefused() {
        say("restart the service on web-01");
        assertThat(say("nginx; rm -rf /")).isEqualTo("refuse unsafe_input");
        say("restart the service on web-01");
        assertThat(say("$(id)")).isEqualTo("refuse unsafe_input");
        say("tail a log on web-01");
        assertThat(say("/var/log/x`id`")).isEqualTo("refuse unsafe_input");
    }

    @Test
    void unclearToolIsAskedForAndItsWordsAreKept() {
        Planning.Question question = question("how is web-server-01");
        assertThat(question.draft().missing()).isEqualTo(Draft.TOOL);
        assertThat(question.choices()).hasSize(3);
        assertThat(say("memory")).isEqualTo("memory @ web-server-01");
        say("how is web-server-01");
        assertThat(say("1")).isEqualTo("check_disk_space @ web-server-01");
    }

    @Test
    void logWithoutAPathIsOfferedAndNeverAssumed() {
        Planning.Question question = question("tail the nginx error log on web-server-01");
        assertThat(question.choices()).extracting(Choice::reply).contains("/var/log/nginx/error.log");
        assertThat(say("1")).isEqualTo("tail_log path=/var/log/nginx/error.log @ web-server-01");
        say("tail the nginx error log on web-server-01");
        assertThat(say("error.log")).isEqualTo("ask path");
        assertThat(say("/opt/x/error.log")).isEqualTo("tail_log path=/opt/x/error.log @ web-server-01");
    }

    @Test
    void schemeOfAWebAddressIsTheUsersToSay() {
        assertThat(question("http check example.com").choices())
                .extracting(Choice::reply)
                .containsExactly("https://example.com", "http://example.com");
        assertThat(say("the first")).isEqualTo("http_check url=https://example.com");
    }

    @Test
    void draftSurvivesBeingStored() throws Exception {
        JsonMapper json = JsonMapper.builder().build();
        Draft draft = question("restart nginx and check disk").draft();
        assertThat(json.readValue(json.writeValueAsString(draft), Draft.class)).isEqualTo(draft);
    }

    @Test
    void manyThreadsGetTheSameAnswers() throws Exception {
        List<String> messages = List.of(
                "check disk, memory and load on web-server-01",
                "restart nginx on web-server-02 and then show its status",
                "who is logged in on web-server-01",
                "is port 443 open on example.com");
        List<String> alone = messages.stream().map(ConversationTest::alone).toList();
        Indexes shared = new Indexes(Language.english());
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<String>> answers = IntStream.range(0, 200)
                    .mapToObj(i -> threads.submit(() -> new Understanding(Understanding.shipped(), shared)
                            .say(messages.get(i % messages.size()))
                            .brief()))
                    .toList();
            for (int i = 0; i < answers.size(); i++) {
                assertThat(answers.get(i).get()).isEqualTo(alone.get(i % messages.size()));
            }
        }
        assertThat(alone.getFirst())
                .isEqualTo("check_disk_space @ web-server-01 ; memory @ web-server-01 ; uptime_load @ web-server-01");
    }

    private static String alone(String message) {
        return new Understanding(Understanding.shipped(), new Indexes(Language.english()))
                .say(message)
                .brief();
    }
}
