package io.opsconductor.brain.approval;

import io.opsconductor.brain.audit.Audit;
import io.opsconductor.brain.conversation.ThreadWriting;
import io.opsconductor.kit.journal.JournalEntry;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Writes decisions into the journal, each in the transaction that stores it, so before it is committed. Where it is not
 * committed, nothing was decided: that is recorded as well, before anything else is decided about the plan. What a process
 * that died left is {@link JournaledDecisions}' business.
 */
final class DecisionRecords {
    private final ApprovalStore store;
    private final Audit audit;
    private final ApprovalTraces traces;
    private final Map<String, Deque<JournalEntry>> lost = new ConcurrentHashMap<>();

    DecisionRecords(ApprovalStore store, Audit audit, ApprovalTraces traces) {
        this.store = store;
        this.audit = audit;
        this.traces = traces;
    }

    /**
     * Records what is decided about a request that was pending until this transaction.
     *
     * @param execution as {@link Audit#decision} has it, and so {@code approver} and {@code decision}
     */
    void write(ThreadWriting thread, ApprovalRequest request, String execution, String approver, String decision) {
        settle(request.id());
        JournalEntry line =
                audit.decision(request.conversation(), request.id(), execution, request.digest(), approver, decision);
        thread.ifLost(() -> lost(request.id()).add(line));
        traces.decided(request, execution, decision);
    }

    private void settle(String approval) {
        Deque<JournalEntry> lines = lost(approval);
        for (JournalEntry line = lines.peek(); line != null; line = lines.peek()) {
            if (!store.counts(line)) {
                audit.decisionVoid(line);
            }
            lines.remove();
        }
        lost.remove(approval, lines);
    }

    /** Whatever is decided about a plan is written under the lock of the conversation in which it was asked for, and so is this. */
    private Deque<JournalEntry> lost(String approval) {
        return lost.computeIfAbsent(approval, _ -> new ArrayDeque<>());
    }
}
