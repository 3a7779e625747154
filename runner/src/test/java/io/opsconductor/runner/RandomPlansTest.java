package io.opsconductor.runner;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsconductor.json.Json;
import io.opsconductor.plan.ExecuteRequest;
import io.opsconductor.plan.ExecutionAnswer;
import io.opsconductor.plan.ExecutionEvent;
import io.opsconductor.plan.Failures;
import io.opsconductor.plan.Plan;
import io.opsconductor.plan.Step;
import io.opsconductor.plan.StepGraph;
import io.opsconductor.plan.StepOptions;
import io.opsconductor.plan.TargetStatus;
import io.opsconductor.plan.When;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plans made at random, held against the rules as a few lines say them. */
class RandomPlansTest {
    private static final int PLANS = 60;
    private static final long SEED = 20261126;

    @TempDir
    private Path directory;

    @Test
    void everyStepOfEveryPlanIsSettledAsTheRulesSayAndStartsAfterThoseItWaitsFor() throws Exception {
        TestHome home = TestHome.make(directory.resolve("home"));
        Random random = new Random(SEED);
        try (Runner runner = Main.start(home.settings(), home.environment(), Clock.systemUTC());
                TestCaller chatbot = TestCaller.as("chatbot", home.path(), runner.apiPort())) {
            for (int at = 0; at < PLANS; at++) {
                Plan plan = plan(random);
                ExecuteRequest request = chatbot.approved(plan, "web:alice", "web:alice");
                List<ExecutionEvent> events;
                try (Stream<String> lines = chatbot.executeStreaming(request)) {
                    events = lines.filter(line -> line.startsWith("data: "))
                            .map(line -> Json.read(line.substring(6), ExecutionEvent.class))
                            .toList();
                }
                ExecutionAnswer answer =
                        chatbot.get("/executions/" + request.executionId()).as(ExecutionAnswer.class);
                assertThat(answer.stepResults().stream().map(result -> result.status()))
                        .as("plan %d: %s", at, Json.write(plan))
                        .containsExactly(expected(plan));
                inOrder(plan, events);
            }
        }
    }

    /** Steps in a random order, each depending on some of those that were made before it. */
    private static Plan plan(Random random) {
        int size = 1 + random.nextInt(9);
        List<Step> steps = new ArrayList<>();
        for (int at = 0; at < size; at++) {
            StepOptions options = StepOptions.USUAL.called("s" + at);
            List<String> before = new ArrayList<>();
            for (int other = 0; other < at; other++) {
                if (random.nextInt(3) == 0) {
                    before.add("s" + other);
                }
            }
            options = options.after(before);
            if (at > 0 && random.nextInt(4) == 0) {
                When.Outcome[] outcomes = When.Outcome.values();
                options =
                        options.onlyWhen(new When("s" + random.nextInt(at), outcomes[random.nextInt(outcomes.length)]));
            }
            if (random.nextInt(4) == 0) {
                options = options.with(new Failures(null, Failures.Then.CONTINUE));
            }
            boolean fails = random.nextInt(3) == 0;
            steps.add(
                    fails
                            ? new Step("fail", Map.of(), List.of(), options)
                            : new Step("say", Map.of("text", "x"), List.of(), options));
        }
        Collections.shuffle(steps, random);
        return new Plan(steps);
    }

    private static StepGraph graph(Plan plan) {
        return switch (StepGraph.read(plan.steps().stream().map(Step::options).toList())) {
            case StepGraph.Read.Sound(StepGraph graph) -> graph;
            case StepGraph.Read.Broken(List<String> problems) -> throw new AssertionError(problems);
        };
    }

    private static TargetStatus[] expected(Plan plan) {
        TargetStatus[] statuses = new TargetStatus[plan.steps().size()];
        for (int at = 0; at < statuses.length; at++) {
            settle(plan, graph(plan), at, statuses);
        }
        return statuses;
    }

    private static void settle(Plan plan, StepGraph graph, int at, TargetStatus[] statuses) {
        if (statuses[at] != null) {
            return;
        }
        Integer condition = graph.nodes().get(at).condition();
        boolean blocked = false;
        for (int other : graph.nodes().get(at).after()) {
            settle(plan, graph, other, statuses);
            boolean goesOn = plan.steps().get(other).options().failures().then() == Failures.Then.CONTINUE;
            boolean isCondition = condition != null && condition == other;
            blocked |= !isCondition
                    && (statuses[other] == TargetStatus.SKIPPED || (statuses[other] == TargetStatus.FAILED && !goesOn));
        }
        When when = plan.steps().get(at).options().when();
        if (blocked) {
            statuses[at] = TargetStatus.SKIPPED;
        } else if (when != null && condition != null && !holds(when.is(), statuses[condition])) {
            statuses[at] = TargetStatus.NOT_NEEDED;
        } else {
            statuses[at] = plan.steps().get(at).tool().equals("fail") ? TargetStatus.FAILED : TargetStatus.SUCCEEDED;
        }
    }

    private static boolean holds(When.Outcome wanted, TargetStatus status) {
        return switch (wanted) {
            case SUCCEEDED -> status == TargetStatus.SUCCEEDED;
            case FAILED -> status == TargetStatus.FAILED;
            case ENDED -> status == TargetStatus.SUCCEEDED || status == TargetStatus.FAILED;
        };
    }

    private static void inOrder(Plan plan, List<ExecutionEvent> events) {
        Map<Integer, Long> started = new HashMap<>();
        Map<Integer, Long> ended = new HashMap<>();
        for (ExecutionEvent event : events) {
            if (event instanceof ExecutionEvent.TargetStarted start) {
                assertThat(started.put(start.step(), event.seq())).isNull();
            } else if (event instanceof ExecutionEvent.TargetFinished end) {
                assertThat(ended.put(end.result().step(), event.seq())).isNull();
            }
        }
        assertThat(ended).hasSize(plan.steps().size());
        for (int at = 0; at < plan.steps().size(); at++) {
            for (int other : graph(plan).nodes().get(at).after()) {
                assertThat(ended.get(other)).isLessThan(started.getOrDefault(at, ended.get(at)));
            }
        }
    }
}
