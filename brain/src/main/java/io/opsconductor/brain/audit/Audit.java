package io.opsconductor.brain.audit;

import io.opsconductor.brain.Refusal;
import io.opsconductor.brain.conversation.ChatMessage;
import io.opsconductor.brain.conversation.ConversationTenants;
import io.opsconductor.json.Digest;
import io.opsconductor.kit.journal.Journal;
import io.opsconductor.kit.journal.JournalEntry;
import io.opsconductor.kit.journal.JournalRecord;
import io.opsconductor.plan.Tenant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Writes the journal. Each method returns once its line is durable and throws
 * {@link io.opsconductor.kit.journal.JournalUnavailableException} when that cannot be had.
 */
public final class Audit {
    /** The type of the record of a decision. */
    public static final String DECISION = "decision";
    /** The type of the record that a decision does not count: {@code line} is the number of the record of it. */
    public static final String VOID = "decision_void";

    private final Journal journal;
    private final ConversationTenants tenants;

    /** @param tenants whose the conversations are that are recorded */
    public Audit(Journal journal, ConversationTenants tenants) {
        this.journal = journal;
        this.tenants = tenants;
    }

    /** A message came in; its text is kept in the store, here is its digest. */
    public void messageReceived(ChatMessage message) {
        // The conversation may be about to begin with it.
        write(
                tenants.tenancy().of(message.sender()),
                "message_received",
                message.conversation(),
                "",
                "",
                Map.of("message", message.id(), "sender", message.sender(), "text_digest", Digest.of(message.text())));
    }

    /** What a message was taken for. */
    public void intent(ChatMessage message, String kind) {
        write("intent", message.conversation(), "", "", Map.of("message", message.id(), "kind", kind));
    }

    /** A message that was said in a thread, and not to us, was left unanswered. */
    public void notForUs(ChatMessage message) {
        write("not_for_us", message.conversation(), "", "", Map.of("message", message.id()));
    }

    /** The runner rendered a plan that is now shown. */
    public void planPreviewed(String conversation, String approval, String digest, String requester) {
        write("plan_previewed", conversation, "", digest, Map.of("approval", approval, "requester", requester));
    }

    /**
     * A request is decided, or somebody's decision about it counts.
     *
     * @param execution empty unless this decision was the last one needed
     * @param approver who decided; {@code policy} where nobody need, empty where nobody did
     * @param decision that it was approved or denied ({@code deny}), needs nobody ({@code no_approval_needed}), was
     *     {@code withdrawn} or {@code superseded}, or has {@code expired}
     */
    public JournalEntry decision(
            String conversation, String approval, String execution, String digest, String approver, String decision) {
        return write(
                DECISION,
                conversation,
                execution,
                digest,
                Map.of("approval", approval, "approver", approver, "decision", decision));
    }

    /**
     * A decision that was recorded, and then was not stored: it does not count.
     *
     * @param line the record of it
     */
    public void decisionVoid(JournalEntry line) {
        decisionVoid(line, "");
    }

    /**
     * As {@link #decisionVoid(JournalEntry)}, of a line that another chatbot wrote, which had the store before.
     *
     * @param instance its name; empty for this one's own line
     */
    public void decisionVoid(JournalEntry line, String instance) {
        Map<String, String> data = new LinkedHashMap<>();
        for (String field : List.of("approval", "approver", "decision")) {
            data.put(field, line.data().path(field).asText());
        }
        data.put("line", Long.toString(line.seq()));
        if (!instance.isEmpty()) {
            data.put("instance", instance);
        }
        write(VOID, line.conversation(), line.execution(), line.digest(), data);
    }

    /** Somebody has a plan run without the approval of others. */
    public void glassBroken(String conversation, String execution, String digest, String requester, String reason) {
        write("break_glass", conversation, execution, digest, Map.of("requester", requester, "reason", reason));
    }

    /** The runner is about to be asked to run a plan. */
    public void executionRequested(String conversation, String execution, String digest) {
        write("execution_requested", conversation, execution, digest, Map.of());
    }

    /** The end of an execution was told in the conversation. */
    public void resultPosted(String conversation, String execution, String digest, String status) {
        write("result_posted", conversation, execution, digest, Map.of("status", status));
    }

    /** Somebody asks for a plan that ran to run again; the digest is the one of the plan that is shown for it. */
    public void rerunAsked(String conversation, String execution, String digest, String requester, String targets) {
        write("rerun_asked", conversation, execution, digest, Map.of("requester", requester, "targets", targets));
    }

    /** The words for an act that was not done, because it could not be recorded. */
    public static Refusal unavailable(String nothing) {
        return Refusal.of(
                503,
                "journal_unavailable",
                nothing + ", because the audit journal cannot be written",
                "tell whoever runs OpsConductor; /health has the reason");
    }

    /**
     * A chat workspace installed this chatbot.
     *
     * @param place platform-qualified, such as {@code slack:T024BE7LD}
     * @param by platform-qualified identity of who did it
     */
    public void installed(String place, String by) {
        write(tenants.tenancy().of(place), "installed", "", "", "", Map.of("place", place, "by", by));
    }

    /** Nothing more can be sent to a workspace. */
    public void installationLost(String place, String reason) {
        write(tenants.tenancy().of(place), "installation_lost", "", "", "", Map.of("place", place, "reason", reason));
    }

    private JournalEntry write(
            String type, String conversation, String execution, String digest, Map<String, String> data) {
        return write(tenants.of(conversation), type, conversation, execution, digest, data);
    }

    private JournalEntry write(
            Optional<Tenant> tenant,
            String type,
            String conversation,
            String execution,
            String digest,
            Map<String, String> data) {
        Map<String, String> whole = new LinkedHashMap<>(data);
        tenant.ifPresent(whose -> whole.put("tenant", whose.name()));
        return journal.append(new JournalRecord(type, conversation, execution, digest, whole));
    }
}
