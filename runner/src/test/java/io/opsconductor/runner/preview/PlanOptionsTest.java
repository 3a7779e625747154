package io.opsconductor.runner.preview;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opsconductor.json.InvalidJsonException;
import io.opsconductor.json.Json;
import io.opsconductor.plan.Batch;
import io.opsconductor.plan.Effect;
import io.opsconductor.plan.Failures;
import io.opsconductor.plan.Pace;
import io.opsconductor.plan.Plan;
import io.opsconductor.plan.PlanWords;
import io.opsconductor.plan.Preview;
import io.opsconductor.plan.PreviewRequest;
import io.opsconductor.plan.Retry;
import io.opsconductor.plan.Step;
import io.opsconductor.plan.StepOptions;
import io.opsconductor.plan.When;
import io.opsconductor.runner.file.Reading;
import io.opsconductor.runner.inventory.Inventory;
import io.opsconductor.runner.inventory.InventoryReader;
import io.opsconductor.runner.policy.Policy;
import io.opsconductor.runner.policy.PolicyReader;
import io.opsconductor.tool.ToolLibrary;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a plan may ask for, what is refused, and that all of it is in the preview. */
class PlanOptionsTest {
    private static final List<String> WEB = List.of("web-01", "web-02", "web-03", "web-04");

    @TempDir
    private Path directory;

    private Previewer previewer;

    @BeforeEach
    void prepare() throws Exception {
        tool("restart", "change", false, "check: service {service} status\n");
        tool("reload", "change", true, "");
        tool("status", "read", false, "");
        Files.writeString(directory.resolve("inventory.yaml"), """
                targets:
                  - { name: web-01, address: 10.0.0.1, platform: linux }
                  - { name: web-02, address: 10.0.0.2, platform: linux }
                  - { name: web-03, address: 10.0.0.3, platform: linux }
                  - { name: web-04, address: 10.0.0.4, platform: linux }
                """);
        Files.writeString(directory.resolve("policy.yaml"), """
                actors:
                  alice: { identities: ["web:alice"], roles: [operator] }
                rules:
                  - { name: looking, roles: [operator], effects: [read], approval: none }
                  - { name: changes, roles: [operator], effects: [change], approval: requester }
                """);
        ToolLibrary tools =
                ToolLibrary.load(List.of(directory.resolve("tools"))).library();
        Inventory inventory = read(InventoryReader.read(List.of(directory.resolve("inventory.yaml"))));
        Policy policy = read(PolicyReader.read(List.of(directory.resolve("policy.yaml"))));
        previewer = new Previewer(() -> tools, () -> inventory, () -> policy);
    }

    private void tool(String name, String effect, boolean idempotent, String check) throws Exception {
        Files.createDirectories(directory.resolve("tools"));
        Files.writeString(
                directory.resolve("tools/" + name + ".yaml"), """
                name: %s
                description: "A tool of this test."
                effect: %s
                idempotent: %s
                execution: { method: ssh }
                parameters:
                  - { name: service, description: "which", type: service, required: true }
                command_template: service {service} %1$s
                """.formatted(name, effect, idempotent) + check);
    }

    private static <T> T read(Reading<T> reading) {
        return switch (reading) {
            case Reading.Good<T> good -> good.value();
            case Reading.Bad<T> bad -> throw new AssertionError(bad.problems());
        };
    }

    private PreviewResult preview(Plan plan) {
        Instant now = Instant.parse("2026-11-26T08:00:00Z");
        return previewer.preview(new PreviewRequest(plan, "default", "web:alice", "c1"), "n1", now, now);
    }

    private Preview shown(Plan plan) {
        return switch (preview(plan)) {
            case PreviewResult.Previewed previewed -> previewed.preview();
            case PreviewResult.Refused refused ->
                throw new AssertionError(refused.problem().error().message());
        };
    }

    private String refused(Plan plan) {
        return switch (preview(plan)) {
            case PreviewResult.Previewed _ -> throw new AssertionError("it was not refused");
            case PreviewResult.Refused refused -> refused.problem().error().message();
        };
    }

    private static Step step(String tool, StepOptions options) {
        return new Step(tool, Map.of("service", "nginx"), WEB, options);
    }

    private static Plan plan(Step... steps) {
        return new Plan(List.of(steps));
    }

    private static StepOptions called(String id) {
        return StepOptions.USUAL.called(id);
    }

    @Test
    void everythingThatChangesHowItRunsChangesTheDigest() {
        Plan usual = plan(step("reload", StepOptions.USUAL));
        List<Plan> others = List.of(
                new Plan(usual.steps(), 60),
                plan(step("reload", called("a"))),
                plan(step("reload", StepOptions.USUAL.after(List.of()))),
                plan(step("reload", StepOptions.USUAL.with(new Pace(2, null, 0)))),
                plan(step("reload", StepOptions.USUAL.with(new Pace(0, Batch.ofTargets(2), 0)))),
                plan(step("reload", StepOptions.USUAL.with(new Pace(0, Batch.ofPercent(50), 0)))),
                plan(step("reload", StepOptions.USUAL.with(new Pace(0, Batch.ofTargets(2), 5)))),
                plan(step("reload", StepOptions.USUAL.with(new Failures(1, Failures.Then.STOP)))),
                plan(step("reload", StepOptions.USUAL.with(new Failures(null, Failures.Then.CONTINUE)))),
                plan(step("reload", StepOptions.USUAL.with(new Retry(1, 0)))),
                plan(step("reload", StepOptions.USUAL.with(new Retry(1, 5)))),
                plan(step("reload", StepOptions.USUAL.within(30))));
        assertThat(others.stream().map(plan -> shown(plan).digest()))
                .doesNotHaveDuplicates()
                .doesNotContain(shown(usual).digest());
    }

    @Test
    void aPlanOfWhichNothingIsSaidHasTheFormThatItAlwaysHad() {
        assertThat(Json.write(plan(step("reload", StepOptions.USUAL))))
                .isEqualTo("{\"steps\":[{\"tool\":\"reload\",\"parameters\":{\"service\":\"nginx\"},"
                        + "\"targets\":[\"web-01\",\"web-02\",\"web-03\",\"web-04\"]}]}");
        assertThat(Json.write(shown(plan(step("reload", StepOptions.USUAL)))))
                .doesNotContain("options", "checkable", "deadline_seconds");
    }

    @Test
    void theWordsOfTheCardSayHowItRuns() {
        Plan plan = new Plan(
                List.of(
                        step(
                                "restart",
                                called("restart")
                                        .with(new Pace(0, Batch.ofTargets(1), 10))
                                        .with(new Failures(1, Failures.Then.STOP))),
                        step("restart", StepOptions.USUAL.checking().verifying().with(new Retry(3, 5))),
                        step("reload", called("r").with(new Pace(0, Batch.ofPercent(50), 0))),
                        step(
                                "status",
                                StepOptions.USUAL
                                        .onlyWhen(new When("restart", When.Outcome.FAILED))
                                        .after(List.of("r"))),
                        step("status", StepOptions.USUAL.after(List.of()).within(90)),
                        step("status", StepOptions.USUAL)),
                600);
        Preview preview = shown(plan);
        assertThat(PlanWords.of(preview)).isEqualTo("the whole plan within 10 min, then it is ended");
        assertThat(PlanWords.of(preview, 0))
                .isEqualTo("one target at a time, 10 s between, stops when more than 1 fails");
        assertThat(PlanWords.of(preview, 1))
                .isEqualTo(
                        "the tool's check alone, which changes nothing, verifies step 1 after each batch of it; where it"
                                + " fails, that step has failed, tried again up to 3 times, first after 5 s");
        assertThat(PlanWords.of(preview, 2)).isEqualTo("50% at a time (2 of 4), stops when one fails");
        assertThat(PlanWords.of(preview, 3)).isEqualTo("only when step 1 failed somewhere");
        assertThat(PlanWords.of(preview, 4))
                .isEqualTo("starts with the plan, without waiting for the steps before it, the whole step within 90 s,"
                        + " then it is ended");
        assertThat(PlanWords.of(preview, 5)).isEmpty();
    }

    @Test
    void aCheckIsAPlanThatOnlyLooksAndIsJudgedAsOne() {
        Preview preview = shown(plan(step("restart", StepOptions.USUAL.checking())));
        assertThat(preview.effect()).isEqualTo(Effect.READ);
        assertThat(preview.approval().kind()).isEqualTo(Preview.ApprovalKind.NONE);
        assertThat(preview.steps().getFirst().targets().getFirst().display()).isEqualTo("service nginx status");
        assertThat(shown(plan(step("restart", StepOptions.USUAL)))
                        .steps()
                        .getFirst()
                        .checkable())
                .isTrue();
    }

    @Test
    void whatCannotRunIsRefusedWithTheStepThatIsWrong() {
        assertThat(refused(plan(
                        step("restart", called("a").after(List.of("c"))),
                        step("restart", called("b").after(List.of("a"))),
                        step("restart", called("c").after(List.of("b"))))))
                .isEqualTo(
                        "Step 1 waits for step 3 waits for step 2 waits for Step 1: no step of these could ever start.");
        assertThat(refused(
                        plan(step("status", called("look")), step("status", StepOptions.USUAL.after(List.of("lok"))))))
                .isEqualTo("Step 2: it depends on \"lok\", and no step has that id; did you mean look?");
        assertThat(refused(plan(
                        step("status", called("look")),
                        step("status", StepOptions.USUAL.onlyWhen(new When("deploy", When.Outcome.ENDED))))))
                .isEqualTo("Step 2: it has its condition on \"deploy\", and no step has that id.");
        assertThat(refused(plan(step("status", called("look")), step("status", called("look")))))
                .isEqualTo("Step 2: its id look is that of step 1 as well.");
        assertThat(refused(plan(
                        step("status", StepOptions.USUAL), step("restart", StepOptions.USUAL.with(new Retry(1, 0))))))
                .isEqualTo(
                        "Step 2: restart must not be tried again by itself, because running it twice is not the same as"
                                + " running it once.");
        assertThat(refused(plan(step("reload", StepOptions.USUAL.checking())))).isEqualTo("reload has no check.");
    }

    @Test
    void whatCannotVerifyIsRefused() {
        assertThat(refused(plan(step("restart", StepOptions.USUAL), step("reload", StepOptions.USUAL.verifying()))))
                .isEqualTo("Step 2: reload changes something, so that it cannot verify another step.");
        assertThat(refused(plan(step("status", StepOptions.USUAL.verifying()))))
                .isEqualTo("Step 1: a step that verifies depends on exactly one step, which itself verifies none.");
        assertThat(refused(plan(
                        step("restart", StepOptions.USUAL),
                        step("status", StepOptions.USUAL.verifying().within(5)))))
                .isEqualTo("Step 2: a step that verifies goes along with the step that it verifies; it has no pace,"
                        + " condition, deadline or limit of failures of its own.");
        assertThat(refused(plan(
                        new Step("restart", Map.of("service", "nginx"), List.of("web-01")),
                        step("status", StepOptions.USUAL.verifying()))))
                .isEqualTo("Step 2: it verifies step 1, which does not run on web-02, web-03, web-04.");
    }

    @Test
    void sizesOutOfBoundsAreRefusedWhereTheyAreRead() {
        assertThatThrownBy(options("{\"pace\":{\"batch\":\"101%\"}}"))
                .isInstanceOf(InvalidJsonException.class)
                .hasMessageContaining("/steps[0]/options/pace/batch: batch is 1 to 100, not 101");
        assertThatThrownBy(options("{\"pace\":{\"pause_seconds\":5}}"))
                .hasMessageContaining("pause_seconds needs a batch");
        assertThatThrownBy(options("{\"retry\":{\"times\":6}}")).hasMessageContaining("times is 0 to 5, not 6");
        assertThatThrownBy(options("{\"id\":\"Not An Id\"}")).hasMessageContaining("id must be lower-case");
        assertThatThrownBy(options("{\"speed\":1}")).hasMessageContaining("there is no field \"speed\" here");
    }

    private static ThrowingCallable options(String json) {
        return () -> Json.read("{\"steps\":[{\"tool\":\"x\",\"options\":" + json + "}]}", Plan.class);
    }

    @Test
    void aBatchIsReadAsANumberOrAShare() {
        Plan plan = Json.read(
                "{\"steps\":[{\"tool\":\"x\",\"options\":{\"pace\":{\"batch\":5}}},"
                        + "{\"tool\":\"x\",\"options\":{\"pace\":{\"batch\":\"25%\"}}}]}",
                Plan.class);
        assertThat(plan.steps().getFirst().options().pace().batch()).isEqualTo(Batch.ofTargets(5));
        assertThat(plan.steps().getLast().options().pace().batch()).isEqualTo(Batch.ofPercent(25));
        assertThat(Json.read(Json.write(plan), Plan.class)).isEqualTo(plan);
        assertThat(Batch.ofPercent(25).of(10)).isEqualTo(2);
        assertThat(Batch.ofPercent(1).of(10)).isEqualTo(1);
    }
}
