package io.opsconductor.chat.counterpart;

import io.opsconductor.brain.outputs.Chart;
import io.opsconductor.brain.outputs.Level;
import io.opsconductor.chat.picture.Look;
import io.opsconductor.chat.picture.Pictures;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Twenty web servers' disks, read: one is full, one is close to it, and one speaks. */
final class DiskScene {
    private static final String HOSTILE = "<img src=x onerror=\"document.title='owned'\">";
    private static final int SERVERS = 20;

    private DiskScene() {}

    static String[] targets() {
        return IntStream.rangeClosed(1, SERVERS).mapToObj(DiskScene::name).toArray(String[]::new);
    }

    private static String name(int n) {
        return "web-%02d".formatted(n);
    }

    static void end(ScenePlan plan, String execution) {
        List<Map<String, Object>> results = new ArrayList<>();
        List<Map<String, Object>> rows = new ArrayList<>();
        rows.add(row(2, "/", 97, "1.2G", "38G"));
        rows.add(row(7, "/var/lib/postgresql", 84, "6.1G", "33G"));
        IntStream.rangeClosed(1, SERVERS)
                .filter(n -> n != 2 && n != 7)
                .forEach(n -> rows.add(row(n, n == SERVERS ? HOSTILE : "/", 40 - n, (20 + n) + "G", (20 - n) + "G")));
        for (int n = 1; n <= SERVERS; n++) {
            results.add(Fields.of(
                    "step",
                    0,
                    "tool",
                    "check_disk_space",
                    "target",
                    name(n),
                    "status",
                    "succeeded",
                    "exit_code",
                    0,
                    "stdout",
                    "Filesystem Size Used Avail Use% Mounted on\n/dev/sda1 40G 20G 20G 50% /\n",
                    "stderr",
                    "",
                    "stdout_truncated",
                    false,
                    "stderr_truncated",
                    false,
                    "duration_ms",
                    120 + n,
                    "reason",
                    ""));
        }
        plan.conversation.append(
                "result",
                Fields.of(
                        "execution",
                        execution,
                        "approval",
                        plan.approval,
                        "status",
                        "succeeded",
                        "summary",
                        "All 20 succeeded.",
                        "step_results",
                        results,
                        "readings",
                        List.of(Fields.of(
                                "tool",
                                "check_disk_space",
                                "sentence",
                                "Fullest: / on web-02, 97% used, 1.2G free; 1 other at 80% or more, 18 below.",
                                "table",
                                Fields.of(
                                        "columns",
                                        List.of("target", "file system", "in use", "free", "used", "size"),
                                        "share_column",
                                        2,
                                        "rows",
                                        rows,
                                        "more",
                                        0),
                                "chart",
                                Fields.of("title", "Fullest file system of each target"))),
                        "next",
                        Conversation.choices(
                                "show the biggest directories on web-02", "show the biggest directories on web-02")));
    }

    /** The picture of its reading. */
    static byte[] picture(Look look) {
        Chart chart = new Chart(
                "Fullest file system of each target",
                Chart.Shape.BARS,
                "%",
                100.0,
                List.of(
                        new Chart.Series(name(2) + " /", Level.BAD, List.of(new Chart.Point(0, 97))),
                        new Chart.Series(name(7) + " /", Level.WARN, List.of(new Chart.Point(0, 84)))),
                18);
        return new Pictures().png(chart, look).orElseThrow().toByteArray();
    }

    private static Map<String, Object> row(int server, String mount, int percent, String free, String used) {
        return Fields.of(
                "cells",
                List.of(name(server), mount, percent + "%", free, used, "40G"),
                "share",
                percent,
                "level",
                percent >= 90 ? "bad" : percent >= 80 ? "warn" : "ok");
    }
}
