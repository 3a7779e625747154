package io.opsconductor.brain.approval;

import io.helidon.dbclient.DbExecute;
import io.opsconductor.kit.store.Database;
import io.opsconductor.kit.store.Rows;
import io.opsconductor.kit.trace.Span;
import io.opsconductor.kit.trace.TraceContext;
import io.opsconductor.kit.trace.Tracing;
import java.util.Optional;

/**
 * In which trace a plan is: the one of the message that it came of, which is stored with it, since people take their time, or else
 * one of its own, when it came of a button.
 */
public final class ApprovalTraces {
    private static final String WAITING = "approval";
    private static final String APPROVE = "approve";
    private static final String APPROVAL = "opsconductor.approval";

    private final Database database;
    private final Tracing tracing;

    public ApprovalTraces(Database database, Tracing tracing) {
        this.database = database;
        this.tracing = tracing;
    }

    /** Keeps in which trace a plan is shown, in the transaction that stores it. */
    void keep(DbExecute tx, ApprovalRequest request) {
        tracing.current()
                .ifPresent(here -> tx.dml(
                        "insert into approval_trace (approval, trace_parent) values (?, ?)",
                        request.id(),
                        here.header()));
    }

    /** Somebody's decision on its way. */
    Span deciding(Vote vote) {
        return tracing.under(of(vote.approval()), "decision", Span.Kind.INTERNAL)
                .with(APPROVAL, vote.approval())
                .with("opsconductor.decision", vote.decision().word());
    }

    /**
     * Something was decided about a plan.
     *
     * @param execution of what is approved; empty for anything else
     * @param decision {@code approve}, {@code deny}, {@code expired} and so on
     */
    void decided(ApprovalRequest request, String execution, String decision) {
        boolean waitsForMore = decision.equals(APPROVE) && execution.isEmpty();
        boolean nobodyWaited = request.needsNobody() && tracing.current().isPresent();
        if (!waitsForMore && !nobodyWaited) {
            waited(request, decision);
        }
    }

    private void waited(ApprovalRequest request, String outcome) {
        Optional<TraceContext> message = stored(request.id());
        try (Span span = message.isPresent()
                ? tracing.under(message, WAITING, request.createdAt())
                : tracing.root(WAITING, request.id(), request.createdAt())) {
            span.with(APPROVAL, request.id())
                    .with("opsconductor.conversation", request.conversation())
                    .outcome(outcome, true);
        }
    }

    /**
     * An approved plan is run.
     *
     * @param resumed whether a process before this one began with it
     */
    public Span running(ApprovedPlan plan, boolean resumed) {
        return tracing.under(of(plan.approval()), "execution", Span.Kind.INTERNAL)
                .with(APPROVAL, plan.approval())
                .with("opsconductor.execution", plan.execution())
                .with("opsconductor.conversation", plan.conversation())
                .with("opsconductor.resumed", Boolean.toString(resumed));
    }

    private Optional<TraceContext> of(String approval) {
        Optional<TraceContext> own = tracing.rootOf(WAITING, approval);
        return own.isEmpty() ? own : stored(approval).or(() -> own);
    }

    private Optional<TraceContext> stored(String approval) {
        return tracing.rootOf(WAITING, approval)
                .flatMap(_ -> database.one(
                        "select trace_parent from approval_trace where approval = ?",
                        row -> Rows.text(row, "trace_parent"),
                        approval))
                .flatMap(header -> TraceContext.read(Optional.of(header)));
    }
}
