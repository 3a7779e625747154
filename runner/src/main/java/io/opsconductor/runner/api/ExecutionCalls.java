package io.opsconductor.runner.api;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.HttpRequest;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.opsconductor.json.Json;
import io.opsconductor.kit.http.Edge;
import io.opsconductor.kit.http.EventStream;
import io.opsconductor.kit.http.HttpProblem;
import io.opsconductor.kit.http.JsonBody;
import io.opsconductor.kit.journal.JournalUnavailableException;
import io.opsconductor.plan.ExecutionEvent;
import io.opsconductor.plan.Identity;
import io.opsconductor.runner.audit.Audit;
import io.opsconductor.runner.audit.Refusal;
import io.opsconductor.runner.execution.Executions;
import io.opsconductor.runner.policy.Policy;
import io.opsconductor.runner.policy.Standing;
import io.opsconductor.runner.store.ExecutionKey;
import io.opsconductor.runner.store.StoredExecution;
import io.opsconductor.runner.tenant.Estate;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The calls about executions that exist: list, state, events, cancel. */
final class ExecutionCalls {
    private static final Logger LOG = LoggerFactory.getLogger(ExecutionCalls.class);
    /** After events were sent, so long is waited for more: what comes from many targets goes out together. */
    private static final Duration GATHERING = Duration.ofMillis(20);

    private final Executions executions;
    private final Audit audit;
    private final Predicate<HttpRequest> trusted;
    private final Duration heartbeat;

    /**
     * @param trusted whether a caller who is still being answered might call now
     * @param heartbeat silence after which a stream gets a comment
     */
    ExecutionCalls(Executions executions, Audit audit, Predicate<HttpRequest> trusted, Duration heartbeat) {
        this.executions = executions;
        this.audit = audit;
        this.trusted = trusted;
        this.heartbeat = heartbeat;
    }

    void list(ServerRequest request, ServerResponse response, Estate estate) {
        Edge.send(
                response, 200, ExecutionList.of(executions.list(ExecutionFilter.of(estate.tenant(), request.query()))));
    }

    void one(ServerRequest request, ServerResponse response, Estate estate) {
        answer(response, 200, known(request, estate).key());
    }

    void events(ServerRequest request, ServerResponse response, Estate estate) throws InterruptedException {
        StoredExecution execution = known(request, estate);
        long after = request.query().contains("after")
                ? number(request, "after", 0)
                : request.headers()
                        .first(HeaderNames.create("Last-Event-ID"))
                        .map(text -> number("Last-Event-ID", text))
                        .orElse(0L);
        stream(request, response, execution.key(), after);
    }

    void cancel(ServerRequest request, ServerResponse response, Estate estate) {
        CancelRequest asked = JsonBody.read(request, CancelRequest.class, PlanCalls.MAX_BODY_BYTES);
        StoredExecution execution = known(request, estate);
        String person = whoMayCancel(estate.policy().get(), execution, asked.actorId());
        try {
            audit.cancelRequested(execution.subject(), asked.actorId());
        } catch (JournalUnavailableException e) {
            // Stopping something is never held up by what cannot be recorded.
            LOG.error("the cancelling of {} by {} is in this log alone", execution.id(), asked.actorId(), e);
        }
        if (!executions.cancel(execution.key(), person + " cancelled it.")) {
            throw new RefusedCall(
                    Refusal.of(409, "already_ended", "the execution " + execution.id() + " has ended already", ""),
                    execution.subject(),
                    asked.actorId());
        }
        answer(response, 202, execution.key());
    }

    private static String whoMayCancel(Policy policy, StoredExecution execution, String actor) {
        if (!Identity.isValid(actor)) {
            throw HttpProblem.of(
                    400, "invalid_actor", "actor_id is not a platform identity such as web:alice", "send who cancels");
        }
        Standing standing = policy.judgeDenier(execution.preview().approval(), execution.requester(), actor);
        return switch (standing) {
            case Standing.Counts(String name) -> name;
            case Standing.DoesNot(String code, String message, String hint) ->
                throw new RefusedCall(
                        Refusal.of(
                                403,
                                "cancel_not_allowed",
                                actor + " may not cancel this execution",
                                "whoever asked for it may, and everybody who may approve it",
                                execution.preview().approval().approvers()),
                        execution.subject(),
                        actor);
        };
    }

    /** Answers an execution once it has ended, or streams its events from the first. */
    void follow(ServerRequest request, ServerResponse response, StoredExecution execution, boolean streamed)
            throws InterruptedException {
        if (streamed) {
            stream(request, response, execution.key(), 0);
        } else {
            executions.awaitEnd(execution.key());
            answer(response, 200, execution.key());
        }
    }

    private void stream(HttpRequest request, ServerResponse response, ExecutionKey key, long after)
            throws InterruptedException {
        try (EventStream stream = EventStream.open(response)) {
            long last = after;
            boolean more = true;
            while (more) {
                List<ExecutionEvent> events = executions.events(key, last, heartbeat);
                if (!trusted.test(request)) {
                    LOG.warn("the certificate of the reader of {}'s events counts no more; the execution goes on", key);
                    return;
                }
                for (ExecutionEvent event : events) {
                    stream.event(event.seq(), Json.write(event));
                    last = event.seq();
                }
                if (events.isEmpty()) {
                    stream.heartbeat();
                } else {
                    stream.flush();
                }
                more = executions.runs(key, last);
                if (more && !events.isEmpty()) {
                    Thread.sleep(GATHERING);
                }
            }
        } catch (UncheckedIOException e) {
            LOG.debug("the reader of {}'s events went away; the execution goes on", key.id());
        }
    }

    private void answer(ServerResponse response, int status, ExecutionKey key) {
        Edge.send(response, status, executions.answer(key).orElseThrow(() -> unknown(key.id())));
    }

    private StoredExecution known(ServerRequest request, Estate estate) {
        String id = request.path().pathParameters().get("id");
        return executions.find(new ExecutionKey(estate.tenant(), id)).orElseThrow(() -> unknown(id));
    }

    private static HttpProblem unknown(String id) {
        return HttpProblem.of(
                404,
                "unknown_execution",
                "this runner knows no execution " + (id.length() <= 64 ? id : id.substring(0, 64) + "..."),
                "GET /executions lists the latest ones");
    }

    private static long number(ServerRequest request, String name, long otherwise) {
        return request.query().contains(name) ? number(name, request.query().get(name)) : otherwise;
    }

    private static long number(String name, String text) {
        if (!text.matches("\\d{1,18}")) {
            throw HttpProblem.of(
                    400,
                    "invalid_" + name.replace('-', '_').toLowerCase(Locale.ROOT),
                    name + " must be a whole number of at most 18 digits",
                    "");
        }
        return Long.parseLong(text);
    }
}
