package io.opsconductor.chat.slack.card;

import com.slack.api.model.view.View;
import io.opsconductor.brain.Refusal;
import io.opsconductor.brain.conversation.ChatEvent;
import io.opsconductor.brain.conversation.Choice;
import io.opsconductor.brain.revision.Edited;
import io.opsconductor.chat.card.Destroyed;
import io.opsconductor.plan.Problem;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is said, and simple forms, against their golden files. */
class WordsCardGoldenTest {
    private static final FormOrigin PLACE = FormSamples.PLACE;

    @Test
    void messagesOfOurs() throws IOException {
        List<SlackMessage> messages = Words.message(ChatEvent.Message.ours(
                """
                These tools are known:
                - `check_disk_space`: how full the file systems are (only looks)
                - `restart_service`: restarts a service (changes something)

                Ask in plain words, such as "check disk space on web-server-01". *Not bold*, <!channel> no call,
                https://example.org no link, :skull: no emoji.\
                """,
                List.of(
                        new Choice("Check disk space", "check disk space on web-server-01"),
                        new Choice("Help", "help"))));
        messages.forEach(SlackLimits::check);
        Goldens.check("words-message", SlackJson.of(messages));
    }

    @Test
    void aListOfWhatRanWithMoreToCome() throws IOException {
        List<SlackMessage> messages =
                Words.message(ChatEvent.Message.ours("""
                What ran on web-server-01 on 2026-11-25 (UTC), newest first:
                - 14:03 restart_service (nginx) on web-server-01: failed. Asked by carol, approved by bob.
                - 13:58 check_disk_space on web-server-01, web-server-02: succeeded. Asked by alice, no approval needed.
                and 12 more: say "more".\
                """, List.of(new Choice("Show more", "more"))));
        messages.forEach(SlackLimits::check);
        Goldens.check("words-history", SlackJson.of(messages));
    }

    @Test
    void aQuestion() throws IOException {
        check(
                "words-question",
                Words.question(new ChatEvent.Question(
                        "q-1",
                        "Which service should be restarted on web-server-01?",
                        List.of(new Choice("nginx", "nginx"), new Choice("ssh", "ssh")))));
    }

    @Test
    void aQuestionWithManyChoices() throws IOException {
        check(
                "words-question-many",
                Words.question(new ChatEvent.Question(
                        "q-1",
                        "Which server?",
                        IntStream.rangeClosed(1, 32)
                                .mapToObj("web-server-%02d"::formatted)
                                .map(name -> new Choice(name, name))
                                .toList())));
    }

    @Test
    void aFailure() throws IOException {
        check(
                "words-failure",
                Words.failure(new ChatEvent.Failure(
                        "unknown_target",
                        "No target of the inventory is called \"web-servr-01\".",
                        "Did you mean web-server-01?",
                        List.of(new Choice("web-server-01", "check disk space on web-server-01")),
                        "e-4711")));
    }

    @Test
    void aRefusalSaysWhyAndWhoMay() throws IOException {
        check(
                "words-refusal",
                Words.refusal(new Refusal(
                        403,
                        Problem.of(
                                "not_allowed",
                                "you may not approve this plan: a change in production needs somebody else",
                                "ask one of those who may",
                                List.of("bob", "carol")))));
    }

    @Test
    void aRefusalKeepsANameThatItBeginsWithAsItIs() throws IOException {
        check(
                "words-refusal-name",
                Words.refusal(Refusal.of(
                        409, "already_decided", "bob approved this plan at 10:30", "see the result in the thread")));
    }

    @Test
    void ourWordsAboutSomebodyMentionThem() throws IOException {
        check(
                "words-about",
                Words.about(
                                ChatEvent.Message.naming("slack:T1/U024BOB", "bob asked to cancel what is running."),
                                new Subject("bob", "<@U024BOB>"))
                        .getFirst());
        check(
                "words-about-renamed",
                Words.about(
                                ChatEvent.Message.naming("slack:T1/U024BOB", "bob asked to cancel what is running."),
                                new Subject("Robert", "<@U024BOB>"))
                        .getFirst());
    }

    @Test
    void theFormForTheCodeOfWhatDestroys() throws IOException {
        check(
                "form-code",
                CodeForm.of(
                        new CodeForm.About("ap-7f3k2", Samples.DIGEST, PLACE),
                        Samples.destroy().summary(),
                        Destroyed.by(Samples.destroy())));
    }

    @Test
    void aPlanThatChangedIsOfferedAnew() throws IOException {
        check(
                "words-changed",
                Words.changed(
                        Refusal.of(
                                409,
                                "changed_since_preview",
                                "since the preview was shown, this changed: the tool restart_service",
                                "preview the plan again and have the new preview approved"),
                        "ap-7f3k2"));
    }

    @Test
    void theFormForADenial() throws IOException {
        check(
                "form-deny",
                DenyForm.of(
                        new DenyForm.About("ap-7f3k2", Samples.DIGEST, PLACE),
                        Samples.change().summary()));
    }

    @Test
    void theFormForAQuestionAboutAMessage() throws IOException {
        check(
                "form-ask",
                AskForm.of(
                        PLACE,
                        "The disk of web-server-01 is *full* again <!here>. Can somebody look?\n"
                                + "log ".repeat(100)));
    }

    @Test
    void theFormForOtherValues() throws IOException {
        check("form-edit", EditModal.of(FormSamples.edit(), PLACE));
    }

    @Test
    void theFormForOtherValuesWithProblems() throws IOException {
        check(
                "form-edit-problems",
                EditModal.of(
                        FormSamples.edit(),
                        PLACE,
                        Map.of("0.path", "relative/path", "0.older_than_days", "45"),
                        Map.of("0.path", "relative/path is no absolute path: begin it with /")));
    }

    @Test
    void valuesThatCannotBeUsed() throws IOException {
        check(
                "words-edit-invalid",
                EditModal.invalid(
                        FormSamples.edit(),
                        new Edited.Invalid(Map.of("0.path", "relative/path is no absolute path: begin it with /"))));
    }

    @Test
    void theHomeOfSomebodyNew() throws IOException {
        check(
                "home-new",
                HomeView.of(
                        FormSamples.nothing(),
                        List.of("check disk space on web-server-01", "which servers are there", "help"),
                        Samples.MENTIONS,
                        FormSamples.LINKS));
    }

    @Test
    void theHomeOfSomebodyBusy() throws IOException {
        check(
                "home-busy",
                HomeView.of(
                        FormSamples.concerns(),
                        List.of("check disk space on web-server-01", "help"),
                        Samples.MENTIONS,
                        FormSamples.LINKS));
    }

    private static void check(String name, SlackMessage message) throws IOException {
        SlackLimits.check(message);
        Goldens.check(name, SlackJson.of(message));
    }

    private static void check(String name, View view) throws IOException {
        SlackLimits.check(view);
        Goldens.check(name, SlackJson.of(view));
    }
}
