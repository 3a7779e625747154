package io.opsconductor.runner.api;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.HttpRequest;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.opsconductor.kit.http.Edge;
import io.opsconductor.kit.http.HttpProblem;
import io.opsconductor.kit.journal.JournalUnavailableException;
import io.opsconductor.plan.Tenant;
import io.opsconductor.plan.Visible;
import io.opsconductor.runner.audit.Audit;
import io.opsconductor.runner.audit.Refusal;
import io.opsconductor.runner.metrics.RunnerMetrics;
import io.opsconductor.runner.tenant.Estate;
import io.opsconductor.runner.tenant.Estates;
import java.security.cert.Certificate;
import java.util.List;
import java.util.Optional;

/** What every call passes: the caller's identity before it, and one place that records, counts and answers refusals. */
final class Gate {
    private static final HeaderName TENANT = HeaderNames.create(Tenant.HEADER);
    private static final String RETRY_AFTER_SECONDS = "5";

    private final CallerCheck callers;
    private final CallerTrust trust;
    private final Estates estates;
    private final Audit audit;
    private final RunnerMetrics metrics;

    Gate(List<String> allowedCallers, CallerTrust trust, Estates estates, Audit audit, RunnerMetrics metrics) {
        this.callers = new CallerCheck(allowedCallers);
        this.trust = trust;
        this.estates = estates;
        this.audit = audit;
        this.metrics = metrics;
    }

    /** Lets only allowed callers through, whatever they ask for. */
    void checkCaller(FilterChain chain, RoutingRequest request, RoutingResponse response) {
        Certificate[] certificates = certificates(request);
        Optional<Refusal> distrusted = trust.problem(certificates);
        if (distrusted.isEmpty() && !callers.allowedNames(certificates).isEmpty()) {
            chain.proceed();
            return;
        }
        if (distrusted.isPresent()) {
            refuseCall(request, response, distrusted.get());
            return;
        }
        String names = String.join(", ", callers.names(certificates));
        refuseCall(
                request,
                response,
                Refusal.of(
                        403,
                        "wrong_caller",
                        "the client certificate of " + (names.isEmpty() ? "nobody" : names)
                                + " is not one that may call the runner",
                        "call with the chatbot's certificate, or add the name to api.allowed-callers"));
    }

    /** Refuses a call before it is known for whom it is. */
    void refuseCall(RoutingRequest request, RoutingResponse response, Refusal refusal) {
        String call = request.prologue().method() + " " + request.path().path();
        refuse(response, Audit.Subject.NONE, call, "", refusal);
    }

    /** Whether whoever made a call that is still being answered might make it now. */
    boolean stillTrusts(HttpRequest request) {
        return trust.problem(certificates(request)).isEmpty();
    }

    private static Certificate[] certificates(HttpRequest request) {
        return request.remotePeer().tlsCertificates().orElseGet(() -> new Certificate[0]);
    }

    /** A handler that works for one tenant, and whose refusals are recorded, counted and answered. */
    Handler guarded(String call, TenantCall handler) {
        return (request, response) -> {
            String named = request.headers().first(TENANT).orElse(Tenant.DEFAULT.name());
            Optional<Estate> estate = estates.of(named, callers.allowedNames(certificates(request)));
            if (estate.isEmpty()) {
                refuse(response, Audit.Subject.NONE, call, "", notTheirs(named));
                return;
            }
            Audit.Subject subject = new Audit.Subject(named, "", "", "");
            try {
                handler.handle(request, response, estate.get());
            } catch (RefusedCall e) {
                refuse(response, e.subject(), call, e.actor(), e.refusal());
            } catch (HttpProblem e) {
                refuse(response, subject, call, "", new Refusal(e.status(), e.problem()));
            } catch (JournalUnavailableException e) {
                refuse(response, subject, call, "", unrecorded(e));
            }
        };
    }

    /** The same for a tenant that there is and for one that there is not: who may not call for it learns nothing of it. */
    private static Refusal notTheirs(String tenant) {
        return Refusal.of(
                403,
                "tenant_not_allowed",
                "this caller may not speak for the tenant "
                        + Visible.escape(tenant.length() <= 80 ? tenant : tenant.substring(0, 80) + "..."),
                "name a tenant of this runner in the header " + Tenant.HEADER
                        + ", and list the certificate's name among the tenant's callers");
    }

    private static Certificate[] certificates(ServerRequest request) {
        return request.remotePeer().tlsCertificates().orElseGet(() -> new Certificate[0]);
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
                "look at the runner's /health, which says how to go on");
    }
}
