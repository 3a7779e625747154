package io.opsconductor.chat.slack.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsconductor.chat.call.Answer;
import io.opsconductor.chat.slack.call.SlackCalls.Posted;
import io.opsconductor.chat.slack.card.SlackFile;
import io.opsconductor.chat.slack.card.SlackMessage;
import io.opsconductor.chat.slack.deliver.Installed;
import io.opsconductor.chat.slack.workspace.Workspace;
import io.opsconductor.counterpart.slack.Channel;
import io.opsconductor.counterpart.slack.Faults.Fault;
import io.opsconductor.counterpart.slack.Installation;
import io.opsconductor.counterpart.slack.Person;
import io.opsconductor.counterpart.slack.PostedMessage;
import io.opsconductor.counterpart.slack.SlackCounterpart;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SlackCallsTest {
    private static final Duration DEADLINE = Duration.ofMillis(700);
    private static final String POST = "chat.postMessage";

    private SlackCounterpart slack;
    private Installation installation;
    private Person alice;
    private Channel channel;
    private Installed installed;
    private Workspace workspace;
    private WebApiCalls calls;

    @BeforeEach
    void start() {
        slack = SlackCounterpart.start();
        slack.limits().off();
        var team = slack.addWorkspace("Acme");
        installation = team.install(slack.addApp("OpsConductor"));
        alice = team.person("alice");
        channel = team.channel("ops", alice, installation.bot());
        installed = new Installed();
        workspace = installed.add(installation);
        calls = new WebApiCalls(slack.apiUrl(), installed, DEADLINE);
    }

    @AfterEach
    void stop() {
        calls.close();
        slack.close();
    }

    private static SlackMessage text(String text) {
        return new SlackMessage(text, List.of());
    }

    private Answer<Posted> post(String text) {
        return calls.post(workspace, channel.id(), "", text(text), PostKey.fresh(Instant.now()));
    }

    @Test
    void aPostIsFoundByItsKeyInAChannelAndInAThread() {
        String key = PostKey.fresh(Instant.now());
        PostedMessage root = alice.says(channel, "hello");
        Posted inChannel = ok(calls.post(workspace, channel.id(), "", text("one"), key));
        assertThat(ok(calls.posted(workspace, channel.id(), "", key))).contains(inChannel);
        assertThat(ok(calls.posted(workspace, channel.id(), root.ts(), key))).isEmpty();
        String other = PostKey.fresh(Instant.now());
        Posted inThread = ok(calls.post(workspace, channel.id(), root.ts(), text("two"), other));
        assertThat(ok(calls.posted(workspace, channel.id(), root.ts(), other))).contains(inThread);
        assertThat(ok(calls.posted(workspace, channel.id(), root.ts(), PostKey.fresh(Instant.now()))))
                .isEmpty();
    }

    private static <T> T ok(Answer<T> answer) {
        assertThat(answer).isInstanceOf(Answer.Ok.class);
        return answer instanceof Answer.Ok<T>(T value) ? value : org.assertj.core.api.Assertions.fail();
    }

    @Test
    void eachFailureHasItsAnswer() {
        slack.faults().next(POST, new Fault.RateLimited(Duration.ofSeconds(7)));
        assertThat(post("a")).isEqualTo(new Answer.Limited<>(Duration.ofSeconds(7)));
        slack.faults().next(POST, new Fault.Refused("ratelimited"));
        assertThat(post("b")).isInstanceOf(Answer.Limited.class);
        slack.faults().next(POST, new Fault.Status(503));
        assertThat(post("c")).isEqualTo(new Answer.Unknown<>("HTTP 503"));
        for (String error : List.of("internal_error", "fatal_error", "service_unavailable")) {
            slack.faults().next(POST, new Fault.Refused(error));
            assertThat(post("d")).isEqualTo(new Answer.Unknown<>(error));
        }
        assertThat(calls.post(workspace, "C0NOTHERE", "", text("e"), "k"))
                .isEqualTo(new Answer.Refused<>("channel_not_found", ""));
        slack.faults().next(POST, new Fault.DoneWithoutAnswer());
        assertThat(post("f")).isInstanceOf(Answer.Unknown.class);
        assertThat(channel.messages()).extracting(PostedMessage::text).containsExactly("f");
    }

    @Test
    void aCallEndsAtItsDeadlineThoughTheAnswerKeepsComing() {
        slack.faults().next(POST, new Fault.SlowAnswer(Duration.ofSeconds(20)));
        slack.faults().next(POST, new Fault.Silence(Duration.ofSeconds(20)));
        for (int call = 0; call < 2; call++) {
            long began = System.nanoTime();
            assertThat(post("slow")).isInstanceOf(Answer.Unknown.class);
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(5));
        }
    }

    @Test
    void whatNeverLeftIsTold() {
        try (WebApiCalls nowhere = new WebApiCalls(URI.create("http://127.0.0.1:1/api/"), installed, DEADLINE);
                WebApiCalls unnamed = new WebApiCalls(URI.create("http://slack.invalid/api/"), installed, DEADLINE)) {
            assertThat(nowhere.post(workspace, channel.id(), "", text("a"), "k"))
                    .isInstanceOf(Answer.Unreachable.class);
            assertThat(unnamed.post(workspace, channel.id(), "", text("a"), "k"))
                    .isInstanceOf(Answer.Unreachable.class);
        }
    }

    @Test
    void aMissingScopeSaysWhichOne() {
        installation.withoutScope("chat:write");
        assertThat(post("a")).isInstanceOf(Answer.Refused.class).asString().contains("missing_scope", "chat:write");
    }

    @Test
    void aRefusedTokenLosesTheWorkspaceAndIsNeverShown() {
        Workspace wrong = new Workspace(
                workspace.team(),
                "",
                "",
                workspace.botUser(),
                workspace.bot(),
                workspace.scopes(),
                "xoxb-wrong-secret");
        Answer<Posted> answer = calls.post(wrong, channel.id(), "", text("a"), "k");
        assertThat(answer).isEqualTo(new Answer.Refused<>("invalid_auth", ""));
        assertThat(installed.lost()).containsExactly("invalid_auth");
        Workspace broken = new Workspace(
                workspace.team(), "", "", workspace.botUser(), workspace.bot(), workspace.scopes(), "xoxb-\nsecret");
        assertThat(calls.post(broken, channel.id(), "", text("a"), "k").toString())
                .doesNotContain("secret");
    }

    @Test
    void anUploadShowsNothingBeforeItIsSharedAndCanBeAskedFor() {
        SlackFile file = new SlackFile("df.txt", "df", "/dev/sda1 42%");
        slack.faults().next("files.getUploadURLExternal", new Fault.Status(500));
        assertThat(calls.upload(workspace, file)).isInstanceOf(Answer.Unreachable.class);
        String id = ok(calls.upload(workspace, file));
        assertThat(channel.messages()).isEmpty();
        assertThat(calls.isShared(workspace, channel.id(), id)).isEqualTo(new Answer.Ok<>(false));
        slack.faults().next("files.completeUploadExternal", new Fault.DoneWithoutAnswer());
        assertThat(calls.share(workspace, channel.id(), "", id, "df")).isInstanceOf(Answer.Unknown.class);
        assertThat(calls.isShared(workspace, channel.id(), id)).isEqualTo(new Answer.Ok<>(true));
        assertThat(channel.messages()).hasSize(1);
    }

    @Test
    void nothingIsSentToAddressesThatAreNotSlacks() {
        for (String address : List.of(
                "https://hooks.slack.com.evil.example/actions/T1/1/x",
                "http://hooks.slack.com/actions/T1/1/x",
                "https://user@hooks.slack.com/actions/T1/1/x",
                "https://evil.example/https://hooks.slack.com/",
                "file:///etc/passwd",
                "not an address")) {
            assertThat(calls.respond(address, text("a")))
                    .as(address)
                    .isEqualTo(new Answer.Refused<>("response_url_not_accepted", "it is not an address of Slack's"));
        }
        Hosts hosts = new Hosts(URI.create("https://slack.com/api/"));
        assertThat(hosts.mayRespondTo("https://hooks.slack.com/actions/T1/1/x")).isTrue();
        assertThat(hosts.mayUploadTo("https://files.slack.com/upload/v1/x")).isTrue();
        assertThat(hosts.mayUploadTo("https://files.slack.com.evil.example/upload/v1/x"))
                .isFalse();
        assertThat(hosts.mayUploadTo("http://files.slack.com/upload/v1/x")).isFalse();
    }

    @Test
    void peopleAreReadAsSlackDescribesThem() {
        SlackUser user = ok(calls.user(workspace, alice.id()));
        assertThat(user.team()).isEqualTo(workspace.team());
        assertThat(user.bot() || user.guest() || user.stranger() || user.deactivated())
                .isFalse();
        alice.asGuest();
        assertThat(ok(calls.user(workspace, alice.id())).guest()).isTrue();
        assertThat(ok(calls.user(workspace, installation.bot().id())).bot()).isTrue();
        assertThat(calls.user(workspace, "U0NOBODY")).isInstanceOf(Answer.Refused.class);
    }

    @Test
    void aMessageIsChangedAndAPersonAddressedAlone() {
        Posted posted = ok(post("before"));
        assertThat(calls.update(workspace, posted.channel(), posted.ts(), text("after")))
                .isEqualTo(new Answer.Ok<>(posted));
        assertThat(channel.message(posted.ts()).map(PostedMessage::text)).isEqualTo(Optional.of("after"));
        ok(calls.whisper(workspace, channel.id(), "", alice.id(), text("only you")));
        channel.awaitEphemeral(alice, "only you");
        String direct = ok(calls.directTalk(workspace, alice.id()));
        ok(calls.post(workspace, direct, "", text("hello"), "k"));
        assertThat(ok(calls.link(workspace, posted.channel(), posted.ts()))).contains(channel.id());
    }
}
