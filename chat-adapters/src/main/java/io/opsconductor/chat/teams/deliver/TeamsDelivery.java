package io.opsconductor.chat.teams.deliver;

import io.opsconductor.brain.People;
import io.opsconductor.brain.conversation.Conversations;
import io.opsconductor.chat.deliver.Delivery;
import io.opsconductor.chat.deliver.Outbound;
import io.opsconductor.chat.deliver.Places;
import io.opsconductor.chat.deliver.PlanStates;
import io.opsconductor.chat.deliver.RecordedPlans;
import io.opsconductor.chat.deliver.Teller;
import io.opsconductor.chat.deliver.Tempo;
import io.opsconductor.chat.teams.thread.TeamsThreads;
import io.opsconductor.kit.store.Database;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What leaves for Teams: it listens to conversations, and looks now and then for what nobody told it of, so that whatever a
 * restart left untold is told, in the place that was stored with the conversation.
 */
public final class TeamsDelivery implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TeamsDelivery.class);
    private static final String OURS = "teams-";
    private static final Duration STUCK = Duration.ofMinutes(5);

    private final Conversations conversations;
    private final TeamsThreads threads;
    private final RecordedPlans recorded;
    private final TeamsDeliveryMeasures measures;
    private final Tempo tempo;
    private final Clock clock;
    private final Delivery delivery;
    private final Outbound outbound;
    private final Thread sweeper = Thread.ofVirtual().name("teams-sweep").unstarted(this::sweeping);

    /** It does nothing before {@link #start()}. */
    public TeamsDelivery(
            Database database,
            Conversations conversations,
            People names,
            TeamsThreads threads,
            TeamsPosts posts,
            PlanStates plans,
            Views views,
            TeamsDeliveryMeasures measures,
            Tempo tempo,
            Clock clock) {
        this.conversations = conversations;
        this.threads = threads;
        this.recorded = new RecordedPlans(database);
        this.measures = measures;
        this.tempo = tempo;
        this.clock = clock;
        TeamsTeller.Parts parts = new TeamsTeller.Parts(threads, posts, views, names, new Seen(database), measures);
        this.delivery = new Delivery(conversations, places(parts), plans, tempo, clock, this::isClosed);
        this.outbound = new Outbound("teams", delivery, tempo);
    }

    private static Places places(TeamsTeller.Parts parts) {
        return new Places() {
            @Override
            public Optional<Teller> open(String conversation) {
                return parts.threads().isOpen(conversation)
                        ? parts.threads().of(conversation).map(place -> new TeamsTeller(place, parts))
                        : Optional.empty();
            }

            @Override
            public long deliveredSeq(String conversation) {
                return parts.threads().deliveredSeq(conversation);
            }

            @Override
            public void delivered(String conversation, long seq) {
                parts.threads().delivered(conversation, seq);
            }

            @Override
            public void retried() {
                parts.measures().retried();
            }
        };
    }

    /** Begins with what the last process left untold. */
    public void start() {
        conversations.onAppend(this::wake);
        sweeper.start();
    }

    /** Looks at once for what is untold, as after the app was installed again. */
    public void resume() {
        threads.behind().forEach(this::wake);
    }

    /** Has a plan's card sent again as the plan stands now, soon; for when somebody pressed on one that was out of date. */
    public void refresh(String approval) {
        recorded.conversationsOf(approval).forEach(conversation -> {
            delivery.refresh(conversation, approval);
            wake(conversation);
        });
    }

    private void wake(String conversation) {
        if (conversation.startsWith(OURS)) {
            outbound.wake(conversation, conversation);
        }
    }

    private void sweeping() {
        try {
            while (!isClosed()) {
                try {
                    resume();
                    measures.oldestUntold(threads.oldestUntold()
                            .map(oldest -> Duration.between(oldest, clock.instant()))
                            .filter(Duration::isPositive)
                            .orElse(Duration.ZERO));
                } catch (RuntimeException e) {
                    if (!isClosed()) {
                        LOG.error("the look for what is not told in Teams failed; it is tried again", e);
                    }
                }
                Thread.sleep(tempo.sweep());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * For the health of the process: a few words when what happens is told.
     *
     * @throws IllegalStateException when something was not told for more than five minutes
     */
    public String check() {
        Duration oldest = measures.oldestUntold();
        if (oldest.compareTo(STUCK) > 0) {
            throw new IllegalStateException("something was not told in Teams for " + oldest.toMinutes()
                    + " minutes; the log names the conversation and what Teams says");
        }
        return "tells what happens";
    }

    private boolean isClosed() {
        return outbound.isClosed();
    }

    @Override
    public void close() {
        outbound.close();
        sweeper.interrupt();
    }
}
