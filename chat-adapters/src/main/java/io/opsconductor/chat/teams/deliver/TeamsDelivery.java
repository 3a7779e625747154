package io.opsconductor.chat.teams.deliver;

import io.opsconductor.brain.People;
import io.opsconductor.brain.conversation.Conversations;
import io.opsconductor.chat.arrival.Platform;
import io.opsconductor.chat.deliver.Delivery;
import io.opsconductor.chat.deliver.DeliveryMeasures;
import io.opsconductor.chat.deliver.Outbound;
import io.opsconductor.chat.deliver.Places;
import io.opsconductor.chat.deliver.PlanStates;
import io.opsconductor.chat.deliver.RecordedPlans;
import io.opsconductor.chat.deliver.Sweep;
import io.opsconductor.chat.deliver.Teller;
import io.opsconductor.chat.deliver.Tempo;
import io.opsconductor.chat.teams.card.PictureCards;
import io.opsconductor.chat.teams.thread.TeamsThreads;
import io.opsconductor.kit.store.Database;
import java.time.Clock;
import java.util.Optional;

/**
 * What leaves for Teams: it listens to conversations, and looks now and then for what nobody told it of, so that whatever a
 * restart left untold is told, in the place that was stored with the conversation.
 */
public final class TeamsDelivery implements AutoCloseable {
    private static final String OURS = "teams-";

    private final Conversations conversations;
    private final TeamsThreads threads;
    private final RecordedPlans recorded;
    private final Delivery delivery;
    private final Outbound outbound;
    private final Sweep sweep;

    /** It does nothing before {@link #start()}. */
    public TeamsDelivery(
            Database database,
            Conversations conversations,
            People names,
            TeamsThreads threads,
            TeamsPosts posts,
            PlanStates plans,
            Views views,
            PictureCards pictures,
            DeliveryMeasures measures,
            Tempo tempo,
            Clock clock) {
        this.conversations = conversations;
        this.threads = threads;
        this.recorded = new RecordedPlans(database);
        TeamsTeller.Parts parts =
                new TeamsTeller.Parts(threads, posts, views, names, new Seen(database), pictures, measures);
        this.delivery = new Delivery(conversations, places(parts), plans, tempo, clock, this::isClosed);
        this.outbound = new Outbound(Platform.TEAMS.word(), delivery, tempo);
        this.sweep = new Sweep(Platform.TEAMS, this::resume, threads::oldestUntold, measures, tempo, clock);
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
        sweep.start();
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

    /**
     * For the health of the process: a few words when what happens is told.
     *
     * @throws IllegalStateException when something was not told for more than five minutes
     */
    public String check() {
        return sweep.check();
    }

    private boolean isClosed() {
        return outbound.isClosed();
    }

    @Override
    public void close() {
        outbound.close();
        sweep.close();
    }
}
