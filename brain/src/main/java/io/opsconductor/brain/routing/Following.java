package io.opsconductor.brain.routing;

import io.opsconductor.brain.Measures;
import io.opsconductor.brain.People;
import io.opsconductor.brain.Refusal;
import io.opsconductor.brain.approval.ApprovedPlan;
import io.opsconductor.brain.audit.Audit;
import io.opsconductor.brain.conversation.ChatEvent;
import io.opsconductor.brain.conversation.Choice;
import io.opsconductor.brain.conversation.Conversations;
import io.opsconductor.brain.conversation.ThreadLanguage;
import io.opsconductor.brain.history.PlannedTargets;
import io.opsconductor.brain.language.Speech;
import io.opsconductor.brain.outputs.ResultReader;
import io.opsconductor.brain.outputs.ResultReading;
import io.opsconductor.brain.runner.ExecutionStream;
import io.opsconductor.brain.runner.RunnerAnswer;
import io.opsconductor.brain.runner.RunnerClient;
import io.opsconductor.kit.journal.JournalUnavailableException;
import io.opsconductor.kit.log.LogContext;
import io.opsconductor.kit.trace.Span;
import io.opsconductor.plan.ExecutionAnswer;
import io.opsconductor.plan.ExecutionEvent;
import io.opsconductor.plan.ExecutionStatus;
import io.opsconductor.plan.TargetResult;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One approved plan on its way: sent, followed event by event, asked for again when the connection is lost, until its end
 * is told. Whenever it is uncertain whether the runner has it, the runner is asked; sending it again is safe, because the
 * execution id is the same.
 */
final class Following {
    private static final Logger LOG = LoggerFactory.getLogger(Following.class);

    /** How far the runner's clock may be behind: until then an attempt on its way could still be accepted. */
    private static final Duration CLOCK_MARGIN = Duration.ofMinutes(1);

    /** What is known of the runner's knowledge at the start. */
    enum Start {
        /** It was approved just now and never sent. */
        NEW,
        /** It was open when the process stopped. */
        RESUMED
    }

    private final ApprovedPlan plan;
    private final ExecutionStore store;
    private final Conversations conversations;
    private final ThreadLanguage languages;
    private final People people;
    private final RunnerClient runner;
    private final ResultReader reader;
    private final Audit audit;
    private final Measures measures;
    private final Clock clock;
    private final ResultListener listener;
    private final Outage outage;

    private final List<TargetResult> results = new ArrayList<>();
    /** How it ended, or that this process does not know. */
    private String ending = "stopped";

    private boolean attempted;
    private boolean sent;
    private boolean accepted;
    private boolean resultsComplete;
    private long last;
    private volatile String cancelledBy = "";
    private volatile String cancelAskedBy = "";
    private volatile boolean stopped;

    Following(
            ApprovedPlan plan,
            Start start,
            ExecutionStore store,
            Conversations conversations,
            ThreadLanguage languages,
            People people,
            RunnerClient runner,
            ResultReader reader,
            Audit audit,
            Measures measures,
            Clock clock,
            ResultListener listener) {
        this.plan = plan;
        this.store = store;
        this.conversations = conversations;
        this.languages = languages;
        this.people = people;
        this.runner = runner;
        this.reader = reader;
        this.audit = audit;
        this.measures = measures;
        this.clock = clock;
        this.listener = listener;
        this.outage = new Outage(plan, conversations, languages);
        this.attempted = start == Start.RESUMED;
        this.sent = attempted;
        this.resultsComplete = start == Start.NEW;
    }

    /** Somebody cancelled it before the runner knew it. */
    void cancel(String actor) {
        cancelledBy = actor;
    }

    /** Somebody asks the runner to cancel it; answers who asked before, to be put back when this was in vain. */
    String cancelAskedBy(String actor) {
        String before = cancelAskedBy;
        cancelAskedBy = actor;
        return before;
    }

    void stop() {
        stopped = true;
    }

    /**
     * Returns when the end is told, or when it cannot go on in this process.
     *
     * @param span is told how it ended
     */
    void toTheEnd(Span span) throws InterruptedException {
        try (LogContext _ = LogContext.of(plan.conversation(), plan.execution())) {
            if (sent) {
                store.find(plan.tenant(), plan.execution()).ifPresent(row -> {
                    last = row.lastSeq();
                    cancelledBy = row.cancelledBy();
                    accepted = last > 0;
                    resultsComplete = last == 0;
                });
            }
            while (!stopped && !oneConnection()) {
                if (sent) {
                    outage.pause();
                }
            }
            span.outcome(ending, ending.equals(ExecutionStatus.SUCCEEDED.word()));
        } catch (JournalUnavailableException e) {
            LOG.error("not sent, because it could not be recorded", e);
            say(ChatEvent.Failure.of(
                    "journal_unavailable",
                    "\"" + plan.summary() + "\" was approved but not sent to the runner: the audit journal cannot be"
                            + " written.",
                    "Repair the chatbot's journal and restart the chatbot: the plan is kept until it expires."));
        }
    }

    /** Whether the end is told; false to go on with another connection. */
    private boolean oneConnection() {
        if (!sent && !cancelledBy.isEmpty()) {
            if (!attempted) {
                return cancelled("cancelled-early");
            }
            // An attempt may still be on its way: the runner is asked, and nothing more is sent.
            sent = true;
        }
        return switch (sent ? runner.events(plan.tenant(), plan.execution(), last) : send()) {
            case RunnerAnswer.Ok<ExecutionStream>(ExecutionStream stream) -> follow(stream);
            case RunnerAnswer.Refused<ExecutionStream>(Refusal refusal) -> refused(refusal);
            case RunnerAnswer.Unreachable<ExecutionStream>(String why) -> {
                sent = true;
                lost(why);
                yield false;
            }
        };
    }

    private boolean cancelled(String words) {
        return finish("cancelled", "cancelled", speech().say(words, "person", people.name(cancelledBy)), List.of());
    }

    private Speech speech() {
        return languages.speech(plan.conversation());
    }

    private RunnerAnswer<ExecutionStream> send() {
        attempted = true;
        audit.executionRequested(plan.conversation(), plan.execution(), plan.digest());
        measures.executionRequestSent();
        LOG.info("the approved plan goes to the runner");
        return runner.execute(plan);
    }

    private boolean refused(Refusal refusal) {
        if (sent && refusal.status() == 404) {
            if (accepted) {
                return finish("interrupted", "interrupted", speech().say("lost"), List.copyOf(results));
            }
            if (!cancelledBy.isEmpty()) {
                if (clock.instant().isAfter(plan.expiresAt().plus(CLOCK_MARGIN))) {
                    return cancelled("cancelled-expired");
                }
                outage.patience();
                return false;
            }
            sent = false;
            return false;
        }
        if (isPassing(refusal) || accepted) {
            sent = true;
            lost(refusal.message());
            return false;
        }
        say(new ChatEvent.Failure(
                refusal.code(),
                speech().say("runner-refused", "summary", plan.summary(), "reason", refusal.message()),
                refusal.hint(),
                refusal.problem().error().choices().stream()
                        .map(choice -> new Choice(choice, choice))
                        .toList(),
                refusal.problem().error().reference()));
        return finish("refused", "failed", speech().say("runner-refused-it", "reason", refusal.message()), List.of());
    }

    private static boolean isPassing(Refusal refusal) {
        return switch (refusal.status()) {
            case 408, 425, 429, 500, 502, 503, 504 -> true;
            default -> false;
        };
    }

    private boolean follow(ExecutionStream stream) {
        sent = true;
        try (stream) {
            for (Optional<ExecutionEvent> next = stream.next(); next.isPresent(); next = stream.next()) {
                outage.over();
                if (next.get().seq() > last && told(next.get())) {
                    // Read to its end, the connection can be used again: the next call saves a handshake.
                    stream.drain();
                    return true;
                }
            }
            lost("the event stream ended early");
        } catch (IOException e) {
            lost(e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage());
        }
        return false;
    }

    private void lost(String why) {
        if (!stopped) {
            LOG.warn("the runner cannot be followed: {}", why);
            outage.goesOn(why, accepted || last > 0);
        }
    }

    /** Whether this was the end. */
    private boolean told(ExecutionEvent event) {
        String execution = plan.execution();
        switch (event) {
            case ExecutionEvent.Accepted _ -> {
                accepted = true;
                if (!cancelledBy.isEmpty()) {
                    LOG.info(
                            "cancelled while it was being sent: {}",
                            runner.cancel(plan.tenant(), execution, cancelledBy));
                }
            }
            case ExecutionEvent.TargetStarted started ->
                conversations.write(plan.conversation(), thread -> {
                    store.toldUpTo(thread.tx(), execution, event.seq());
                    thread.append(ChatEvent.Progress.started(
                            execution, plan.approval(), started.step(), started.tool(), started.target()));
                    thread.expectOutput();
                    return event;
                });
            case ExecutionEvent.Waiting waiting ->
                conversations.show(
                        plan.conversation(),
                        ChatEvent.Progress.waiting(
                                execution,
                                plan.approval(),
                                waiting.step(),
                                waiting.tool(),
                                waiting.target(),
                                waiting.reason()));
            case ExecutionEvent.Output output ->
                conversations.show(
                        plan.conversation(),
                        ChatEvent.Progress.output(
                                execution,
                                plan.approval(),
                                output.step(),
                                plan.tool(output.step()),
                                output.target(),
                                output.stream(),
                                output.text()));
            case ExecutionEvent.TargetFinished finished -> {
                results.add(finished.result());
                conversations.write(plan.conversation(), thread -> {
                    store.toldUpTo(thread.tx(), execution, event.seq());
                    thread.append(ChatEvent.Progress.finished(execution, plan.approval(), finished.result()));
                    return event;
                });
            }
            case ExecutionEvent.Finished finished -> {
                return ended(finished);
            }
        }
        last = event.seq();
        return false;
    }

    private boolean ended(ExecutionEvent.Finished finished) {
        if (!resultsComplete) {
            switch (runner.execution(plan.tenant(), plan.execution())) {
                case RunnerAnswer.Ok<ExecutionAnswer>(ExecutionAnswer answer) -> {
                    results.clear();
                    results.addAll(answer.stepResults());
                }
                case RunnerAnswer.Refused<ExecutionAnswer>(Refusal refusal) -> {
                    lost(refusal.message());
                    return false;
                }
                case RunnerAnswer.Unreachable<ExecutionAnswer>(String why) -> {
                    lost(why);
                    return false;
                }
            }
        }
        String status = finished.status().word();
        measures.executionResultReceived(status);
        return finish(status, status, finished.result().message(), List.copyOf(results));
    }

    private boolean finish(String stored, String status, String summary, List<TargetResult> stepResults) {
        ending = status;
        try {
            audit.resultPosted(plan.conversation(), plan.execution(), plan.digest(), status);
        } catch (JournalUnavailableException e) {
            // The execution is over and audited by the runner: keeping its result from the people helps nobody.
            LOG.error("the result is posted without a line in the journal", e);
        }
        ResultReading reading = reader.read(plan.tenant(), plan.request().plan().steps(), stepResults);
        ChatEvent.Result result = new ChatEvent.Result(
                plan.execution(),
                plan.approval(),
                status,
                summary,
                ResultSize.limited(stepResults),
                whoCancelled(status),
                reading.readings(),
                reading.next());
        boolean first = conversations.write(plan.conversation(), thread -> {
            boolean ends = store.finish(thread.tx(), plan.execution(), stored, clock.instant());
            if (ends) {
                PlannedTargets.ended(thread.tx(), plan.approval(), stepResults);
                if (!stepResults.isEmpty()) {
                    reader.keep(thread.tx(), plan.conversation(), reading);
                }
                thread.append(result);
                listener.telling(thread, plan.conversation(), result);
            }
            return ends;
        });
        LOG.info("the result is told: {}", status);
        if (first) {
            listener.told(plan.conversation(), result);
        }
        return true;
    }

    private @Nullable String whoCancelled(String status) {
        String who = cancelledBy.isEmpty() ? cancelAskedBy : cancelledBy;
        return status.equals("cancelled") && !who.isEmpty() ? who : null;
    }

    private void say(ChatEvent event) {
        conversations.write(plan.conversation(), thread -> {
            thread.append(event);
            return event;
        });
    }
}
