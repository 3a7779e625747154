package io.opsconductor.brain.approval;

import io.helidon.dbclient.DbExecute;
import io.opsconductor.brain.People;
import io.opsconductor.brain.Tenancy;
import io.opsconductor.brain.conversation.ChatEvent;
import io.opsconductor.brain.conversation.ConversationTenants;
import io.opsconductor.brain.conversation.Conversations;
import io.opsconductor.kit.store.Database;
import io.opsconductor.kit.store.Rows;
import io.opsconductor.plan.Preview.RenderedStep;
import io.opsconductor.plan.Preview.RenderedTarget;
import io.opsconductor.plan.Tenant;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells those who should know that somebody ran a plan without the approval of others. That it is due is stored with the
 * decision, so that a stop in between loses no notice and tells none twice. One that cannot be told is tried again until it is.
 */
public final class GlassNotices implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(GlassNotices.class);
    private static final int MOST_TARGETS = 20;
    private static final Duration RETRY = Duration.ofSeconds(5);

    private final Database database;
    private final Conversations conversations;
    private final People people;
    private final ConversationTenants tenants;
    private final Place place;
    private final Duration retry;
    private final AtomicBoolean trying = new AtomicBoolean();
    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("glass-notices").factory());

    /**
     * Where they are told.
     *
     * @param origin whose it is, as {@link Tenancy} knows it: {@code web}, {@code slack:TEAM}
     */
    public record Place(String conversation, String origin) {}

    /** @param place where they are told, but for those of other tenants than its own */
    public GlassNotices(
            Database database, Conversations conversations, People people, ConversationTenants tenants, Place place) {
        this(database, conversations, people, tenants, place, RETRY);
    }

    GlassNotices(
            Database database,
            Conversations conversations,
            People people,
            ConversationTenants tenants,
            Place place,
            Duration retry) {
        this.database = database;
        this.conversations = conversations;
        this.people = people;
        this.tenants = tenants;
        this.place = place;
        this.retry = retry;
        timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    /** Stores in the transaction that approves a plan that a notice is due. */
    void due(DbExecute tx, ApprovalRequest request) {
        tx.dml("insert into glass_notice (approval, text) values (?, ?)", request.id(), text(request));
    }

    /** Tells what is due, also from before the last stop; what cannot be told now is told as soon as it can be. */
    public void tell() {
        try {
            due().forEach(this::tell);
        } catch (RuntimeException e) {
            LOG.error("a notice that somebody broke the glass was not told; it is tried again in {}", retry, e);
            tryAgain();
        }
    }

    /**
     * A notice that is to be told.
     *
     * @param asked the conversation of its plan
     */
    private record Due(String approval, String text, String asked, String requester) {}

    private List<Due> due() {
        return database.query(
                "select g.approval, g.text, a.conversation, a.requester from glass_notice g"
                        + " join approval a on a.id = g.approval order by g.approval",
                row -> new Due(
                        Rows.text(row, "approval"),
                        Rows.text(row, "text"),
                        Rows.text(row, "conversation"),
                        Rows.text(row, "requester")));
    }

    private void tryAgain() {
        if (!timer.isShutdown() && trying.compareAndSet(false, true)) {
            // The result is not needed: telling reports its own failures.
            var _ = timer.schedule(
                    () -> {
                        trying.set(false);
                        tell();
                    },
                    retry.toMillis(),
                    TimeUnit.MILLISECONDS);
        }
    }

    /** What one tenant does is no business of another that the place may belong to: its own conversation is told then. */
    private void tell(Due due) {
        Optional<Tenant> tenant = tenants.tenancy().of(place.origin());
        boolean here = tenant.isPresent() && tenants.tenancy().areTogether(place.origin(), due.requester());
        conversations.write(here ? place.conversation() : due.asked(), thread -> {
            boolean first = thread.tx().dml("delete from glass_notice where approval = ?", due.approval()) == 1;
            if (first) {
                if (here) {
                    tenants.begin(thread.tx(), place.conversation(), tenant.get());
                }
                thread.append(ChatEvent.Message.ours(due.text()));
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

    @Override
    public void close() {
        timer.shutdown();
    }
}
