package io.opsconductor.brain.outputs;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsconductor.plan.Step;
import io.opsconductor.plan.StepOptions;
import io.opsconductor.plan.TargetResult;
import io.opsconductor.plan.TargetStatus;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ServiceStateTest {
    private static final String RUNNING = """
            ● nginx.service - A high performance web server and a reverse proxy server
                 Loaded: loaded (/lib/systemd/system/nginx.service; enabled; preset: enabled)
                 Active: active (running) since Mon 2026-11-23 10:15:02 UTC; 2 days ago
                   Docs: man:nginx(8)
               Main PID: 812 (nginx)

            Nov 23 10:15:02 web-01 systemd[1]: Started nginx.service.
            """;
    private static final String DEAD = """
            ○ nginx.service - A high performance web server and a reverse proxy server
                 Loaded: loaded (/lib/systemd/system/nginx.service; enabled; preset: enabled)
                 Active: inactive (dead) since Wed 2026-11-25 22:40:11 UTC; 4h 20min ago
            """;
    private static final String FAILED = """
            × nginx.service - A high performance web server and a reverse proxy server
                 Loaded: loaded (/lib/systemd/system/nginx.service; enabled; preset: enabled)
                 Active: failed (Result: exit-code) since Wed 2026-11-25 22:40:11 UTC; 4h 20min ago
            """;

    private static ResultReading status(TargetResult... results) {
        return Outputs.read(
                "service_status",
                Map.of("service", "nginx"),
                List.of(results).stream().map(TargetResult::target).toList(),
                results);
    }

    private static TargetResult on(String target, int exit, String stdout, String stderr) {
        return Outputs.result(0, "service_status", target, exit, stdout, stderr);
    }

    private static String of(int exit, String stdout, String stderr) {
        return Outputs.sentence(status(on(Outputs.WEB_1, exit, stdout, stderr)));
    }

    @Test
    void systemdSaysWhetherItIsActiveAndSinceWhen() {
        assertThat(of(0, RUNNING, ""))
                .isEqualTo("nginx is active (running) on web-server-01 since Mon 2026-11-23 10:15:02 UTC.");
        assertThat(of(3, DEAD, ""))
                .isEqualTo("nginx is not active: inactive (dead) on web-server-01 since Wed 2026-11-25 22:40:11 UTC.");
        assertThat(of(3, FAILED, "")).startsWith("nginx is not active: failed");
        assertThat(of(4, "", "Unit nginx.service could not be found.\n"))
                .isEqualTo("nginx is not active: not found on web-server-01.");
        assertThat(of(0, "active\n", "")).isEqualTo("nginx is active on web-server-01.");
        assertThat(of(3, "inactive\n", "")).isEqualTo("nginx is not active: inactive on web-server-01.");
    }

    @Test
    void scriptsOfOlderSystemsSayItInWords() {
        assertThat(of(0, "nginx (demo service) is running, pid 4711, since 2026-11-25 22:40:11\n", ""))
                .isEqualTo("nginx is active on web-server-01.");
        assertThat(of(3, " * nginx is not running\n", "")).isEqualTo("nginx is not active: inactive on web-server-01.");
        assertThat(of(0, "nginx stopped, was pid 3\nnginx started, pid 4\n", ""))
                .isEqualTo("nginx is active on web-server-01.");
    }

    @Test
    void overSeveralTargetsThoseThatAreNotActiveComeFirst() {
        ResultReading read = status(
                on(Outputs.WEB_1, 0, RUNNING, ""), on(Outputs.WEB_2, 3, FAILED, ""), on(Outputs.DB, 3, DEAD, ""));
        assertThat(Outputs.sentence(read))
                .isEqualTo("nginx is not active on db-server-01 (inactive) and web-server-02 (failed); active on"
                        + " web-server-01.");
        assertThat(read.next())
                .extracting(choice -> choice.reply())
                .containsExactly(
                        "show the nginx error log on web-server-02 and db-server-01",
                        "restart nginx on web-server-02 and db-server-01");
    }

    @Test
    void whatIsActiveEverywhereIsSaidInOneBreathAndNeedsNoNextStep() {
        ResultReading read = status(on(Outputs.WEB_1, 0, RUNNING, ""), on(Outputs.WEB_2, 0, RUNNING, ""));
        assertThat(Outputs.sentence(read)).isEqualTo("nginx is active on web-server-01 and web-server-02.");
        assertThat(read.next()).isEmpty();
    }

    @Test
    void aLogLineDoesNotPassForTheState() {
        String lying = DEAD + "\nActive: active (running)\n   Active: active (running) since now\n";
        assertThat(of(3, lying, "")).startsWith("nginx is not active");
        assertThat(of(3, RUNNING, "")).isEmpty();
        assertThat(of(0, DEAD, "")).isEmpty();
        assertThat(of(0, "Everything is running and not running\n", "")).isEmpty();
        assertThat(of(1, "", "Job for nginx.service failed because the control process exited.\n"))
                .isEmpty();
        assertThat(of(0, "", "")).isEmpty();
    }

    @Test
    void aMachineThatSeveralStepsSpeakOfCountsOnceAsTheLastOneLeftIt() {
        Step restart = new Step("restart_service", Map.of("service", "nginx"), List.of(Outputs.WEB_1, Outputs.WEB_2));
        List<Step> rollout =
                List.of(restart, restart.with(StepOptions.USUAL.checking().verifying()));
        ResultReading reading = new OutputReader()
                .read(
                        rollout,
                        List.of(
                                Outputs.result(0, "restart_service", Outputs.WEB_1, 0, "active\n", ""),
                                Outputs.result(1, "restart_service", Outputs.WEB_1, 0, "active\n", ""),
                                Outputs.result(0, "restart_service", Outputs.WEB_2, 0, "active\n", ""),
                                Outputs.result(1, "restart_service", Outputs.WEB_2, 3, "failed\n", "")),
                        Outputs.TOOLS);

        assertThat(Outputs.sentence(reading))
                .isEqualTo("nginx is not active on web-server-02 (failed); active on web-server-01.");
        assertThat(reading.readings().getFirst().table())
                .isNotNull()
                .extracting(table -> table.rows().size())
                .isEqualTo(2);
    }

    @Test
    void whatTwoToolsSayOfOneMachineInTheSameWordsIsSaidOnce() {
        Map<String, Object> nginx = Map.of("service", "nginx");
        List<Step> steps = List.of(
                new Step("restart_service", nginx, List.of(Outputs.WEB_1)),
                new Step("service_status", nginx, List.of(Outputs.WEB_1)));
        TargetResult restarted = Outputs.result(0, "restart_service", Outputs.WEB_1, 0, "active\n", "");
        assertThat(sentences(steps, restarted, Outputs.result(1, "service_status", Outputs.WEB_1, 0, "active\n", "")))
                .containsExactly("nginx is active on web-server-01.");
        assertThat(sentences(steps, restarted, Outputs.result(1, "service_status", Outputs.WEB_1, 3, "failed\n", "")))
                .hasSize(2);
    }

    private static List<String> sentences(List<Step> steps, TargetResult... results) {
        return new OutputReader()
                .read(steps, List.of(results), Outputs.TOOLS).readings().stream()
                        .map(OutputReading::sentence)
                        .toList();
    }

    @Test
    void aCheckThatDidNotGetThroughIsNotCoveredByTheReadingBeforeIt() {
        Step restart = new Step("restart_service", Map.of("service", "nginx"), List.of(Outputs.WEB_1));
        TargetResult active = Outputs.result(0, "restart_service", Outputs.WEB_1, 0, "active\n", "");
        assertThat(Outputs.sentence(new OutputReader()
                        .read(
                                List.of(restart, restart),
                                List.of(active, ended(1, TargetStatus.UNREACHABLE)),
                                Outputs.TOOLS)))
                .isEmpty();
        assertThat(Outputs.sentence(new OutputReader()
                        .read(
                                List.of(restart, restart),
                                List.of(active, ended(1, TargetStatus.SKIPPED)),
                                Outputs.TOOLS)))
                .isEqualTo("nginx is active on web-server-01.");
    }

    private static TargetResult ended(int step, TargetStatus status) {
        return new TargetResult(
                step, "restart_service", Outputs.WEB_1, status, null, "", "", false, false, 0, "no more");
    }
}
