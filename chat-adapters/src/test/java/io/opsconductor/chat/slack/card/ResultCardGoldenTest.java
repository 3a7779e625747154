package io.opsconductor.chat.slack.card;

import static io.opsconductor.plan.TargetStatus.FAILED;
import static io.opsconductor.plan.TargetStatus.INTERRUPTED;
import static io.opsconductor.plan.TargetStatus.SKIPPED;
import static io.opsconductor.plan.TargetStatus.SUCCEEDED;
import static io.opsconductor.plan.TargetStatus.TIMED_OUT;
import static io.opsconductor.plan.TargetStatus.UNREACHABLE;

import io.opsconductor.brain.conversation.ChatEvent;
import io.opsconductor.brain.conversation.Choice;
import io.opsconductor.brain.outputs.Level;
import io.opsconductor.brain.outputs.OutputReading;
import io.opsconductor.brain.outputs.ReadTable;
import io.opsconductor.chat.deliver.Progress;
import io.opsconductor.chat.deliver.Progress.TargetRun;
import io.opsconductor.plan.TargetResult;
import io.opsconductor.plan.TargetStatus;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Progress and results against their golden files. */
class ResultCardGoldenTest {
    private static final String DF = """
        Filesystem     Use% Mounted on
        /dev/sda1       42% /
        /dev/sdb1       91% /var/lib
        """;
    private static final String SUMMARY = "Check disk space on all web servers";

    private static TargetRun run(int step, String target, @Nullable TargetStatus status, String tail) {
        boolean started = status != SKIPPED && !tail.equals("-");
        Integer exit = status == SUCCEEDED ? Integer.valueOf(0) : status == FAILED ? Integer.valueOf(3) : null;
        return new TargetRun(
                step,
                "check_disk_space",
                target,
                started,
                status,
                exit,
                status == null ? 0 : 840,
                tail.equals("-") ? "" : tail);
    }

    @Test
    void progressOfFewTargets() throws IOException {
        check(
                "progress-few",
                new Progress(
                        "ex-1",
                        SUMMARY,
                        42,
                        List.of(
                                run(0, "web-01", SUCCEEDED, "done"),
                                run(0, "web-02", FAILED, "df: /mnt: Permission denied\n"),
                                run(0, "web-03", null, "1\n2\n3\n4\nreading /var/lib/*.log"),
                                run(0, "web-04", null, "-"))));
    }

    @Test
    void progressOfManyTargets() throws IOException {
        List<TargetRun> runs = new ArrayList<>();
        for (int n = 1; n <= 120; n++) {
            String target = "web-server-%03d".formatted(n);
            runs.add(
                    n % 19 == 0
                            ? run(0, target, FAILED, "no space left on device")
                            : n <= 60
                                    ? run(0, target, SUCCEEDED, "")
                                    : n <= 72 ? run(0, target, null, "copying") : run(0, target, null, "-"));
        }
        check("progress-many", new Progress("ex-1", SUMMARY, 754, runs));
    }

    private static void check(String name, Progress progress) throws IOException {
        SlackMessage message = ResultCards.progress(progress);
        SlackLimits.check(message);
        Goldens.check(name, SlackJson.of(message));
    }

    @Test
    void resultOfOneTarget() throws IOException {
        check("result-succeeded", "succeeded", "1 succeeded", List.of(of("web-server-01", SUCCEEDED, 0, DF, "")));
    }

    @Test
    void resultOfMixedTargetsIsWorstFirst() throws IOException {
        check(
                "result-partial",
                "partial",
                "2 succeeded, 1 failed, 1 timed out, 1 unreachable, 1 of unknown outcome",
                List.of(
                        of("web-01", SUCCEEDED, 0, DF, ""),
                        of("web-02", FAILED, 1, "", "df: /mnt: Permission *denied* <!here>\n"),
                        of("web-03", TIMED_OUT, null, "reading\u001b[31m red\n", ""),
                        of("web-04", UNREACHABLE, null, "", ""),
                        of("web-05", INTERRUPTED, null, "", ""),
                        of("web-06", SUCCEEDED, 0, "", "")));
    }

    @Test
    void resultOfManyTargets() throws IOException {
        check(
                "result-many",
                "partial",
                "27 succeeded, 3 failed",
                IntStream.rangeClosed(1, 30)
                        .mapToObj(n -> n % 10 == 0
                                ? of("web-server-%02d".formatted(n), FAILED, 1, "", "no space left on device\n")
                                : of("web-server-%02d".formatted(n), SUCCEEDED, 0, "ok\n", ""))
                        .toList());
    }

    @Test
    void longOutputIsAFile() throws IOException {
        String log = IntStream.rangeClosed(1, 400)
                .mapToObj("2026-10-05T12:%1$04d nginx[%1$d]: GET /index.html 200"::formatted)
                .collect(Collectors.joining("\n", "", "\n"));
        TargetResult cut = new TargetResult(
                0, "service_logs", "web-02", SUCCEEDED, 0, "only the beginning\n", "", true, false, 75_000, "");
        check(
                "result-long-output",
                "succeeded",
                "2 succeeded",
                List.of(Samples.result(0, "service_logs", "web-01", SUCCEEDED, 0, log, "warning: slow\n"), cut));
    }

    @Test
    void resultOfSeveralSteps() throws IOException {
        check(
                "result-steps",
                "failed",
                "1 succeeded, 1 failed, 1 skipped",
                List.of(
                        Samples.result(0, "backup", "db-01", SUCCEEDED, 0, "written\n", ""),
                        Samples.result(1, "restart_service", "db-01", FAILED, 5, "", "Unit not found\n"),
                        new TargetResult(
                                2,
                                "service_status",
                                "db-01",
                                SKIPPED,
                                null,
                                "",
                                "",
                                false,
                                false,
                                0,
                                "an earlier step failed")));
    }

    @Test
    void whatTheOutputsSayStandsAboveThem() throws IOException {
        List<TargetResult> results = List.of(
                of("web-01", SUCCEEDED, 0, DF, ""),
                of("web-02", SUCCEEDED, 0, DF, ""),
                of("web-03", UNREACHABLE, null, "", ""));
        OutputReading disks = new OutputReading(
                "check_disk_space",
                "Fullest: /var/lib on web-02, 91% used, 4.1G free; 2 others below 80%; nothing to read from web-03.",
                new ReadTable(
                        List.of("target", "file system", "in use", "free"),
                        2,
                        List.of(
                                new ReadTable.Row(List.of("web-02", "/var/lib", "91%", "4.1G"), 91, Level.BAD),
                                new ReadTable.Row(List.of("web-01", "/", "42%", "23G"), 42, Level.OK),
                                new ReadTable.Row(List.of("web-02", "/ <!here> *b*", "41%", "24G"), 41, Level.OK)),
                        0));
        OutputReading one = new OutputReading("memory", "web-01: 12% of memory in use, 6.9G of 7.8G available.", null);
        check(
                "result-read",
                new ChatEvent.Result(
                        "ex-1",
                        "ap-7f3k2",
                        "partial",
                        "2 succeeded, 1 unreachable",
                        results,
                        null,
                        List.of(disks, one),
                        List.of(
                                choice("show the biggest directories on web-02"),
                                choice("check disk space on web-03"))));
    }

    @Test
    void aLongTableIsCutVisiblyAndComesWholeAsAFile() throws IOException {
        List<ReadTable.Row> rows = IntStream.rangeClosed(1, 50)
                .mapToObj(n -> new ReadTable.Row(
                        List.of("web-server-%02d".formatted(n), "/", (100 - n) + "%", n + ".0G"),
                        100 - n,
                        n <= 10 ? Level.BAD : n <= 20 ? Level.WARN : Level.OK))
                .toList();
        check(
                "result-read-many",
                new ChatEvent.Result(
                        "ex-1",
                        "ap-7f3k2",
                        "succeeded",
                        "50 succeeded",
                        List.of(of("web-server-01", SUCCEEDED, 0, DF, "")),
                        null,
                        List.of(new OutputReading(
                                "check_disk_space",
                                "Fullest: / on web-server-01, 99% used, 1.0G free; 19 others at 80% or more, 30 below.",
                                new ReadTable(List.of("target", "file system", "in use", "free"), 2, rows, 0))),
                        List.of()));
    }

    private static Choice choice(String text) {
        return new Choice(text, text);
    }

    private static TargetResult of(
            String target, TargetStatus status, @Nullable Integer exit, String stdout, String stderr) {
        return Samples.result(0, "check_disk_space", target, status, exit, stdout, stderr);
    }

    private static void check(String name, String status, String summary, List<TargetResult> results)
            throws IOException {
        check(name, new ChatEvent.Result("ex-1", "ap-7f3k2", status, summary, results, null));
    }

    private static void check(String name, ChatEvent.Result result) throws IOException {
        ResultPost post = ResultCards.result(SUMMARY, result, Optional.empty());
        SlackLimits.check(post);
        Goldens.check(name, SlackJson.of(post));
    }
}
