package io.opsconductor.runner.api;

import io.helidon.http.HeaderNames;
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
import io.opsconductor.runner.store.StoredExecution;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The calls about executions that exist: list, state, events, cancel. */
final class ExecutionCalls {
    private static final Logger LOG = LoggerFactory.getLogger(ExecutionCalls.class);

    private final Executions executions;
    private final Supplier<Policy> policy;
    private final Audit audit;
    private final Duration heartbeat;

    /** @param heartbeat silence after which a stream gets a comment */
    ExecutionCalls(Executions executions, Supplier<Policy> policy, Audit audit, Duration heartbeat) {
        this.executions = executions;
        this.policy = policy;
        this.audit = audit;
        this.heartbeat = heartbeat;
    }

    void list(ServerRequest request, ServerResponse response) {
        Edge.send(response, 200, ExecutionList.of(executions.list(ExecutionFilter.of(request.query()))));
    }

    void one(ServerRequest request, ServerResponse response) {
        answer(response, 200, known(request).id());
    }

    void events(ServerRequest request, ServerResponse response) throws InterruptedException {
        StoredExecution execution = known(request);
        long after = request.query().contains("after")
                ? number(request, "after", 0)
                : request.headers()
                        .first(HeaderNames.create("Last-Event-ID"))
                        .map(text -> number("Last-Event-ID", text))
                        .orElse(0L);
        stream(response, execution.id(), after);
    }

    void cancel(ServerRequest request, ServerResponse response) {
        CancelRequest asked = JsonBody.read(request, CancelRequest.class, PlanCalls.MAX_BODY_BYTES);
        StoredExecution execution = known(request);
        String person = whoMayCancel(execution, asked.actorId());
        try {
            audit.cancelRequested(execution.subject(), asked.actorId());
        } catch (JournalUnavailableException e) {
            // Stopping something is never held up by what cannot be recorded.
            LOG.error("the cancelling of {} by {} is in this log alone", execution.id(), asked.actorId(), e);
        }
        if (!executions.cancel(execution.id(), person + " cancelled it.")) {
            throw new RefusedCall(
                    Refusal.of(409, "already_ended", "the execution " + execution.id() + " has ended already", ""),
                    execution.subject(),
                    asked.actorId());
        }
        answer(response, 202, execution.id());
    }

    private String whoMayCancel(StoredExecution execution, String actor) {
        if (!Identity.isValid(actor)) {
            throw HttpProblem.of(
                    400, "invalid_actor", "actor_id is not a platform identity such as web:alice", "send who cancels");
        }
        Standing standing = policy.get().judgeDenier(execution.preview().approval(), execution.requester(), actor);
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
    void follow(ServerResponse response, StoredExecution execution, boolean streamed) throws InterruptedException {
        if (streamed) {
            stream(response, execution.id(), 0);
        } else {
            executions.awaitEnd(execution.id());
            answer(response, 200, execution.id());
        }
    }

    private void stream(ServerResponse response, String id, long after) throws InterruptedException {
        try (EventStream stream = EventStream.open(response)) {
            long last = after;
            boolean more = true;
            while (more) {
                List<ExecutionEvent> events = executions.events(id, last, heartbeat);
                for (ExecutionEvent event : events) {
                    stream.event(event.seq(), Json.write(event));
                    last = event.seq();
                }
                if (events.isEmpty()) {
                    stream.heartbeat();
                }
                more = executions.runs(id, last);
            }
        } catch (UncheckedIOException e) {
            LOG.debug("the reader of {}'s events went away; the execution goes on", id);
        }
    }

    private void answer(ServerResponse response, int status, String id) {
        Edge.send(response, status, executions.answer(id).orElseThrow(() -> unknown(id)));
    }

    private StoredExecution known(ServerRequest request) {
        String id = request.path().pathParameters().get("id");
        return executions.find(id).orElseThrow(() -> unknown(id));
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
