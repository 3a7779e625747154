package io.opsconductor.acceptance.bench.several;

import com.fasterxml.jackson.databind.JsonNode;
import io.opsconductor.acceptance.product.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What is left after the kills: results and marks beside each other, the stores, and the journals. */
final class Aftermath {
    static final double TOLD_SECONDS = 60;
    private static final Duration STOPPING = Duration.ofSeconds(40);

    private final Site site;
    private final List<Instant> runnerKills;
    private final List<String> defects;

    /**
     * @param runnerKills when runners were killed, in order
     * @param defects is told of each
     */
    Aftermath(Site site, List<Instant> runnerKills, List<String> defects) {
        this.site = site;
        this.runnerKills = List.copyOf(runnerKills);
        this.defects = defects;
    }

    /** What the chat was told, beside what the commands left on the disk. */
    record Told(int began, int interrupted, int notStarted, double slowest) {}

    /** Compares what was told with what the commands left; every difference is a defect. */
    Told compared(List<Asked> approved, Map<Asked, JsonNode> results) throws IOException {
        Map<String, Marks.Mark> marks = site.marks().all();
        marks.forEach((mark, seen) -> {
            if (seen.times() > 1) {
                defects.add(mark + " began " + seen.times() + " times");
            }
        });
        int interrupted = 0;
        int notStarted = 0;
        double slowest = 0;
        for (Asked asked : approved) {
            JsonNode event = results.get(asked);
            if (event == null) {
                continue;
            }
            Map<String, String> statuses = new HashMap<>();
            event.path("step_results")
                    .forEach(result -> statuses.merge(
                            result.path("target").asText(),
                            result.path("status").asText(),
                            (a, b) -> a + " and " + b));
            for (int target : asked.targets()) {
                String status = statuses.getOrDefault(Site.target(target), "no result");
                Marks.Mark mark = marks.get(asked.word() + " " + Site.address(target));
                boolean fits = switch (status) {
                    case "succeeded" -> mark != null;
                    case "interrupted", "cancelled" -> true;
                    case "skipped", "unreachable" -> mark == null;
                    default -> false;
                };
                if (!fits) {
                    defects.add("%s on %s is told as %s, and the disk has %s"
                            .formatted(asked.word(), Site.target(target), status, mark));
                }
                if (status.equals("interrupted")) {
                    interrupted++;
                    Instant from = mark == null ? asked.approvedAt() : mark.first();
                    Instant killed = runnerKills.stream()
                            .filter(kill -> kill.isAfter(from))
                            .findFirst()
                            .orElse(from);
                    double seconds = Duration.between(
                                            killed,
                                            Instant.parse(event.path("at").asText()))
                                    .toMillis()
                            / 1e3;
                    slowest = Math.max(slowest, seconds);
                    if (seconds > TOLD_SECONDS) {
                        defects.add("%s on %s was told as interrupted %.0f s after the kill"
                                .formatted(asked.word(), Site.target(target), seconds));
                    }
                } else if (!status.equals("succeeded")) {
                    notStarted++;
                }
            }
        }
        return new Told(marks.size(), interrupted, notStarted, slowest);
    }

    /** Looks into both stores for what is left open. */
    void stores() {
        try (Connection runner = site.runnerStore().connect();
                Connection chatbot = site.chatbotStore().connect()) {
            none(runner, "executions that run", "select count(*) from execution where status = 'running'");
            none(runner, "targets without an end", "select count(*) from target_run where state <> 'ENDED'");
            none(runner, "offers", "select count(*) from offer");
            // What one held that was killed is nobody's: its row stays until somebody takes the machine.
            none(
                    runner,
                    "machines that are locked",
                    "select count(*) from target_lock l join runner_instance i on i.epoch = l.epoch and i.state = 'live'");
            none(
                    runner,
                    "executions with two ends",
                    "select count(*) from (select execution from event"
                            + " where type = 'finished' group by execution having count(*) > 1) twice");
            none(
                    runner,
                    "targets with two ends",
                    "select count(*) from (select execution, step, position from event"
                            + " where type = 'target_finished' group by execution, step, position having count(*) > 1) twice");
            none(
                    chatbot,
                    "executions that are followed",
                    "select count(*) from execution where status in" + " ('queued', 'running')");
            none(chatbot, "messages without an answer", "select count(*) from message where status = 'received'");
        } catch (SQLException e) {
            throw new IllegalStateException("the stores cannot be looked at", e);
        }
    }

    private void none(Connection connection, String what, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            if (rows.getLong(1) != 0) {
                defects.add("left in the store: " + rows.getLong(1) + " " + what);
            }
        }
    }

    /** Ends all of them in order, and has each one's journal verified. */
    void journals(List<Member> all) {
        for (Member member : all) {
            member.handle().destroy();
        }
        for (Member member : all) {
            long until = System.nanoTime() + STOPPING.toNanos();
            while (member.isAlive() && System.nanoTime() < until) {
                Thread.onSpinWait();
            }
            if (member.isAlive()) {
                defects.add(member.name() + " did not end in order within " + STOPPING.toSeconds() + " s");
                member.kill();
            }
        }
        for (Member member : all) {
            if (!Files.exists(member.home().resolve(member.kind().process() + "/journal"))) {
                // It stood by all the time.
                continue;
            }
            Command verified = Command.run(
                    member.home(),
                    member.environment(),
                    Duration.ofMinutes(2),
                    List.of(
                            Member.java(),
                            "-XX:TieredStopAtLevel=1",
                            "--enable-native-access=ALL-UNNAMED",
                            "-cp",
                            Member.classPath("runner"),
                            "io.opsconductor.runner.cli.RunnerCli",
                            "audit",
                            "verify",
                            "--only",
                            member.kind().process()));
            if (verified.exitCode() != 0) {
                defects.add("the journal of " + member.name() + " does not hold: " + verified.output());
            }
        }
    }
}
