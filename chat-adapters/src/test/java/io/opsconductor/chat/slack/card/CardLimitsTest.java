package io.opsconductor.chat.slack.card;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.opsconductor.brain.conversation.ChatEvent;
import io.opsconductor.brain.conversation.ChatEvent.CardCommand;
import io.opsconductor.brain.conversation.ChatEvent.PlanCard;
import io.opsconductor.brain.conversation.Choice;
import io.opsconductor.brain.outputs.Level;
import io.opsconductor.brain.outputs.OutputReading;
import io.opsconductor.brain.outputs.ReadTable;
import io.opsconductor.chat.card.Outcomes;
import io.opsconductor.chat.deliver.PlanState;
import io.opsconductor.chat.deliver.Progress;
import io.opsconductor.chat.deliver.Progress.TargetRun;
import io.opsconductor.plan.Effect;
import io.opsconductor.plan.TargetResult;
import io.opsconductor.plan.TargetStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** However large or hostile a plan, a result or a text is: everything is within Slack's limits, and nothing is lost. */
class CardLimitsTest {
    /** Characters that take much room, or would be something else as markup. */
    private static final String NASTY = "a`*_~<!channel>&\"\\:skull: שלום \uD83D\uDE80 漢字\n```x``` \t<@U1>|";

    private static final List<Effect> EFFECTS = List.of(Effect.READ, Effect.CHANGE, Effect.DESTROY);

    private static String nasty(int length) {
        String text = NASTY.repeat(length / NASTY.length() + 1);
        return text.substring(0, Character.isHighSurrogate(text.charAt(length - 1)) ? length + 1 : length);
    }

    private static String name(int n, int length) {
        return ("web-" + n + "-" + "ל<&漢-".repeat(20)).substring(0, length);
    }

    private static PlanCard plan(int steps, int targets, int characters, boolean same, int nameLength) {
        List<ChatEvent.CardStep> all = IntStream.range(0, steps)
                .mapToObj(step -> Samples.step(
                        nasty(70),
                        EFFECTS.get(step % EFFECTS.size()),
                        IntStream.rangeClosed(1, targets)
                                .mapToObj(n -> Samples.command(
                                        name(n, nameLength),
                                        n % 7 == 0 ? "env<" + n + ">" : "production",
                                        "acc&ount",
                                        same ? nasty(characters) : step + "/" + n + " " + nasty(characters)))
                                .toList()))
                .toList();
        List<String> people =
                IntStream.range(0, 60).mapToObj(n -> nasty(90) + n).toList();
        return Samples.plan(Effect.DESTROY, nasty(3_000), Samples.someoneElse(3, people.toArray(String[]::new)), all);
    }

    private static List<PlanState> states() {
        List<String> crowd = IntStream.range(0, 40)
                .mapToObj(n -> n % 2 == 0 ? "<@U" + n + ">" : Mrkdwn.escape(nasty(100)))
                .toList();
        String by = Mrkdwn.escape(nasty(200));
        return List.of(
                new PlanState.Waiting(List.of(), 0),
                new PlanState.Waiting(crowd, 2),
                new PlanState.Running(crowd, Samples.NOW, "ex-1"),
                new PlanState.Finished(crowd, Samples.NOW, "ex-1", "partial"),
                new PlanState.Denied(by, nasty(4_000), Samples.NOW),
                new PlanState.Expired(Samples.NOW),
                new PlanState.Withdrawn(by, Samples.NOW),
                new PlanState.Superseded(by, nasty(4_000), Samples.NOW));
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1, 10, true, 12",
        "1, 1, 2900, true, 12",
        "1, 1, 8192, true, 12",
        "1, 1, 60000, true, 12",
        "1, 12, 300, false, 20",
        "1, 200, 40, true, 12",
        "1, 200, 40, true, 64",
        "1, 200, 8192, true, 64",
        "1, 200, 100, false, 64",
        "1, 1000, 200, false, 64",
        "1, 200, 8192, false, 20",
        "20, 1, 60, true, 12",
        "20, 3, 200, false, 12",
        "20, 200, 100, true, 64",
        "20, 200, 100, false, 64",
        "3, 2, 8192, false, 30",
        "2, 9, 1000, false, 12"
    })
    void everyCommandStandsWholeSomewhere(int steps, int targets, int characters, boolean same, int nameLength) {
        PlanCard plan = plan(steps, targets, characters, same, nameLength);
        PlanPost waiting = PlanCards.of(plan, states().getFirst(), Samples.MENTIONS);
        for (PlanState state : states()) {
            PlanPost post = PlanCards.of(plan, state, Samples.MENTIONS);
            SlackLimits.check(post);
            assertEquals(waiting.pages(), post.pages());
            assertEquals(waiting.file(), post.file());
        }
        assertTrue(waiting.pages().size() <= 10, "at most ten messages");
        Stream<CardCommand> commands = plan.steps().stream().flatMap(step -> step.commands().stream());
        List<String> blocks = Stream.concat(Stream.of(waiting.card()), waiting.pages().stream())
                .flatMap(message -> SlackJson.codeBlocks(message).stream())
                .toList();
        // Parts of one command follow each other.
        String code = String.join("", blocks);
        String text = Stream.concat(Stream.of(waiting.card()), waiting.pages().stream())
                .map(message -> SlackJson.text(SlackJson.of(message).get("blocks")))
                .collect(Collectors.joining());
        commands.distinct().forEach(command -> {
            if (waiting.file().isPresent()) {
                String content = waiting.file().get().text();
                assertTrue(content.contains(command.command()), "the file has every command");
                assertTrue(content.contains(command.target()), "the file has every target");
            } else {
                assertTrue(code.contains(command.command()), "a code block has every command");
                assertTrue(text.contains(command.target()), "every target is named");
            }
        });
        waiting.file().ifPresent(file -> assertTrue(text.contains(file.name()), "the card names the file"));
        if (!waiting.pages().isEmpty()) {
            assertTrue(text.contains("below, in " + waiting.pages().size() + " message"));
        }
    }

    @Test
    void aCommandIsShownVerbatimInOneBlock() {
        PlanCard plan = Samples.hostile();
        PlanPost post = PlanCards.of(plan, states().getFirst(), Samples.MENTIONS);
        assertEquals(List.of(plan.steps().getFirst().command()), SlackJson.codeBlocks(post.card()));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 12, 13, 60, 200, 4_000})
    void progressIsBounded(int runs) {
        List<TargetRun> all = IntStream.range(0, runs)
                .mapToObj(n -> new TargetRun(
                        n % 3,
                        nasty(200),
                        nasty(300),
                        n % 5 != 0,
                        n % 4 == 0 ? null : Outcomes.WORST_FIRST.get(n % 7),
                        n,
                        n * 1_000L,
                        nasty(5_000)))
                .toList();
        SlackLimits.check(ResultCards.progress(new Progress("ex-1", nasty(3_000), 4_000, all)));
    }

    @ParameterizedTest
    @CsvSource({
        "1, 10",
        "1, 2801",
        "1, 1000000",
        "3, 30000",
        "5, 300",
        "12, 0",
        "13, 2000",
        "60, 2800",
        "200, 10",
        "200, 20000",
        "600, 100"
    })
    void noOutputIsLost(int targets, int characters) {
        List<TargetResult> results = new ArrayList<>();
        for (int n = 0; n < targets; n++) {
            TargetStatus status = Outcomes.WORST_FIRST.get(n % 7);
            results.add(new TargetResult(
                    n % 2,
                    nasty(120),
                    n + nasty(80),
                    status,
                    n % 3 == 0 ? null : n,
                    characters == 0 ? "" : n + " " + nasty(characters),
                    n % 2 == 0 ? "" : nasty(Math.max(1, characters)),
                    n % 9 == 0,
                    false,
                    n,
                    status == TargetStatus.SUCCEEDED ? "" : nasty(3_000)));
        }
        ResultPost post = ResultCards.result(
                nasty(3_000),
                new ChatEvent.Result("ex-1", "ap-1", "partial", nasty(3_000), results, null),
                Optional.empty());
        SlackLimits.check(post);
        assertTrue(post.targets().size() <= 10);
        String shown = post.targets().stream()
                .map(message -> SlackJson.text(SlackJson.of(message).get("blocks")))
                .collect(Collectors.joining());
        String files = post.files().stream().map(SlackFile::text).collect(Collectors.joining());
        for (TargetResult result : results) {
            for (String output : List.of(result.stdout(), result.stderr())) {
                assertTrue(
                        shown.contains(Output.shown(output)) || files.contains(output),
                        () -> "the output of " + result.target());
            }
            assertTrue(ResultCards.fullOutput(result).text().contains(result.stdout()));
            assertTrue(ResultCards.fullOutput(result).text().contains(result.stderr()));
        }
        post.files().forEach(file -> assertTrue(shown.contains(file.name()), "a message names " + file.name()));
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 10", "1, 12, 2000", "3, 1000, 60", "40, 200, 80"})
    void readingsAreBoundedAndWholeTablesAreInFiles(int readings, int rows, int characters) {
        List<TargetResult> results = IntStream.range(0, 60)
                .mapToObj(n -> Samples.result(0, "tool", n + nasty(80), Outcomes.WORST_FIRST.get(n % 7), n, "x", ""))
                .toList();
        List<ReadTable.Row> lines = IntStream.range(0, rows)
                .mapToObj(n ->
                        new ReadTable.Row(List.of("row-" + n + ".", nasty(characters), n + "%"), n % 101, Level.BAD))
                .toList();
        List<OutputReading> all = IntStream.range(0, readings)
                .mapToObj(n -> new OutputReading(
                        "tool_" + n,
                        nasty(characters),
                        new ReadTable(List.of("target", nasty(characters), "in use"), 2, lines, n)))
                .toList();
        List<Choice> next = IntStream.range(0, 5)
                .mapToObj(n -> new Choice(nasty(300), nasty(300)))
                .toList();
        ResultPost post = ResultCards.result(
                nasty(3_000),
                new ChatEvent.Result("ex-1", "ap-1", "partial", nasty(3_000), results, null, all, next),
                Optional.empty());
        SlackLimits.check(post);
        String files = post.files().stream().map(SlackFile::text).collect(Collectors.joining());
        for (int n = 0; rows > 12 && n < rows; n++) {
            assertTrue(files.contains("row-" + n + "."), "row " + n);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 100, 2_999, 9_000, 60_000})
    void wordsAreWholeAndBounded(int length) {
        List<Choice> choices = IntStream.range(0, 70)
                .mapToObj(n -> new Choice(n % 5 == 0 ? "" : nasty(120), nasty(n * 40 + 1)))
                .toList();
        String text = nasty(length);
        List<SlackMessage> said = Words.message(ChatEvent.Message.ours(text, choices));
        said.forEach(SlackLimits::check);
        SlackLimits.check(Words.question(new ChatEvent.Question("q-1", text, choices)));
        SlackLimits.check(Words.failure(new ChatEvent.Failure("code", text, text, choices, text)));
        SlackLimits.check(Words.note(text));
        SlackLimits.check(DenyForm.of(
                new DenyForm.About("ap-1", Samples.DIGEST, new FormOrigin("T1", "C1", "1.1", "1.2")), text));
        SlackLimits.check(AskForm.of(new FormOrigin("T1", "C1", "1.1", "1.2"), text));
        String items = IntStream.range(0, 300)
                .mapToObj(n -> "- item `" + n + "` " + nasty(20).replace('\n', ' '))
                .collect(Collectors.joining("\n"));
        List<SlackMessage> list = Words.message(ChatEvent.Message.ours(items));
        list.forEach(SlackLimits::check);
        String shown = list.stream()
                .map(message -> SlackJson.text(SlackJson.of(message).get("blocks")))
                .collect(Collectors.joining());
        IntStream.range(0, 300).forEach(n -> assertTrue(shown.contains("item " + n + " "), "item " + n));
    }

    @Test
    void blankTextIsNoEmptyMessage() {
        for (String text : List.of("", " ", "\n\n", "- ", "```")) {
            Words.message(ChatEvent.Message.ours(text))
                    .forEach(message -> assertEquals(1, message.blocks().size()));
            SlackLimits.check(Words.question(new ChatEvent.Question("q", "Which?" + text, List.of())));
        }
    }

    @Test
    void whatCannotBeSeenIsShown() {
        String hidden = "pay \u202Eeva\u2066 \u200Bnow";
        String shown = "pay \\u{202E}eva\\u{2066} \\u{200B}now";
        PlanCard plan = Samples.plan(
                Effect.CHANGE,
                hidden,
                Samples.someoneElse(1, hidden),
                Samples.change().steps());
        for (PlanState state :
                List.of(new PlanState.Waiting(List.of(), 0), new PlanState.Denied("bob", hidden, Samples.NOW))) {
            SlackMessage card = PlanCards.of(plan, state, identity -> hidden).card();
            String text = SlackJson.pretty(SlackJson.of(card)).replace("\\\\", "\\");
            assertTrue(text.contains(shown), text);
            assertTrue(text.codePoints().noneMatch(c -> Character.getType(c) == Character.FORMAT), text);
        }
        Words.message(ChatEvent.Message.ours(hidden, List.of(new Choice(hidden, "x"))))
                .forEach(message ->
                        assertTrue(SlackJson.text(SlackJson.of(message)).contains(shown)));
    }

    @Test
    void aCutIsVisible() {
        assertEquals("abc…", Cut.to("abcdefg", 6));
        assertEquals("abcdef", Cut.to("abcdef", 6));
        assertEquals("abc…", Cut.to("abcdef\uD83D\uDE80", 6));
        assertEquals("…efg", Cut.toEnd("abcdefg", 6));
        assertEquals("abc…", Cut.toLength("abcd\uD83D\uDE80", 4));
        assertEquals(List.of("a\n", "bbc", "d"), Cut.partsBySize("a\nbbcd", 3));
    }

    @Test
    void noTextBecomesAMention() {
        SlackMessage note = Words.note("<!channel> <@U1> & <https://evil.example|safe>");
        assertEquals("&lt;!channel&gt; &lt;@U1&gt; &amp; &lt;https://evil.example|safe&gt;", note.text());
        assertEquals(
                0,
                SlackJson.objects(SlackJson.of(note))
                        .filter(object -> SlackJson.is(object, "user")
                                || SlackJson.is(object, "link")
                                || SlackJson.is(object, "broadcast"))
                        .count());
    }
}
