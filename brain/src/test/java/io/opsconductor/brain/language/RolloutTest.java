package io.opsconductor.brain.language;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsconductor.brain.planning.Planning;
import io.opsconductor.brain.planning.Rollout;
import io.opsconductor.brain.planning.RolloutWords;
import io.opsconductor.plan.Batch;
import io.opsconductor.plan.Failures;
import io.opsconductor.plan.Pace;
import io.opsconductor.plan.Plan;
import io.opsconductor.plan.Retry;
import io.opsconductor.plan.Step;
import io.opsconductor.plan.StepOptions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How a request says that it should run, and the plan that comes of it. */
class RolloutTest {
    private static final List<String> WEB = List.of("web-server-01", "web-server-02");

    private final Understanding understanding = new Understanding(Understanding.shipped());

    private static Pace batches(Batch batch) {
        return new Pace(0, batch, 0);
    }

    private Planning.Planned planned(String text) {
        Planning planning = understanding.planning(text);
        assertThat(planning).isInstanceOf(Planning.Planned.class);
        return (Planning.Planned) planning;
    }

    private Plan plan(String text) {
        return planned(text).plan();
    }

    private StepOptions options(String text) {
        Plan plan = plan(text);
        assertThat(plan.steps()).hasSize(1);
        assertThat(plan.steps().getFirst().tool()).isEqualTo("restart_service");
        assertThat(plan.steps().getFirst().targets()).isEqualTo(WEB);
        return plan.steps().getFirst().options();
    }

    @Test
    void aRollingRestartThatIsVerifiedIsOneStepAndTheCheckOfItsTool() {
        Planning.Planned planned =
                planned("restart nginx on all web servers, one at a time, then check that they answer");
        assertThat(planned.summary())
                .isEqualTo("Restart service nginx on web-server-01 and web-server-02, one at a time, each verified");
        List<Step> steps = planned.plan().steps();
        assertThat(steps).extracting(Step::tool).containsExactly("restart_service", "restart_service");
        assertThat(steps).extracting(Step::targets).containsExactly(WEB, WEB);
        assertThat(steps.getFirst().options()).isEqualTo(StepOptions.USUAL.with(batches(Batch.ofTargets(1))));
        assertThat(steps.getLast().options())
                .isEqualTo(StepOptions.USUAL.checking().verifying().with(new Retry(2, 3)));
        assertThat(steps.getLast().parameters()).isEqualTo(steps.getFirst().parameters());
    }

    @ParameterizedTest
    @CsvSource({
        "one at a time, 1",
        "one by one, 1",
        "one server at a time, 1",
        "one after the other, 1",
        "two at a time, 2",
        "3 hosts at a time, 3",
        "in batches of 5, 5",
        "in groups of two, 2",
        "25% at a time, 25%",
        "in batches of 10 percent, 10%",
        "a quarter at a time, 25%",
        "half at a time, 50%",
    })
    void batchesAreSaidInManyWays(String how, String batch) {
        Batch expected = batch.endsWith("%")
                ? Batch.ofPercent(Integer.parseInt(batch.substring(0, batch.length() - 1)))
                : Batch.ofTargets(Integer.parseInt(batch));
        assertThat(options("restart nginx on all web servers " + how).pace()).isEqualTo(batches(expected));
        assertThat(options(how + ", restart nginx on all web servers, please").pace())
                .isEqualTo(batches(expected));
    }

    @ParameterizedTest
    @CsvSource({
        "wait 30 seconds between, 30",
        "wait 30s between each, 30",
        "with 2 minutes between them, 120",
        "10 seconds apart, 10",
        "pause for a minute between the batches, 60",
        "waiting half a minute in between, 30",
    })
    void aPauseIsBetweenBatchesOfOneWhereNoOthersAreSaid(String how, int seconds) {
        assertThat(options("restart nginx on all web servers, " + how).pace())
                .isEqualTo(new Pace(0, Batch.ofTargets(1), seconds));
        assertThat(options("restart nginx on all web servers, two at a time and " + how)
                        .pace())
                .isEqualTo(new Pace(0, Batch.ofTargets(2), seconds));
    }

    @ParameterizedTest
    @CsvSource({
        "stop if more than 2 fail, 2",
        "abort when more than two of them fail, 2",
        "stop after 3 failures, 2",
        "tolerate 1 failure, 1",
        "stop if one fails, 0",
        "stop on the first failure, 0",
    })
    void aLimitOfFailuresIsSaidInManyWays(String how, int allowed) {
        assertThat(options("restart nginx on all web servers, " + how).failures())
                .isEqualTo(new Failures(allowed, Failures.Then.STOP));
    }

    @ParameterizedTest
    @CsvSource({
        "continue on failure",
        "even if one fails",
        "keep going if some fail",
        "carry on even if one of them fails",
        "regardless of failures",
        "don't stop on errors",
    })
    void goingOnIsSaidInManyWays(String how) {
        assertThat(options("restart nginx on all web servers one at a time, " + how)
                        .failures())
                .isEqualTo(new Failures(null, Failures.Then.CONTINUE));
    }

    @Test
    void stepsInParallelDoNotWaitForOneAnother() {
        List<Step> steps =
                plan("check disk and memory on web-server-01 in parallel").steps();
        assertThat(steps).hasSize(2);
        assertThat(steps.getFirst().options().dependsOn()).isNull();
        assertThat(steps.getLast().options().dependsOn()).isEmpty();
    }

    @Test
    void atMostSoManyAtOnceIsAConcurrencyAndADeadlineIsThatOfThePlan() {
        assertThat(options("restart nginx on all web servers, at most 2 at once")
                        .pace())
                .isEqualTo(new Pace(2, null, 0));
        assertThat(plan("restart nginx on all web servers, give up after 10 minutes")
                        .deadlineSeconds())
                .isEqualTo(600);
    }

    @Test
    void whatMustNotRunTwiceIsNotTriedAgainAndTheCardSaysSo() {
        Planning.Planned planned = planned("restart nginx on all web servers, retry 3 times");
        assertThat(planned.plan().steps().getFirst().options()).isEqualTo(StepOptions.USUAL);
        assertThat(planned.note())
                .isEqualTo(
                        "Nothing is tried again by itself: running restart_service twice is not the same as running it"
                                + " once.");
        assertThat(plan("check disk space on web-server-01, retry 2 times")
                        .steps()
                        .getFirst()
                        .options()
                        .retry())
                .isEqualTo(new Retry(2, 5));
    }

    @Test
    void thePaceIsThatOfTheChangeAndNotOfTheLookBehindIt() {
        List<Step> steps = plan("restart nginx on all web servers one at a time, then check disk space there")
                .steps();
        assertThat(steps).extracting(Step::tool).containsExactly("restart_service", "check_disk_space");
        assertThat(steps.getFirst().options().pace()).isEqualTo(batches(Batch.ofTargets(1)));
        assertThat(steps.getLast().options()).isEqualTo(StepOptions.USUAL);
    }

    @Test
    void howItShouldRunIsKeptWhileAQuestionIsOpen() {
        Planning question = understanding.planning("restart nginx, one at a time, then check that they answer");
        assertThat(question).isInstanceOf(Planning.Question.class);
        List<Step> steps = plan("all web servers").steps();
        assertThat(steps).hasSize(2);
        assertThat(steps.getFirst().targets()).isEqualTo(WEB);
        assertThat(steps.getFirst().options().pace()).isEqualTo(batches(Batch.ofTargets(1)));
        assertThat(steps.getLast().options().verify()).isTrue();
    }

    @Test
    void saidAfterwardsItIsAboutWhatWasPlannedLast() {
        understanding.say("restart nginx on all web servers");
        assertThat(options("one at a time, stop if one fails").pace()).isEqualTo(batches(Batch.ofTargets(1)));
        assertThat(plan("same on web-server-02 and db-server-01")
                        .steps()
                        .getFirst()
                        .options()
                        .pace())
                .isEqualTo(batches(Batch.ofTargets(1)));
    }

    @Test
    void whereNoToolHasACheckTheCardSaysThatNothingVerifies() {
        RolloutWords words = new RolloutWords(Language.english());
        assertThat(words.read("restart nginx on web-01 and verify it").rollout())
                .isEqualTo(words.read("restart nginx on web-01, then make sure it works")
                        .rollout());
        assertThat(planned("check disk space on web-server-01 and verify it")
                        .plan()
                        .steps())
                .hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "nacheinander",
        "einer nach dem anderen",
    })
    void oneAtATimeIsUnderstoodInGermanToo(String how) {
        assertThat(new RolloutWords(Language.english())
                        .read("starte nginx auf allen webservern neu, " + how)
                        .rollout()
                        .batch())
                .isEqualTo(Batch.ofTargets(1));
    }

    @ParameterizedTest
    @CsvSource({
        "check that web-01 answers",
        "stop nginx on web-01",
        "show the last 30 lines of /var/log/one-at-a-time.log",
        "restart nginx on one of the web servers",
        "why did 2 fail",
        "what failed yesterday",
        "wait",
        "is half the disk full on db-01",
        "stop if you can",
        "verify that port 5432 is open on db-01",
    })
    void whatSaysNothingAboutHowStaysAsItIs(String text) {
        RolloutWords.Said said = new RolloutWords(Language.english()).read(text);
        assertThat(said.rest()).isEqualTo(text);
        assertThat(said.rollout()).isEqualTo(Rollout.USUAL);
    }
}
