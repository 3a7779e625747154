package io.opsconductor.chat.counterpart;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What the counterpart answers to which sentence. Alice asks, bob and carol are her colleagues. */
final class Scenes {
    static final String DF = """
            Filesystem      Size  Used Avail Use% Mounted on
            /dev/sda1        40G   31G  7.1G  82% /
            tmpfs           7.8G     0  7.8G   0% /dev/shm
            /dev/sdb1       200G  118G   73G  62% /var/lib/postgresql
            """;
    static final String HOSTILE = "<img src=x onerror=\"document.title='owned'\">";

    private static final List<String> COLLEAGUES = List.of("bob", "carol");

    private final AtomicInteger ids = new AtomicInteger();
    private final Map<String, ScenePlan> plans = new ConcurrentHashMap<>();
    private final Map<String, Runnable> running = new ConcurrentHashMap<>();

    Map<String, ScenePlan> plans() {
        return plans;
    }

    /** Cancels a running execution; false when there is none of this id. */
    boolean cancel(String execution) {
        Runnable cancel = running.remove(execution);
        if (cancel == null) {
            return false;
        }
        cancel.run();
        return true;
    }

    void play(Conversation to, String user, String text) {
        switch (text) {
            case "check disk space on web-server-01", "tool: check_disk_space on web-server-01" -> checkDisk(to, user);
            case "uptime of web-server-01" -> runsWithoutApproval(to, user);
            case "look up example.com" -> runsOnTheRunner(to, user);
            case "check disk space" ->
                question(
                        to,
                        "Which target?",
                        "web-server-01",
                        "check disk space on web-server-01",
                        "all web servers (2)",
                        "check disk space on all web servers");
            case "check disk space on web-server-99" ->
                to.append(
                        "error",
                        Fields.of(
                                "code", "unknown_target",
                                "message", "There is no target called `web-server-99`.",
                                "hint", "Did you mean one of these? `hosts` lists all of them.",
                                "choices",
                                        Conversation.choices(
                                                "web-server-01",
                                                "check disk space on web-server-01",
                                                "web-server-02",
                                                "check disk space on web-server-02")));
            case "disk of the web servers" ->
                plan(to, user, List.of(user), 1, Duration.ofMinutes(10), DiskScene::end)
                        .with(Fields.of(
                                "instead",
                                Conversation.choices("Only web-server-01", "tool: check_disk_space on web-server-01")))
                        .show(
                                "read",
                                "Check disk space on 20 web servers",
                                20,
                                Map.of("production", 20),
                                List.of(step("check_disk_space", "read", "df -hP", DiskScene.targets())),
                                "");
            case "restart nginx on all web servers" -> restart(to, user, 1);
            case "restart nginx with two approvals" -> restart(to, user, 2);
            case "restart nginx in an emergency" ->
                emergency(
                        to,
                        user,
                        COLLEAGUES,
                        Fields.of(
                                "needs",
                                List.of(
                                        "Step 1: may be approved by bob.",
                                        "Step 2: 2 of dbas (bob or carol) must approve."),
                                "actions",
                                List.of("approve", "deny", "break_glass", "withdraw")));
            case "break glass: it burns" ->
                emergency(
                        to,
                        user,
                        List.of(user),
                        Fields.of("break_glass", "it burns", "needs", List.of("May be approved by alice.")));
            case "restart nginx one by one" -> rolling(to, user);
            case "restart nginx, then check it" -> sequence(to, user);
            case "tail the log" -> tail(to, user, "/var/log/syslog", "20");
            case "follow the log" -> staysRunning(to, user);
            case "flood" -> flood(to, user);
            case "long log" -> longLog(to, user, 100_000);
            case "drop the old tables" -> destroy(to, user);
            case "tail the changed log" ->
                Objects.requireNonNull(plans.get(tail(to, user, "/var/log/syslog", "20")))
                        .changed();
            case "expired" ->
                plan(to, user, List.of(user), 1, Duration.ofSeconds(-1), finishes(List.of()))
                        .show(
                                "read",
                                "Check disk space on web-server-01",
                                1,
                                Map.of("production", 1),
                                disk("web-server-01"),
                                "");
            case "unreachable runner" ->
                plan(
                                to,
                                user,
                                List.of(user),
                                1,
                                Duration.ofMinutes(10),
                                (plan, execution) -> to.append(
                                        "error",
                                        Fields.of(
                                                "code", "not_started",
                                                "message", "The runner does not answer, so nothing ran.",
                                                "hint", "Start it, then ask again.")))
                        .show(
                                "read",
                                "Uptime",
                                1,
                                Map.of(),
                                List.of(step("uptime", "read", "uptime", "web-server-01")),
                                "");
            case "hostile" -> hostile(to, user);
            case "broken" ->
                to.append(
                        "error",
                        Fields.of(
                                "code", "internal",
                                "message", "Something went wrong while planning.",
                                "hint", "Try again; if it stays, give the reference to whoever runs OpsConductor.",
                                "reference", "r-7f3a"));
            default -> to.say("""
                        I can run these tools. Every one shows you the exact command first:

                        - `check_disk_space` free space of a target's file systems
                        - `restart_service` restart a service, such as nginx
                        - `tail_log` the last lines of a log

                        Try `check disk space on web-server-01`.""");
        }
    }

    private static void question(Conversation to, String text, Object... choices) {
        to.append("question", Fields.of("question", "q1", "text", text, "choices", Conversation.choices(choices)));
    }

    private void checkDisk(Conversation to, String user) {
        plan(
                        to,
                        user,
                        List.of("alice", "bob", "carol"),
                        1,
                        Duration.ofMinutes(10),
                        finishes(List.of(
                                result(0, "check_disk_space", "web-server-01", "succeeded", 0, DF, "", 132, ""))))
                .show(
                        "read",
                        "Check disk space on `web-server-01`",
                        1,
                        Map.of("production", 1),
                        disk("web-server-01"),
                        "reading on production needs one person's look, which may be the one who asked");
    }

    private void runsWithoutApproval(Conversation to, String user) {
        plan(
                        to,
                        user,
                        List.of(),
                        0,
                        Duration.ofMinutes(10),
                        finishes(List.of(result(
                                0, "uptime", "web-server-01", "succeeded", 0, " 12:04:11 up 41 days\n", "", 41, ""))))
                .show(
                        "read",
                        "Uptime of `web-server-01`",
                        1,
                        Map.of("staging", 1),
                        List.of(step("uptime", "read", "uptime", "web-server-01")),
                        "looking needs no approval");
    }

    private void runsOnTheRunner(Conversation to, String user) {
        plan(to, user, COLLEAGUES, 1, Duration.ofMinutes(10), finishes(List.of()))
                .show(
                        "read",
                        "DNS lookup example.com",
                        0,
                        Map.of(),
                        List.of(step("dns_lookup", "read", "getent ahosts example.com", "runner")),
                        "looking is confirmed");
    }

    private void restart(Conversation to, String user, int approvals) {
        plan(
                        to,
                        user,
                        COLLEAGUES,
                        approvals,
                        Duration.ofMinutes(5),
                        finishes(List.of(
                                result(0, "restart_service", "web-server-01", "succeeded", 0, "", "", 812, ""),
                                result(
                                        0,
                                        "restart_service",
                                        "web-server-02",
                                        "failed",
                                        1,
                                        "",
                                        "Job for nginx.service failed because the control process exited with error code.\n"
                                                + "See \"systemctl status nginx.service\" and \"journalctl -xeu nginx.service\""
                                                + " for details.\n",
                                        1204,
                                        "The command ended with exit code 1."))))
                .show(
                        "change",
                        "Restart `nginx` on 2 targets",
                        2,
                        Map.of("production", 2),
                        List.of(step(
                                "restart_service",
                                "change",
                                "sudo -n systemctl restart -- 'nginx'",
                                "web-server-01",
                                "web-server-02")),
                        "changes on production need somebody other than the one who asks");
    }

    private void emergency(Conversation to, String user, List<String> approvers, Map<String, Object> fields) {
        plan(to, user, approvers, 1, Duration.ofMinutes(5), finishes(List.of()))
                .with(fields)
                .show(
                        "change",
                        "Restart `nginx` on web-server-01",
                        1,
                        Map.of("production", 1),
                        List.of(step("restart_service", "change", "systemctl restart nginx", "web-server-01")),
                        "the rule");
    }

    /** Waits between its two batches, and stays there. */
    private void rolling(Conversation to, String user) {
        Map<String, Object> step = new LinkedHashMap<>(
                step("restart_service", "change", "systemctl restart nginx", "web-server-01", "web-server-02"));
        step.put("how", "one target at a time, 30 s between, stops when one fails");
        plan(to, user, COLLEAGUES, 1, Duration.ofMinutes(5), (plan, execution) -> {
                    progress(plan, execution, 0, "restart_service", "web-server-01", "started");
                    to.append(
                            "progress",
                            Fields.of(
                                    "execution",
                                    execution,
                                    "approval",
                                    plan.approval,
                                    "step",
                                    0,
                                    "tool",
                                    "restart_service",
                                    "target",
                                    "",
                                    "state",
                                    "waiting",
                                    "text",
                                    "Waits 30 s before batch 2 of 2."));
                })
                .checkable()
                .show(
                        "change",
                        "Restart `nginx` on 2 targets, one at a time",
                        2,
                        Map.of("production", 2),
                        List.of(step),
                        "changes on production need somebody other than the one who asks");
    }

    /** Answers the approval of the checks. */
    String dryRun(Conversation to, String user) {
        ScenePlan plan =
                plan(to, user, List.of("alice", "bob", "carol"), 1, Duration.ofMinutes(5), finishes(List.of()));
        plan.show(
                "read",
                "Dry run of restart `nginx` on 2 targets",
                2,
                Map.of("production", 2),
                List.of(step("restart_service", "read", "systemctl is-active nginx", "web-server-01", "web-server-02")),
                "looking needs nobody else");
        return plan.approval;
    }

    private void sequence(Conversation to, String user) {
        plan(
                        to,
                        user,
                        COLLEAGUES,
                        1,
                        Duration.ofMinutes(5),
                        finishes(List.of(
                                result(0, "restart_service", "web-server-01", "succeeded", 0, "", "", 744, ""),
                                result(1, "http_check", "runner", "succeeded", 0, "HTTP/1.1 200 OK\n", "", 23, ""))))
                .show(
                        "change",
                        "Restart `nginx` on `web-server-01`, then check that it answers",
                        1,
                        Map.of("production", 1),
                        List.of(
                                step(
                                        "restart_service",
                                        "change",
                                        "sudo -n systemctl restart -- 'nginx'",
                                        "web-server-01"),
                                step(
                                        "http_check",
                                        "read",
                                        "curl --silent --show-error --fail --max-time 10 --output /dev/null --write-out"
                                                + " '%{http_code} %{time_total}s\\n' http://web-server-01.internal.example.net/health"
                                                + "?probe=opsconductor&detail=full",
                                        "runner")),
                        "changes on production need somebody other than the one who asks");
    }

    /** Answers the approval of the plan. */
    String tail(Conversation to, String user, String path, String lines) {
        ScenePlan plan = plan(
                to,
                user,
                COLLEAGUES,
                1,
                Duration.ofMinutes(10),
                finishes(List.of(
                        result(0, "tail_log", "web-server-01", "succeeded", 0, "a line\n", "", 9, ""),
                        result(
                                0,
                                "tail_log",
                                "web-server-02",
                                "unreachable",
                                null,
                                "",
                                "",
                                3001,
                                "No route to host."))));
        plan.show(
                "read",
                "Tail log `" + path + "` on 2 targets, " + lines + " lines",
                2,
                Map.of("production", 2),
                List.of(step(
                        "tail_log",
                        "read",
                        "tail -n " + lines + " -- '" + path + "'",
                        "web-server-01",
                        "web-server-02")),
                "");
        return plan.approval;
    }

    private void destroy(Conversation to, String user) {
        List<String> targets = IntStream.rangeClosed(1, 20)
                .mapToObj("db-server-%02d"::formatted)
                .toList();
        plan(to, user, COLLEAGUES, 2, Duration.ofSeconds(45), finishes(List.of()))
                .show(
                        "destroy",
                        "Drop tables older than 90 days on 20 targets",
                        20,
                        Map.of("production", 15, "staging", 5),
                        List.of(step(
                                "drop_tables",
                                "destroy",
                                "psql -c 'DROP TABLE\n\taudit_2024,\n\taudit_2025'",
                                targets.toArray(String[]::new))),
                        "destroying needs two people of the database group");
    }

    private void staysRunning(Conversation to, String user) {
        plan(to, user, List.of(user), 1, Duration.ofMinutes(10), (plan, execution) -> {
                    for (String target : List.of("web-server-01", "web-server-02")) {
                        progress(plan, execution, 0, "tail_log", target, "started");
                        to.append(
                                "progress",
                                Fields.of(
                                        "execution",
                                        execution,
                                        "approval",
                                        plan.approval,
                                        "step",
                                        0,
                                        "tool",
                                        "tail_log",
                                        "target",
                                        target,
                                        "state",
                                        "output",
                                        "stream",
                                        "stdout",
                                        "text",
                                        IntStream.rangeClosed(1, 30)
                                                .mapToObj("GET /health 200 %d\n"::formatted)
                                                .collect(Collectors.joining())));
                    }
                    running.put(execution, () -> {
                        to.append(
                                "progress",
                                Fields.of("execution", execution, "approval", plan.approval, "state", "cancelling"));
                        end(
                                plan,
                                execution,
                                "cancelled",
                                "Cancelled; what was running was ended.",
                                List.of(
                                        result(
                                                0,
                                                "tail_log",
                                                "web-server-01",
                                                "cancelled",
                                                null,
                                                "GET /health 200 1\n",
                                                "",
                                                902,
                                                "Cancelled."),
                                        result(
                                                0,
                                                "tail_log",
                                                "web-server-02",
                                                "cancelled",
                                                null,
                                                "",
                                                "",
                                                902,
                                                "Cancelled.")));
                    });
                })
                .show(
                        "read",
                        "Follow the nginx log on 2 targets",
                        2,
                        Map.of("production", 2),
                        List.of(step(
                                "tail_log",
                                "read",
                                "tail -f -- '/var/log/nginx/access.log'",
                                "web-server-01",
                                "web-server-02")),
                        "");
    }

    private void flood(Conversation to, String user) {
        plan(to, user, List.of(), 0, Duration.ofMinutes(10), (plan, execution) -> {
                    for (int i = 0; i < 20_000; i++) {
                        to.append(
                                "progress",
                                Fields.of(
                                        "execution",
                                        execution,
                                        "approval",
                                        plan.approval,
                                        "step",
                                        0,
                                        "tool",
                                        "tail_log",
                                        "target",
                                        "web-server-0" + (1 + i % 2),
                                        "state",
                                        "output",
                                        "stream",
                                        "stdout",
                                        "text",
                                        ("request " + i + "\n").repeat(10)));
                    }
                })
                .show("read", "Flood", 2, Map.of(), List.of(step("tail_log", "read", "cat log", "web-server-01")), "");
    }

    private void longLog(Conversation to, String user, int lines) {
        String log = IntStream.rangeClosed(1, lines)
                .mapToObj(i -> "Jan 01 00:00:00 web-server-01 nginx[812]: request " + i + " took " + i % 97 + " ms\n")
                .collect(Collectors.joining());
        plan(
                        to,
                        user,
                        List.of(),
                        0,
                        Duration.ofMinutes(10),
                        finishes(List.of(result(0, "tail_log", "web-server-01", "succeeded", 0, log, "", 2100, ""))))
                .show(
                        "read",
                        "Read the log",
                        1,
                        Map.of(),
                        List.of(step("tail_log", "read", "cat log", "web-server-01")),
                        "");
    }

    private void hostile(Conversation to, String user) {
        to.say(HOSTILE + " `" + HOSTILE + "`\n- " + HOSTILE, HOSTILE, HOSTILE);
        plan(
                        to,
                        user,
                        List.of(user, HOSTILE),
                        1,
                        Duration.ofMinutes(10),
                        finishes(List.of(result(
                                0,
                                HOSTILE,
                                HOSTILE,
                                "failed",
                                2,
                                "red: \u001b[31mred\u001b[0m\u202Eesrever\n" + HOSTILE + "\n",
                                "\u001b]0;owned\u0007bell\n",
                                5,
                                HOSTILE))))
                .show(
                        "change",
                        HOSTILE,
                        1,
                        Map.of(HOSTILE, 1),
                        List.of(step(HOSTILE, "change", "echo '" + HOSTILE + "' \u001b[2J", HOSTILE)),
                        HOSTILE);
    }

    private ScenePlan plan(
            Conversation to, String user, List<String> approvers, int needed, Duration valid, ScenePlan.Run run) {
        String approval = "a" + ids.incrementAndGet();
        ScenePlan plan = new ScenePlan(
                to, approval, user, approvers, needed, Instant.now().plus(valid), run);
        plans.put(approval, plan);
        return plan;
    }

    private static ScenePlan.Run finishes(List<Map<String, Object>> results) {
        return (plan, execution) -> {
            results.forEach(result -> {
                String target = String.valueOf(result.get("target"));
                progress(plan, execution, result.get("step"), result.get("tool"), target, "started");
                Map<String, Object> finished = new LinkedHashMap<>(result);
                finished.keySet()
                        .removeAll(List.of("stdout", "stderr", "stdout_truncated", "stderr_truncated", "reason"));
                finished.putAll(Fields.of("execution", execution, "approval", plan.approval, "state", "finished"));
                plan.conversation.append("progress", finished);
            });
            long good = results.stream()
                    .filter(r -> "succeeded".equals(r.get("status")))
                    .count();
            String status = good == results.size() ? "succeeded" : good == 0 ? "failed" : "partial";
            String summary = good == results.size()
                    ? "All " + results.size() + " succeeded."
                    : good + " of " + results.size() + " succeeded.";
            boolean one = results.size() == 1 && good == 1;
            String said = one
                    ? results.getFirst().get("tool") + " succeeded on "
                            + results.getFirst().get("target") + "."
                    : summary;
            end(plan, execution, status, said, results);
        };
    }

    private static void progress(
            ScenePlan plan,
            String execution,
            @Nullable Object step,
            @Nullable Object tool,
            String target,
            String state) {
        plan.conversation.append(
                "progress",
                Fields.of(
                        "execution",
                        execution,
                        "approval",
                        plan.approval,
                        "step",
                        step,
                        "tool",
                        tool,
                        "target",
                        target,
                        "state",
                        state));
    }

    private static void end(
            ScenePlan plan, String execution, String status, String summary, List<Map<String, Object>> results) {
        plan.conversation.append(
                "result",
                Fields.of(
                        "execution", execution,
                        "approval", plan.approval,
                        "status", status,
                        "summary", summary,
                        "step_results", results));
    }

    private static Map<String, Object> result(
            int step,
            String tool,
            String target,
            String status,
            @Nullable Integer exitCode,
            String stdout,
            String stderr,
            long durationMs,
            String reason) {
        return Fields.of(
                "step", step,
                "tool", tool,
                "target", target,
                "status", status,
                "exit_code", exitCode,
                "stdout", stdout,
                "stderr", stderr,
                "stdout_truncated", false,
                "stderr_truncated", false,
                "duration_ms", durationMs,
                "reason", reason);
    }

    private static List<Map<String, Object>> disk(String target) {
        return List.of(step("check_disk_space", "read", "df -h -x overlay", target));
    }

    private static Map<String, Object> step(String tool, String effect, String command, String... targets) {
        List<Map<String, Object>> commands = new ArrayList<>();
        for (String target : targets) {
            commands.add(Fields.of(
                    "target",
                    target,
                    "command",
                    command,
                    "account",
                    target.equals("runner") ? "" : "ops",
                    "environment",
                    target.equals("runner") ? "" : "production"));
        }
        return Fields.of(
                "tool", tool, "effect", effect, "targets", List.of(targets), "command", command, "commands", commands);
    }
}
