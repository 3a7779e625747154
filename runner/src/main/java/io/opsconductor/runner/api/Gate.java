package io.opsconductor.runner.api;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import io.helidon.webserver.http.ServerResponse;
import io.opsconductor.kit.http.Edge;
import io.opsconductor.kit.http.HttpProblem;
import io.opsconductor.kit.journal.JournalUnavailableException;
import io.opsconductor.runner.audit.Audit;
import io.opsconductor.runner.audit.Refusal;
import io.opsconductor.runner.metrics.RunnerMetrics;
import java.security.cert.Certificate;
import java.util.List;

/** What every call passes: the caller's identity before it, and one place that records, counts and answers refusals. */
final class Gate {
    private static final String RETRY_AFTER_SECONDS = "5";

    private final CallerCheck callers;
    private final Audit audit;
    private final RunnerMetrics metrics;

    Gate(List<String> allowedCallers, Audit audit, RunnerMetrics metrics) {
        this.callers = new CallerCheck(allowedCallers);
        this.audit = audit;
        this.metrics = metrics;
    }

    /** Lets only allowed callers through, whatever they ask for. */
    void checkCaller(FilterChain chain, RoutingRequest request, RoutingResponse response) {
        Certificate[] certificates = request.remotePeer().tlsCertificates().orElseGet(() -> new Certificate[0]);
        if (callers.allowedName(certificates).isPresent()) {
            chain.proceed();
            return;
        }
        String names = String.join(", ", callers.names(certificates));
        refuse(
                response,
                Audit.Subject.NONE,
                request.prologue().method() + " " + request.path().path(),
                "",
                Refusal.of(
                        403,
                        "wrong_caller",
                        "the client certificate of " + (names.isEmpty() ? "nobody" : names)
                                + " is not one that may call the runner",
                        "call with the chatbot's certificate, or add the name to api.allowed-callers"));
    }

    /** A handler whose refusals are recorded, counted and answered. */
    Handler guarded(String call, Handler handler) {
        return (request, response) -> {
            try {
                handler.handle(request, response);
            } catch (RefusedCall e) {
                refuse(response, e.subject(), call, e.actor(), e.refusal());
            } catch (HttpProblem e) {
                refuse(response, Audit.Subject.NONE, call, "", new Refusal(e.status(), e.problem()));
            } catch (JournalUnavailableException e) {
                refuse(response, Audit.Subject.NONE, call, "", unrecorded(e));
            }
        };
    }

    private void refuse(ServerResponse response, Audit.Subject subject, String call, String actor, Refusal refusal) {
        audit.refused(subject, call, actor, refusal);
        metrics.refused(refusal.code());
        if (refusal.status() == 503) {
            response.header(HeaderNames.RETRY_AFTER, RETRY_AFTER_SECONDS);
        }
        Edge.send(response, refusal.status(), refusal.problem());
    }

    private static Refusal unrecorded(JournalUnavailableException e) {
        return Refusal.of(
                503,
                "journal_unavailable",
                "nothing was done, because it could not be recorded: " + e.getMessage(),
                "repair the runner's journal and restart the runner");
    }
}
