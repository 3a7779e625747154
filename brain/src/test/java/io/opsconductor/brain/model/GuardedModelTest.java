package io.opsconductor.brain.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsconductor.brain.model.ModelAnswer.Failed;
import io.opsconductor.brain.model.ModelAnswer.Failure;
import io.opsconductor.brain.model.ModelAnswer.Said;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

class GuardedModelTest {
    private static final ModelRequest REQUEST = ModelRequest.of("Be brief.", "hello", null);

    private Instant now = Instant.parse("2026-11-25T10:00:00Z");
    private final List<Duration> paused = new ArrayList<>();
    private final Deque<ModelAnswer> answers = new ArrayDeque<>();
    private final List<Duration> limits = new ArrayList<>();

    private GuardedModel guarded(String... more) {
        Model model = new Model() {
            @Override
            public String described() {
                return "scripted (ollama)";
            }

            @Override
            public ModelAnswer ask(ModelRequest request, Duration atMost) {
                limits.add(atMost);
                return answers.remove();
            }

            @Override
            public void close() {}
        };
        ModelSettings settings = TestModels.settings("ollama", URI.create("http://127.0.0.1:1"), more);
        return new GuardedModel(model, settings, () -> now, time -> {
            paused.add(time);
            now = now.plus(time);
        });
    }

    private static Failed failed(Failure failure) {
        return new Failed(failure, failure.name());
    }

    private static Failure why(ModelAnswer answer) {
        return ((Failed) answer).failure();
    }

    @Test
    void whatMayPassIsAskedAgainAndTheServersWishIsHonoured() {
        answers.add(new Failed(Failure.BUSY, "busy", Duration.ofSeconds(3)));
        answers.add(new Said("hi", 5));
        GuardedModel model = guarded();
        assertThat(model.ask(REQUEST, model.budget())).isEqualTo(new Said("hi", 5));
        assertThat(paused).containsExactly(Duration.ofSeconds(3));
    }

    @Test
    void whatWillNotPassIsAskedOnce() {
        for (Failure failure : List.of(Failure.UNAUTHORISED, Failure.MISSING, Failure.SLOW, Failure.REFUSED)) {
            answers.add(failed(failure));
            GuardedModel model = guarded("attempts", "4");
            assertThat(why(model.ask(REQUEST, model.budget()))).isEqualTo(failure);
        }
        assertThat(paused).isEmpty();
        assertThat(limits).hasSize(4);
    }

    @Test
    void attemptsAreBounded() {
        for (int i = 0; i < 3; i++) {
            answers.add(failed(Failure.BROKEN));
        }
        GuardedModel model = guarded("attempts", "3");
        assertThat(why(model.ask(REQUEST, model.budget()))).isEqualTo(Failure.BROKEN);
        assertThat(paused).containsExactly(Duration.ofMillis(250), Duration.ofMillis(500));
    }

    @Test
    void noWaitOutlastsTheMessagesTime() {
        answers.add(new Failed(Failure.BUSY, "busy", Duration.ofMinutes(5)));
        GuardedModel model = guarded();
        assertThat(why(model.ask(REQUEST, model.budget()))).isEqualTo(Failure.BUSY);
        assertThat(paused).isEmpty();
    }

    @Test
    void aMessageMayUseItsTimeAndItsTokensAndNoMore() {
        GuardedModel model = guarded("deadline", "40s", "call-timeout", "30s", "max-tokens", "3000");
        Budget budget = model.budget();
        answers.add(new Said("hi", 1_500));
        model.ask(REQUEST, budget);
        now = now.plusSeconds(25);
        answers.add(new Said("hi", 400));
        model.ask(REQUEST, budget);
        assertThat(limits).containsExactly(Duration.ofSeconds(30), Duration.ofSeconds(15));
        answers.add(new Said("hi", 1));
        model.ask(REQUEST, budget);
        assertThat(model.ask(REQUEST, new Budget(() -> now, Duration.ZERO, 10_000)))
                .isInstanceOfSatisfying(
                        Failed.class, failed -> assertThat(failed.failure()).isEqualTo(Failure.OVER_BUDGET));
        budget.spend(200);
        assertThat(why(model.ask(REQUEST, budget))).isEqualTo(Failure.OVER_BUDGET);
    }

    @Test
    void anAnswerWithoutACountIsCountedByItsLength() {
        GuardedModel model = guarded("max-tokens", "2000");
        Budget budget = model.budget();
        answers.add(new Said("x".repeat(6_000), 0));
        model.ask(REQUEST, budget);
        assertThat(why(model.ask(REQUEST, budget))).isEqualTo(Failure.OVER_BUDGET);
    }

    @Test
    void afterSeveralFailuresTheModelIsLeftAloneAndThenTriedOnce() {
        GuardedModel model = guarded("failures", "3", "pause", "60s");
        for (int i = 0; i < 3; i++) {
            answers.add(failed(Failure.SLOW));
            model.ask(REQUEST, model.budget());
        }
        ModelAnswer paused = model.ask(REQUEST, model.budget());
        assertThat(why(paused)).isEqualTo(Failure.PAUSED);
        assertThat(((Failed) paused).words()).isEqualTo("it failed 3 times in a row (SLOW) and is asked again in 60 s");
        now = now.plusSeconds(61);
        answers.add(new Said("back", 5));
        assertThat(model.ask(REQUEST, model.budget())).isInstanceOf(Said.class);
        // Until that answer proves usable, nobody else asks.
        assertThat(why(model.ask(REQUEST, model.budget()))).isEqualTo(Failure.PAUSED);
        model.wasUsable();
        answers.add(new Said("again", 5));
        assertThat(model.ask(REQUEST, model.budget())).isInstanceOf(Said.class);
    }

    @Test
    void answersThatCannotBeUsedOpenTheCircuitToo() {
        GuardedModel model = guarded("failures", "2");
        for (int i = 0; i < 2; i++) {
            answers.add(new Said("not json", 5));
            model.ask(REQUEST, model.budget());
            model.wasUnusable("it is not JSON");
        }
        assertThat(why(model.ask(REQUEST, model.budget()))).isEqualTo(Failure.PAUSED);
    }
}
