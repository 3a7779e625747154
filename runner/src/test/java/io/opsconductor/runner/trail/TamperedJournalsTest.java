package io.opsconductor.runner.trail;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsconductor.json.Json;
import io.opsconductor.kit.journal.JournalEntry;
import io.opsconductor.runner.cli.RunnerCli;
import io.opsconductor.runner.keys.DevelopmentKeys;
import io.opsconductor.runner.keys.KeyRotation;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import picocli.CommandLine;

/** Whatever somebody does to the records is found, with its place; what time and crashes do to them is not taken for that. */
class TamperedJournalsTest {
    private static RecordedHome recorded;

    @TempDir
    private static Path shared;

    @TempDir
    private Path directory;

    @BeforeAll
    static void record() {
        recorded = RecordedHome.make(shared.resolve("home"));
    }

    /** One kind of tampering, and what the verifier says of it. */
    @SuppressWarnings("ImmutableEnumChecker") // Each act is a lambda that holds nothing.
    enum Tampering {
        A_LINE_IS_EDITED(
                home -> edited(home, "runner", 4, line -> line.replace("web:bob", "web:eve")),
                "runner/journal/journal.jsonl:4 was changed after it was written. Keep the file"),
        A_LINE_IS_EDITED_AND_HASHED_AGAIN(
                home -> edited(home, "runner", 4, line -> rehashed(line.replace("web:bob", "web:eve"))),
                "runner/journal/journal.jsonl:5 does not follow the line before it"),
        A_LINE_IS_TAKEN_OUT(
                home -> without(home, "chatbot", 3),
                "chatbot/journal/journal.jsonl:3 has number 4 in the place of 3: lines are missing before it"),
        THE_FIRST_LINES_ARE_TAKEN_OUT(
                home -> without(home, "runner", 1, 2, 3),
                "runner/journal/journal.jsonl:1 has number 4 in the place of 1: lines are missing before it"),
        TWO_LINES_CHANGE_PLACES(
                home -> swapped(home, "runner", 3, 4),
                "runner/journal/journal.jsonl:4 has number 3 in the place of 5: it is"
                        + " out of order or there twice"),
        A_LINE_IS_THERE_TWICE(
                home -> doubled(home, "runner", 5),
                "runner/journal/journal.jsonl:6 has number 5 in the place of 6: it is out of order or there twice"),
        A_LINE_IS_NOT_JSON(
                home -> edited(home, "runner", 2, line -> line.substring(1)),
                "runner/journal/journal.jsonl:2 is not a journal entry ("),
        THE_TAIL_IS_CUT(
                home -> {
                    List<String> all = home.lines(home.journal("runner"));
                    home.write(home.journal("runner"), all.subList(0, all.size() - 2));
                },
                "runner/journal/journal.jsonl has not 2 lines that the store has a copy of, the first with number 14"),
        THE_TAIL_IS_CUT_WITH_THE_COPY(
                home -> home.cut("runner", 2),
                "runner/journal/journal.jsonl:13 is the end, with number 13, but checkpoint 2 in"
                        + " runner/checkpoints/checkpoints.jsonl signed line 15 on "),
        THE_TAIL_IS_CUT_WITH_COPY_AND_CHECKPOINT(
                home -> {
                    home.cut("chatbot", 3);
                    withoutCheckpoint(home, "chatbot", 2);
                    home.store("chatbot", "delete from checkpoint where number = 2");
                },
                "runner/journal/journal.jsonl:12 accepts execution-2, which the chatbot's journal never requested"),
        THE_JOURNAL_IS_EMPTIED(
                home -> home.cut("chatbot", home.lines(home.journal("chatbot")).size()),
                "chatbot/journal/journal.jsonl is the end, with number 0, but checkpoint 2 in"),
        THE_WHOLE_CHAIN_IS_WRITTEN_ANEW(
                home -> home.rewrite("runner", line -> !line.contains("step_started")),
                "is not the line that checkpoint 1 in runner/checkpoints/checkpoints.jsonl signed: it, or a line before it,"
                        + " was written anew"),
        THE_WHOLE_CHAIN_IS_WRITTEN_ANEW_AND_SIGNED_WITH_THE_VERY_KEY(
                home -> {
                    home.rewrite("chatbot", line -> !line.contains("not_there"));
                    home.signAnew("chatbot");
                },
                "saw another checkpoint 1 of the chatbot on "),
        THE_COPY_IS_EDITED(
                home -> home.store("runner", "update journal set hash = 'sha256:0' where seq = 2"),
                "runner/journal/journal.jsonl:2 is not the line that the store has a copy of as number 2"),
        THE_COPY_HAS_MORE(
                home -> home.store(
                        "runner",
                        "insert into journal (seq, at, type, conversation, execution, digest, hash, line) select seq + 100, at, type, conversation, execution, digest, hash, line from"
                                + " journal where seq = 1"),
                "runner/journal/journal.jsonl has not 1 line that the store has a copy of, the first with number 101"),
        A_CHECKPOINT_IS_MISSING(
                home -> withoutCheckpoint(home, "runner", 1),
                "runner/checkpoints/checkpoints.jsonl:1 is checkpoint 2 in the place of 1: checkpoints are missing"),
        THE_LAST_CHECKPOINT_IS_MISSING(
                home -> withoutCheckpoint(home, "runner", 2),
                "runner/checkpoints/checkpoints.jsonl has not checkpoint 2, nor 0 others, that the store has copies of"),
        ALL_CHECKPOINTS_ARE_MISSING(
                home -> {
                    home.write(home.checkpoints("chatbot"), List.of());
                    home.store("chatbot", "delete from checkpoint");
                },
                "saw checkpoint 1 of the chatbot on "),
        A_CHECKPOINT_SIGNS_SOMETHING_ELSE(
                home -> checkpoint(home, "runner", 2, text -> text.replaceFirst("\"seq\":15", "\"seq\":14")),
                "runner/checkpoints/checkpoints.jsonl:2 has a signature that does not fit it: it is forged"),
        A_CHECKPOINT_IS_OF_THE_OTHER_PROCESS(
                home -> home.write(home.checkpoints("runner"), home.lines(home.checkpoints("chatbot"))),
                "runner/checkpoints/checkpoints.jsonl:1 is signed with the key "),
        A_CHECKPOINT_IS_NOT_JSON(
                home -> checkpoint(home, "runner", 2, text -> "?" + text),
                "runner/checkpoints/checkpoints.jsonl:2 is not a checkpoint ("),
        A_CHECKPOINTS_COPY_IS_EDITED(
                home -> home.store("runner", "update checkpoint set digest = 'sha256:0' where number = 1"),
                "runner/checkpoints/checkpoints.jsonl:1 is not the checkpoint that the store has a copy of"),
        THE_AUDIT_KEY_IS_EXCHANGED(
                home -> {
                    delete(home.path().resolve("keys/audit/runner.key"));
                    delete(home.path().resolve("keys/audit/runner.pub"));
                    DevelopmentKeys.ensure(home.path(), InstantSource.system());
                    home.run("3", 1L << 26);
                },
                "runner/checkpoints/checkpoints.jsonl:1 is signed with the key "),
        THE_AUDIT_KEY_IS_EXCHANGED_AND_THE_OLD_ONE_PUT_BACK_BESIDE_IT(
                home -> {
                    Path former = home.path()
                            .resolve("keys/audit/runner-"
                                    + home.checkpoint("runner", 1).orElseThrow().keyId() + ".pub");
                    move(home.path().resolve("keys/audit/runner.pub"), former);
                    delete(home.path().resolve("keys/audit/runner.key"));
                    DevelopmentKeys.ensure(home.path(), InstantSource.system());
                    home.run("3", 1L << 26);
                },
                ", did not hand on to"),
        THE_CHATBOT_NEVER_REQUESTED_IT(
                home -> home.rewrite("chatbot", line -> !line.contains("execution_requested")),
                "runner/journal/journal.jsonl:4 accepts execution-1, which the chatbot's journal never requested"),
        THE_CHATBOT_REQUESTED_ANOTHER_PLAN(
                home -> replanned(home, "execution_requested"),
                "runner/journal/journal.jsonl:4 accepts execution-1 with " + RecordedHome.digest("1") + ", where"),
        A_VOTE_WAS_NEVER_GIVEN(
                home -> home.rewrite("chatbot", line -> !line.contains("\"decision\"")),
                "counts web:bob's decision (approve), which the chatbot's journal does not have"),
        THE_RUNNER_NEVER_CHECKED_A_DECISION(
                home -> home.rewrite("runner", line -> !line.contains("decision_checked")),
                "has web:bob's decision (approve), which the runner's journal never checked"),
        THE_RUNNER_NEVER_ISSUED_A_PREVIEW(
                home -> home.rewrite("runner", line -> !line.contains("preview_issued")),
                "shows approval a1 with " + RecordedHome.digest("1") + ", which the runner's journal never issued"),
        THE_RUNNER_DOES_NOT_KNOW_WHAT_SUCCEEDED(
                home -> home.rewrite("runner", line -> !line.contains("execution-1")),
                "posts that execution-1 succeeded, which the runner's journal does not know"),
        NOBODY_SAID_THAT_NO_APPROVAL_IS_NEEDED(
                home -> {
                    home.others();
                    home.rewrite("chatbot", line -> !line.contains("no_approval_needed"));
                },
                "accepts execution-read with nobody's approval, where the chatbot's journal does not have that none was needed"),
        THE_CHATBOT_FORGOT_THE_BROKEN_GLASS(
                home -> {
                    home.others();
                    home.rewrite("chatbot", line -> !line.contains("break_glass"));
                },
                "breaks the glass for execution-glass, which the chatbot's journal does not have"),
        THE_RUNNER_FORGOT_THE_BROKEN_GLASS(
                home -> {
                    home.others();
                    home.rewrite("runner", line -> !line.contains("break_glass"));
                },
                "breaks the glass for execution-glass, which the runner's journal accepted without that mark"),
        THE_GLASS_WAS_BROKEN_FOR_ANOTHER_REASON(
                home -> {
                    home.others();
                    List<String> lines = home.lines(home.journal("chatbot"));
                    lines.replaceAll(line -> line.replace("it burns", "I may"));
                    home.write(home.journal("chatbot"), lines);
                    home.rewrite("chatbot", line -> true);
                },
                "breaks the glass for execution-glass for another reason than chatbot/journal/journal.jsonl:"),
        A_WITHDRAWN_PLAN_RAN(
                home -> ranInstead(home, "withdrawn"),
                "requests execution-read, whose plan was withdrawn by chatbot/journal/journal.jsonl:"),
        AN_EXPIRED_PLAN_RAN(
                home -> ranInstead(home, "expired"),
                "requests execution-read, whose plan was expired by chatbot/journal/journal.jsonl:"),
        A_DENIED_PLAN_RAN(
                home -> home.diedBeforeItDenied("3", Optional.empty()),
                "requests execution-3, whose plan was denied by chatbot/journal/journal.jsonl:"),
        A_DENIED_PLAN_RAN_AND_ANOTHER_LINE_IS_TAKEN_BACK(
                home -> home.diedBeforeItDenied("3", Optional.of(Map.entry("deny", -1))),
                "takes back web:carol's decision (deny) in line "),
        A_DENIED_PLAN_RAN_AND_ANOTHER_DECISION_IS_TAKEN_BACK(
                home -> home.diedBeforeItDenied("3", Optional.of(Map.entry("approve", 0))),
                "takes back web:carol's decision (approve) in line "),
        A_PLAN_RAN_THAT_ANOTHER_CHATBOT_DENIED(
                home -> home.takenOverFrom("elsewhere", "c-3"),
                "requests execution-elsewhere-denied, whose plan was denied by line 5 of chatbot c-2"),
        AN_APPROVAL_THAT_COUNTED_IS_TAKEN_BACK(
                home -> {
                    List<String> lines = home.lines(home.journal("chatbot"));
                    int approval = line(lines, "\"decision\":\"approve\"");
                    lines.add(
                            approval,
                            lines.get(approval - 1)
                                    .replace("\"type\":\"decision\"", "\"type\":\"decision_void\"")
                                    .replace("\"data\":{", "\"data\":{\"line\":\"" + approval + "\","));
                    home.write(home.journal("chatbot"), lines);
                    home.rewrite("chatbot", line -> true);
                },
                "counts web:bob's decision (approve), which the chatbot's journal does not have"),
        A_DECISION_THAT_THE_RUNNER_WAITS_FOR_IS_SAID_TO_BE_LOST(
                home -> home.powerCut("3", ""),
                "has web:bob's decision (approve), which the runner's journal never checked"),
        A_JOURNAL_IS_GONE(
                home -> {
                    delete(home.journal("chatbot"));
                    delete(home.checkpoints("chatbot"));
                },
                "chatbot/journal/journal.jsonl is not here, so that nobody can say whether both journals tell the same. Put a"
                        + " copy of it there, or verify this side alone with --only runner");

        private final Act act;
        private final String said;

        Tampering(Act act, String said) {
            this.act = act;
            this.said = said;
        }
    }

    private interface Act {
        void on(RecordedHome home);
    }

    @ParameterizedTest
    @EnumSource
    void itIsFoundAndItsPlaceIsNamed(Tampering tampering) {
        RecordedHome home = recorded.copiedTo(directory.resolve("home"));
        tampering.act.on(home);
        assertThat(home.verified().defects())
                .extracting(Defect::text)
                .anySatisfy(text -> assertThat(text).contains(tampering.said));
    }

    /** What happens to records in the course of things. */
    @SuppressWarnings("ImmutableEnumChecker") // As above.
    enum Innocent {
        NOTHING(home -> {}),
        PLANS_THAT_NOBODY_NEED_APPROVE_WITH_BROKEN_GLASS_AND_WITHDRAWN(RecordedHome::others),
        THE_LAST_LINES_ARE_TORN_BY_A_CRASH(home -> {
            append(home.journal("runner"), "{\"seq\":16,\"at\":\"20");
            append(home.checkpoints("runner"), "{\"number\":3,");
            home.run("3", 1L << 26);
            append(home.journal("runner"), "{\"seq\":26");
            append(home.checkpoints("runner"), "{");
        }),
        A_CHATBOT_DIED_BEFORE_A_DENIAL_WAS_STORED_AND_SAID_SO(
                home -> home.diedBeforeItDenied("3", Optional.of(Map.entry("deny", 0)))),
        A_POWER_CUT_TOOK_THE_LINE_OF_A_DECISION_THAT_SUFFICED(home -> home.powerCut("3", "execution-3")),
        LINES_CAME_AFTER_THE_LAST_CHECKPOINT_AND_A_CRASH(home -> {
            withoutCheckpoint(home, "chatbot", 2);
            home.store("chatbot", "delete from checkpoint where number = 2");
        }),
        FULL_FILES_WERE_PUT_ASIDE(home -> {
            home.run("3", 700);
            home.run("4", 700);
        }),
        THE_AUDIT_KEYS_WERE_REPLACED_TWICE(home -> {
            for (String name : List.of("3", "4")) {
                KeyRotation rotation = new KeyRotation(home.path(), InstantSource.system());
                rotation.audit("runner");
                rotation.audit("chatbot");
                home.run(name, 700);
            }
        }),
        A_CHATBOT_TOOK_OVER_FROM_ANOTHER(home -> home.takenOverFrom("elsewhere", "c-2")),
        ANOTHER_RUNNER_THAT_SHARES_THE_STORE_SERVED_A_REQUEST(home -> home.runAtAnother("elsewhere")),
        THE_STORES_ARE_NOT_HERE(home -> {
            delete(home.path().resolve("runner/store.db"));
            delete(home.path().resolve("chatbot/store.db"));
        }),
        THE_STORES_WERE_LOST_AND_FILLED_AGAIN(home -> {
            for (String process : HomeFiles.PROCESSES) {
                delete(home.path().resolve(process + "/store.db"));
                delete(home.path().resolve(process + "/store.db-wal"));
                delete(home.path().resolve(process + "/store.db-shm"));
            }
            home.run("3", 1L << 26);
        });

        private final Act act;

        Innocent(Act act) {
            this.act = act;
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatTimeAndCrashesDoIsNotTakenForTampering(Innocent course) {
        RecordedHome home = recorded.copiedTo(directory.resolve("home"));
        course.act.on(home);
        Verification verification = home.verified();
        assertThat(verification.defects()).extracting(Defect::text).isEmpty();
        assertThat(verification.journals()).isEqualTo(2);
    }

    @Test
    void whatAPowerCutTookIsSaidWithTheStopThatMayHaveTakenIt() {
        RecordedHome home = recorded.copiedTo(directory.resolve("home"));
        home.powerCut("3", "execution-3");
        assertThat(home.verified().notes())
                .anySatisfy(note -> assertThat(note)
                        .startsWith("chatbot/journal/journal.jsonl:")
                        .contains(
                                " has web:bob's decision (approve), which the runner's journal does not witness: the runner"
                                        + " stopped without a word between ",
                                " (runner/journal/journal.jsonl:",
                                "), and what it wrote last may not have been on disk"));
    }

    @Test
    void aDecisionThatWasNeverStoredIsSaidToBeNone() {
        RecordedHome home = recorded.copiedTo(directory.resolve("home"));
        home.diedBeforeItDenied("3", Optional.of(Map.entry("deny", 0)));
        assertThat(home.verified().notes())
                .anySatisfy(note -> assertThat(note)
                        .startsWith("chatbot/journal/journal.jsonl:")
                        .contains(" says that web:carol's decision (deny) in line ")
                        .endsWith(" does not count: the chatbot could not store it, or died before"));
    }

    @Test
    void aFullFileThatIsTakenAwayIsMissed() throws IOException {
        RecordedHome home = recorded.copiedTo(directory.resolve("home"));
        home.run("3", 700);
        Path first = home.path().resolve("runner/journal/journal-000000000001.jsonl");
        assertThat(first).exists();
        Files.delete(first);
        assertThat(home.verified().defects())
                .extracting(Defect::text)
                .anySatisfy(text -> assertThat(text).contains(": lines are missing before it"));
    }

    @Test
    void exitCodesSayWhatIsTheCase() {
        RecordedHome home = recorded.copiedTo(directory.resolve("home"));
        assertThat(verify(home.path())).isZero();
        assertThat(verify(home.path(), "--only", "runner")).isZero();
        assertThat(verify(home.path(), "--only", "demo")).isEqualTo(2);
        home.cut("runner", 1);
        assertThat(verify(home.path())).isEqualTo(1);
        assertThat(verify(directory.resolve("none"))).isEqualTo(3);
    }

    @Test
    void aJournalThatIsNotContinuedIsBegunAnewAndBothHoldFromThere() throws IOException {
        RecordedHome home = recorded.copiedTo(directory.resolve("home"));
        home.cut("runner", 2);
        int code = run(
                "audit",
                "anew",
                "runner",
                "--reason",
                "a disk was lost",
                "--home",
                home.path().toString());
        assertThat(code).isZero();
        Path evidence = Path.of(out.toString().strip().replaceFirst(".* what was is in ", ""));
        assertThat(evidence.resolve("journal/journal.jsonl")).exists();
        assertThat(evidence.resolve("checkpoints/checkpoints.jsonl")).exists();
        assertThat(Files.readAllLines(evidence.resolve("copy-of-journal.jsonl")))
                .hasSize(13);
        home.run("3", 1L << 26);
        assertThat(home.verified().defects()).extracting(Defect::text).isEmpty();
        assertThat(Files.readString(home.journal("runner"))).contains("journal_begun_anew", "a disk was lost");
    }

    private final StringWriter out = new StringWriter();

    private int verify(Path home, String... more) {
        String[] arguments =
                Arrays.copyOf(new String[] {"audit", "verify", "--home", home.toString()}, 4 + more.length);
        System.arraycopy(more, 0, arguments, 4, more.length);
        return run(arguments);
    }

    private int run(String... arguments) {
        CommandLine line = RunnerCli.commandLine();
        line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(new StringWriter(), true));
        return line.execute(arguments);
    }

    private static void edited(RecordedHome home, String process, int line, UnaryOperator<String> edit) {
        List<String> lines = home.lines(home.journal(process));
        lines.set(line - 1, edit.apply(lines.get(line - 1)));
        home.write(home.journal(process), lines);
    }

    private static String rehashed(String line) {
        JournalEntry entry = Json.read(line, JournalEntry.class);
        return line.replace(entry.hash(), entry.computedHash());
    }

    private static void without(RecordedHome home, String process, Integer... numbers) {
        List<String> lines = home.lines(home.journal(process));
        List<Integer> gone = List.of(numbers);
        for (int i = lines.size(); i > 0; i--) {
            if (gone.contains(i)) {
                lines.remove(i - 1);
            }
        }
        home.write(home.journal(process), lines);
    }

    /** The number of the first line that has a text. */
    private static int line(List<String> lines, String text) {
        return lines.indexOf(lines.stream()
                        .filter(line -> line.contains(text))
                        .findFirst()
                        .orElseThrow())
                + 1;
    }

    private static void swapped(RecordedHome home, String process, int one, int other) {
        List<String> lines = home.lines(home.journal(process));
        Collections.swap(lines, one - 1, other - 1);
        home.write(home.journal(process), lines);
    }

    private static void doubled(RecordedHome home, String process, int line) {
        List<String> lines = home.lines(home.journal(process));
        lines.add(line, lines.get(line - 1));
        home.write(home.journal(process), lines);
    }

    /** What was executed is a plan that had ended, in a chain that is written anew. */
    private static void ranInstead(RecordedHome home, String name) {
        home.others();
        List<String> lines = home.lines(home.journal("chatbot"));
        lines.replaceAll(line -> line.contains("execution_requested")
                ? line.replace(RecordedHome.digest("read"), RecordedHome.digest(name))
                : line);
        home.write(home.journal("chatbot"), lines);
        home.rewrite("chatbot", line -> true);
    }

    /** The chatbot's request is of another plan, in a chain that is written anew. */
    private static void replanned(RecordedHome home, String type) {
        List<String> lines = home.lines(home.journal("chatbot"));
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).contains(type)) {
                lines.set(i, lines.get(i).replace(RecordedHome.digest("1"), RecordedHome.digest("other")));
            }
        }
        home.write(home.journal("chatbot"), lines);
        home.rewrite("chatbot", line -> true);
    }

    private static void withoutCheckpoint(RecordedHome home, String process, int line) {
        List<String> lines = home.lines(home.checkpoints(process));
        lines.remove(line - 1);
        home.write(home.checkpoints(process), lines);
    }

    private static void checkpoint(RecordedHome home, String process, int line, UnaryOperator<String> edit) {
        List<String> lines = home.lines(home.checkpoints(process));
        String before = lines.get(line - 1);
        lines.set(line - 1, edit.apply(before));
        assertThat(lines.get(line - 1)).isNotEqualTo(before);
        home.write(home.checkpoints(process), lines);
    }

    private static void append(Path file, String text) {
        try {
            Files.writeString(file, text, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void move(Path from, Path to) {
        try {
            Files.move(from, to);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
