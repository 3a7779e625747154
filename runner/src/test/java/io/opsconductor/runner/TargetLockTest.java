package io.opsconductor.runner;

import static io.opsconductor.runner.Fleet.machines;
import static io.opsconductor.runner.TestCaller.plan;
import static org.assertj.core.api.Assertions.assertThat;

import io.opsconductor.plan.Batch;
import io.opsconductor.plan.ExecuteRequest;
import io.opsconductor.plan.ExecutionStatus;
import io.opsconductor.plan.Pace;
import io.opsconductor.plan.StepOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two changes never meet on one machine. */
class TargetLockTest {
    @TempDir
    private Path directory;

    @Test
    void aChangeWaitsForAnotherOneOnTheSameMachineAndALookDoesNot() throws Exception {
        try (Fleet fleet = Fleet.start(directory)) {
            fleet.hold("first", "web-01");
            ExecuteRequest first = fleet.approved(plan(fleet.step("change", "first", machines(1), StepOptions.USUAL)));
            ExecuteRequest second = fleet.approved(plan(fleet.step("safe", "second", machines(2), StepOptions.USUAL)));
            try (Fleet.Watched watchedFirst = fleet.watch(first)) {
                watchedFirst.until("first begins web-01");
                try (Fleet.Watched watchedSecond = fleet.watch(second)) {
                    watchedSecond.until(
                            "Waits, because change of execution " + first.executionId() + " changes the same machine.");
                    watchedSecond.until("second ends web-02");
                    assertThat(fleet.run(plan(fleet.step("look", "look", machines(1), StepOptions.USUAL)))
                                    .answer()
                                    .status())
                            .isEqualTo(ExecutionStatus.SUCCEEDED);
                    assertThat(fleet.log()).doesNotContain("second begins web-01");
                    fleet.letGo("first", "web-01");
                    watchedSecond.rest();
                }
                watchedFirst.rest();
            }
            assertThat(fleet.log()).containsSubsequence("first ends web-01", "second begins web-01");
            assertThat(fleet.answer(second).status()).isEqualTo(ExecutionStatus.SUCCEEDED);
        }
    }

    @Test
    void twoNamesOfOneAddressAreOneMachine() throws Exception {
        try (Fleet fleet = Fleet.start(directory)) {
            Files.writeString(
                    fleet.home().path().resolve("inventory.yaml"),
                    "  - { name: other-name, address: 127.0.0.1, port: %d, platform: linux, credential: key }\n"
                            .formatted(fleet.sshd().port()),
                    StandardOpenOption.APPEND);
            fleet.hold("first", "web-01");
            ExecuteRequest first = fleet.approved(plan(fleet.step("change", "first", machines(1), StepOptions.USUAL)));
            ExecuteRequest second =
                    fleet.approved(plan(fleet.step("change", "second", List.of("other-name"), StepOptions.USUAL)));
            try (Fleet.Watched watchedFirst = fleet.watch(first)) {
                watchedFirst.until("first begins web-01");
                try (Fleet.Watched watchedSecond = fleet.watch(second)) {
                    watchedSecond.until(
                            "Waits, because change of execution " + first.executionId() + " changes the same machine.");
                    fleet.letGo("first", "web-01");
                    watchedSecond.rest();
                }
                watchedFirst.rest();
            }
            assertThat(fleet.log()).containsSubsequence("first ends web-01", "second begins web-01");
            assertThat(Fleet.results(fleet.answer(second))).containsExactly("0 other-name succeeded");
        }
    }

    @Test
    void theWaitHasAnEnd() throws Exception {
        try (Fleet fleet = Fleet.start(directory, "OPSCONDUCTOR_RUNNER_EXECUTIONS_TARGET_WAIT", "1s")) {
            fleet.hold("first", "web-01");
            ExecuteRequest first = fleet.approved(plan(fleet.step("change", "first", machines(1), StepOptions.USUAL)));
            try (Fleet.Watched watched = fleet.watch(first)) {
                watched.until("first begins web-01");
                Fleet.Ran second = fleet.run(plan(fleet.step("change", "second", machines(1), StepOptions.USUAL)));
                assertThat(second.results()).containsExactly("0 web-01 skipped");
                assertThat(second.reason(0))
                        .isEqualTo("Not started: change of execution " + first.executionId()
                                + " was still changing the same machine after 1 s.");
                fleet.letGo("first", "web-01");
                watched.rest();
            }
        }
    }

    @Test
    void aCancelEndsTheWait() throws Exception {
        try (Fleet fleet = Fleet.start(directory)) {
            fleet.hold("first", "web-01");
            ExecuteRequest first = fleet.approved(plan(fleet.step("change", "first", machines(1), StepOptions.USUAL)));
            ExecuteRequest second =
                    fleet.approved(plan(fleet.step("change", "second", machines(1), StepOptions.USUAL)));
            try (Fleet.Watched watchedFirst = fleet.watch(first)) {
                watchedFirst.until("first begins web-01");
                try (Fleet.Watched watchedSecond = fleet.watch(second)) {
                    watchedSecond.until("Waits, because");
                    fleet.chatbot()
                            .post("/executions/" + second.executionId() + "/cancel", Map.of("actor_id", "web:carol"));
                    watchedSecond.rest();
                }
                assertThat(Fleet.results(fleet.answer(second))).containsExactly("0 web-01 skipped");
                fleet.letGo("first", "web-01");
                watchedFirst.rest();
            }
            assertThat(fleet.log()).noneMatch(line -> line.startsWith("second"));
        }
    }

    @Test
    void plansThatShareManyMachinesInOppositeOrdersAllComeToTheirEnd() throws Exception {
        try (Fleet fleet = Fleet.start(directory);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            StepOptions three = StepOptions.USUAL.with(new Pace(3, null, 0));
            StepOptions batches = StepOptions.USUAL.with(new Pace(0, Batch.ofTargets(2), 0));
            List<ExecuteRequest> requests = List.of(
                    fleet.approved(plan(
                            fleet.step("change", "a", machines(6), three),
                            fleet.step("change", "a", machines(6).reversed(), batches))),
                    fleet.approved(plan(
                            fleet.step("change", "b", machines(6).reversed(), three),
                            fleet.step("change", "b", machines(6), batches))),
                    fleet.approved(plan(fleet.step("change", "c", machines(6), StepOptions.USUAL))));
            for (var ended : threads.invokeAll(requests.stream()
                    .<Callable<TestCaller.Answer>>map(
                            request -> () -> fleet.chatbot().execute(request))
                    .toList())) {
                assertThat(ended.get().body().path("status").asText()).isEqualTo("succeeded");
            }
            Map<String, String> changing = new HashMap<>();
            for (String line : fleet.log()) {
                String[] words = line.split(" ", -1);
                String before =
                        words[1].equals("begins") ? changing.put(words[2], words[0]) : changing.remove(words[2]);
                assertThat(before).isEqualTo(words[1].equals("begins") ? null : words[0]);
            }
            assertThat(fleet.log()).hasSize(2 * 5 * 6);
        }
    }
}
