package io.opsconductor.brain.model;

import io.opsconductor.brain.model.ModelAnswer.Failed;
import io.opsconductor.brain.model.ModelAnswer.Failure;
import io.opsconductor.brain.model.ModelAnswer.Said;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A model with what keeps it from hurting: a budget for each message, few retries, and a circuit breaker. Thread-safe. */
public final class GuardedModel implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(GuardedModel.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(250);

    private final Model model;
    private final ModelSettings settings;
    private final CircuitBreaker breaker;
    private final InstantSource clock;
    private final Pausing pausing;
    private final LongAdder tokens = new LongAdder();

    /** Waits between attempts. */
    @FunctionalInterface
    public interface Pausing {
        void pause(Duration time) throws InterruptedException;
    }

    public GuardedModel(Model model, ModelSettings settings, InstantSource clock) {
        this(model, settings, clock, Thread::sleep);
    }

    GuardedModel(Model model, ModelSettings settings, InstantSource clock, Pausing pausing) {
        this.model = model;
        this.settings = settings;
        this.breaker = new CircuitBreaker(clock, settings.failures(), settings.pause());
        this.clock = clock;
        this.pausing = pausing;
    }

    /** How people know it. */
    public String described() {
        return model.described();
    }

    public ModelSettings settings() {
        return settings;
    }

    /** Tokens so far over all messages, both ways; estimated where the server did not tell. */
    public long tokens() {
        return tokens.sum();
    }

    /** What one message may use. */
    public Budget budget() {
        return new Budget(clock, settings.deadline(), settings.maxTokens());
    }

    /** Asks, again when that may help, for as long as the budget allows. */
    public ModelAnswer ask(ModelRequest request, Budget budget) {
        Optional<String> objection = breaker.objection();
        if (objection.isPresent()) {
            return new Failed(Failure.PAUSED, objection.get());
        }
        ModelAnswer answer = attempt(request, budget);
        for (int attempt = 1; attempt < settings.attempts(); attempt++) {
            if (!(answer instanceof Failed failed && failed.failure().passes() && waited(failed, attempt, budget))) {
                break;
            }
            answer = attempt(request, budget);
        }
        count(answer);
        return answer;
    }

    private ModelAnswer attempt(ModelRequest request, Budget budget) {
        int needed = request.tokens() + settings.maxAnswerTokens();
        if (!budget.affords(needed)) {
            return new Failed(Failure.OVER_BUDGET, "this message has used up the time or the tokens it may take");
        }
        Duration left = budget.left();
        ModelAnswer answer =
                model.ask(request, left.compareTo(settings.callTimeout()) < 0 ? left : settings.callTimeout());
        int used = switch (answer) {
            case Said said -> said.tokens() > 0 ? said.tokens() : request.tokens() + ModelRequest.tokens(said.text());
            case Failed _ -> request.tokens();
        };
        budget.spend(used);
        tokens.add(used);
        return answer;
    }

    /** Whether there was time to wait for another attempt. */
    private boolean waited(Failed failed, int attempt, Budget budget) {
        Duration pause = FIRST_PAUSE.multipliedBy(1L << (attempt - 1));
        Duration wanted = failed.retryAfter().compareTo(pause) > 0 ? failed.retryAfter() : pause;
        if (wanted.compareTo(budget.left()) >= 0) {
            return false;
        }
        try {
            pausing.pause(wanted);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void count(ModelAnswer answer) {
        switch (answer) {
            case Said _ -> {}
            case Failed failed -> {
                LOG.warn("the model {} did not answer: {}", described(), failed.words());
                if (failed.failure() != Failure.OVER_BUDGET) {
                    breaker.failed(failed.words());
                }
            }
        }
    }

    /** Counts an answer that could be used. */
    void wasUsable() {
        breaker.succeeded();
    }

    /** Counts an answer that came and could not be read. */
    void wasUnusable(String words) {
        LOG.warn("what the model {} said could not be used: {}", described(), words);
        breaker.failed(words);
    }

    @Override
    public void close() {
        model.close();
    }
}
