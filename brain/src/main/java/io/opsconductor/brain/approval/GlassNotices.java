package io.opsconductor.brain.approval;

import io.helidon.dbclient.DbExecute;
import io.opsconductor.brain.People;
import io.opsconductor.brain.conversation.ChatEvent;
import io.opsconductor.brain.conversation.Conversations;
import io.opsconductor.kit.store.Database;
import io.opsconductor.kit.store.Rows;
import io.opsconductor.plan.Preview.RenderedStep;
import io.opsconductor.plan.Preview.RenderedTarget;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells those who should know that somebody ran a plan without the approval of others. That it is due is stored with the
 * decision, so that a stop in between loses no notice and tells none twice.
 */
public final class GlassNotices {
    private static final Logger LOG = LoggerFactory.getLogger(GlassNotices.class);
    private static final int MOST_TARGETS = 20;

    private final Database database;
    private final Conversations conversations;
    private final People people;
    private final String conversation;

    /** @param conversation where they are told */
    public GlassNotices(Database database, Conversations conversations, People people, String conversation) {
        this.database = database;
        this.conversations = conversations;
        this.people = people;
        this.conversation = conversation;
    }

    /** Stores in the transaction that approves a plan that a notice is due. */
    void due(DbExecute tx, ApprovalRequest request) {
        tx.dml("insert into glass_notice (approval, text) values (?, ?)", request.id(), text(request));
    }

    /** Tells what is due, also from before the last stop. */
    public void tell() {
        record Due(String approval, String text) {}
        for (Due due : database.query(
                "select approval, text from glass_notice order by approval",
                row -> new Due(Rows.text(row, "approval"), Rows.text(row, "text")))) {
            try {
                tell(due.approval(), due.text());
            } catch (RuntimeException e) {
                LOG.error("the notice about {} was not told; it is tried again with the next one", due.approval(), e);
            }
        }
    }

    private void tell(String approval, String text) {
        conversations.write(conversation, thread -> {
            boolean first = thread.tx().dml("delete from glass_notice where approval = ?", approval) == 1;
            if (first) {
                thread.append(ChatEvent.Message.ours(text));
            }
            return first;
        });
    }

    private String text(ApprovalRequest request) {
        return "BREAK GLASS: " + people.name(request.requester()) + " (" + request.requester()
                + ") runs this without the approval that the policy asks for.\n"
                + request.preview().steps().stream().map(GlassNotices::step).collect(Collectors.joining("\n"))
                + "\nThe reason: " + request.preview().breakGlass()
                + "\nAsked for in the conversation " + request.conversation() + ", plan " + request.digest() + ".";
    }

    private static String step(RenderedStep step) {
        String where = step.targets().stream()
                .limit(MOST_TARGETS)
                .map(GlassNotices::place)
                .collect(Collectors.joining(", "));
        int more = step.targets().size() - MOST_TARGETS;
        return "- " + step.tool() + " on " + where + (more > 0 ? " and " + more + " more" : "");
    }

    private static String place(RenderedTarget target) {
        return target.target() + (target.environment().isEmpty() ? "" : " (" + target.environment() + ")");
    }
}
