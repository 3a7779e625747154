package io.opsconductor.runner;

import static io.opsconductor.runner.Fleet.machines;
import static io.opsconductor.runner.TestCaller.plan;
import static org.assertj.core.api.Assertions.assertThat;

import io.opsconductor.plan.ExecuteRequest;
import io.opsconductor.plan.ExecutionStatus;
import io.opsconductor.plan.Failures;
import io.opsconductor.plan.Pace;
import io.opsconductor.plan.Plan;
import io.opsconductor.plan.Retry;
import io.opsconductor.plan.StepOptions;
import io.opsconductor.plan.When;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Steps side by side and one after another, conditions, retries and deadlines, on real machines. */
class StepOrderTest {
    @TempDir
    private Path directory;

    private Fleet fleet;

    @BeforeEach
    void start() throws Exception {
        fleet = Fleet.start(directory);
    }

    @AfterEach
    void stop() {
        fleet.close();
    }

    private static StepOptions called(String id) {
        return StepOptions.USUAL.called(id);
    }

    @Test
    void stepsThatDependOnNothingRunSideBySideAndOneThatDependsOnBothWaitsForBoth() {
        fleet.hold("one", "web-01");
        Plan plan = plan(
                fleet.step("change", "one", machines(1), called("one")),
                fleet.step("change", "two", List.of("web-02"), called("two").after(List.of())),
                fleet.step("look", "last", machines(1), StepOptions.USUAL.after(List.of("one", "two"))));
        ExecuteRequest request = fleet.approved(plan);
        try (Fleet.Watched watched = fleet.watch(request)) {
            watched.until("two ends web-02");
            assertThat(fleet.log()).doesNotContain("one ends web-01", "last begins web-01");
            fleet.letGo("one", "web-01");
            watched.rest();
        }
        assertThat(fleet.log()).endsWith("one ends web-01", "last begins web-01", "last ends web-01");
        assertThat(fleet.answer(request).status()).isEqualTo(ExecutionStatus.SUCCEEDED);
    }

    @Test
    void aFailedStepKeepsThoseFromStartingThatDependOnItAndNoOthers() {
        fleet.failing("one", "web-01", 1);
        Plan plan = plan(
                fleet.step("change", "one", machines(1), called("one")),
                fleet.step("change", "two", List.of("web-02"), called("two").after(List.of())),
                fleet.step("look", "three", machines(1), StepOptions.USUAL.after(List.of("one"))),
                fleet.step("look", "four", machines(1), StepOptions.USUAL.after(List.of("two"))));
        assertThat(fleet.run(plan).results())
                .containsExactly("0 web-01 failed", "1 web-02 succeeded", "2 web-01 skipped", "3 web-01 succeeded");
    }

    @Test
    void aStepOnConditionRunsWhenTheOtherFailedAndIsNotNeededOtherwise() {
        Plan plan = plan(
                fleet.step("change", "deploy", machines(2), called("deploy")),
                fleet.step(
                        "change",
                        "rollback",
                        machines(2),
                        StepOptions.USUAL.onlyWhen(new When("deploy", When.Outcome.FAILED))),
                fleet.step("look", "tell", machines(1), StepOptions.USUAL));
        Fleet.Ran good = fleet.run(plan);
        assertThat(good.results())
                .containsExactly(
                        "0 web-01 succeeded",
                        "0 web-02 succeeded",
                        "1 web-01 not_needed",
                        "1 web-02 not_needed",
                        "2 web-01 succeeded");
        assertThat(good.reason(2)).isEqualTo("Not needed, because step 1 (change) did not fail.");
        assertThat(good.answer().status()).isEqualTo(ExecutionStatus.SUCCEEDED);
        assertThat(good.answer().result().message()).isEqualTo("Of 5 runs: 3 succeeded, 2 not needed.");

        fleet.failing("deploy", "web-02", 1);
        Fleet.Ran bad = fleet.run(plan);
        assertThat(bad.results())
                .containsExactly(
                        "0 web-01 succeeded",
                        "0 web-02 failed",
                        "1 web-01 succeeded",
                        "1 web-02 succeeded",
                        "2 web-01 succeeded");
        assertThat(bad.answer().status()).isEqualTo(ExecutionStatus.PARTIAL);
    }

    @Test
    void whatMayRunTwiceIsTriedAgainAfterAGrowingWaitAndEachTryIsInTheJournal() {
        fleet.failing("restart", "web-01", 2);
        Plan plan = plan(fleet.step("safe", "restart", machines(1), StepOptions.USUAL.with(new Retry(3, 1))));
        Fleet.Ran ran = fleet.run(plan);
        assertThat(ran.answer().status()).isEqualTo(ExecutionStatus.SUCCEEDED);
        assertThat(ran.reason(0)).isEmpty();
        assertThat(fleet.log())
                .containsExactly(
                        "restart begins web-01",
                        "restart fails web-01",
                        "restart begins web-01",
                        "restart fails web-01",
                        "restart begins web-01",
                        "restart ends web-01");
        assertThat(ran.waits())
                .containsExactly(
                        "The command ended with exit code 3. Tries again in 1 s, for the 2nd of 4 times.",
                        "The command ended with exit code 3. Tries again in 2 s, for the 3rd of 4 times.");
        TestJournal journal = new TestJournal(fleet.home().path());
        assertThat(journal.ofType("step_started"))
                .extracting(entry -> entry.path("data").path("try").asInt())
                .containsExactly(0, 2, 3);
        assertThat(journal.ofType("step_finished"))
                .extracting(entry -> entry.path("data").path("status").asText())
                .containsExactly("failed", "failed", "succeeded");
    }

    @Test
    void whenEveryTryFailsTheResultSaysHowManyThereWere() {
        fleet.failing("restart", "web-01", 9);
        Plan plan = plan(fleet.step("safe", "restart", machines(1), StepOptions.USUAL.with(new Retry(1, 0))));
        Fleet.Ran ran = fleet.run(plan);
        assertThat(ran.results()).containsExactly("0 web-01 failed");
        assertThat(ran.reason(0)).isEqualTo("The command ended with exit code 3. It was tried 2 times.");
    }

    @Test
    void aStepIsEndedAtItsDeadlineAndTheRestOfItIsNotStarted() {
        fleet.hold("restart", "web-01");
        Plan plan = plan(
                fleet.step(
                        "change",
                        "restart",
                        machines(2),
                        StepOptions.USUAL.with(new Pace(1, null, 0)).within(2)),
                fleet.step("look", "after", machines(1), StepOptions.USUAL));
        Fleet.Ran ran = fleet.run(plan);
        assertThat(ran.results()).containsExactly("0 web-01 timed_out", "0 web-02 skipped", "1 web-01 skipped");
        assertThat(ran.reason(0)).contains("The step's deadline of 2 s had passed.");
        assertThat(ran.reason(1)).isEqualTo("Not started: the step's deadline of 2 s had passed.");
        assertThat(ran.reason(2)).isEqualTo("Not started, because step 1 (change) did not succeed everywhere.");
    }

    @Test
    void theWholePlanIsEndedAtItsDeadline() {
        fleet.hold("two", "web-01");
        Plan plan = new Plan(
                List.of(
                        fleet.step("change", "one", machines(1), StepOptions.USUAL),
                        fleet.step(
                                "change",
                                "two",
                                machines(1),
                                StepOptions.USUAL.with(new Failures(null, Failures.Then.CONTINUE))),
                        fleet.step("look", "three", machines(1), StepOptions.USUAL)),
                3);
        Fleet.Ran ran = fleet.run(plan);
        assertThat(ran.results()).containsExactly("0 web-01 succeeded", "1 web-01 timed_out", "2 web-01 skipped");
        assertThat(ran.reason(2)).isEqualTo("Not started: the deadline of the whole plan, 3 s, had passed.");
        assertThat(ran.answer().status()).isEqualTo(ExecutionStatus.FAILED);
    }
}
