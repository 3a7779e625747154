package io.opsconductor.chat.slack.deliver;

import io.opsconductor.brain.People;
import io.opsconductor.brain.conversation.Conversations;
import io.opsconductor.chat.act.Act;
import io.opsconductor.chat.arrival.Platform;
import io.opsconductor.chat.deliver.Delivery;
import io.opsconductor.chat.deliver.DeliveryMeasures;
import io.opsconductor.chat.deliver.Outbound;
import io.opsconductor.chat.deliver.Pace;
import io.opsconductor.chat.deliver.PacedCalls;
import io.opsconductor.chat.deliver.PlanStates;
import io.opsconductor.chat.deliver.RecordedPlans;
import io.opsconductor.chat.deliver.Sweep;
import io.opsconductor.chat.deliver.Tempo;
import io.opsconductor.chat.picture.Pictures;
import io.opsconductor.chat.slack.call.SlackCalls;
import io.opsconductor.chat.slack.card.PictureFiles;
import io.opsconductor.chat.slack.thread.SlackThread;
import io.opsconductor.chat.slack.thread.SlackThreads;
import io.opsconductor.chat.slack.workspace.Workspaces;
import io.opsconductor.kit.store.Database;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What leaves for Slack: it listens to conversations, and looks now and then for what nobody told it of, so that whatever a
 * restart or an absent workspace left untold is told.
 */
public final class SlackDelivery implements AutoCloseable {
    private static final Pattern CONVERSATION = Pattern.compile("(slack-[A-Z0-9]+-[A-Z0-9]+)(-[0-9_]+)?");

    private final Conversations conversations;
    private final SlackThreads threads;
    private final Workspaces workspaces;
    private final Recorded recorded;
    private final RecordedPlans plansRecorded;
    private final AskedOutputs outputs;
    private final Posts posts;
    private final Delivery delivery;
    private final Outbound outbound;
    private final Sweep sweep;

    /** It does nothing before {@link #start()}. */
    public SlackDelivery(
            Database database,
            Conversations conversations,
            People people,
            SlackThreads threads,
            Workspaces workspaces,
            SlackCalls calls,
            DeliveryMeasures measures,
            Tempo tempo,
            Clock clock) {
        this.conversations = conversations;
        this.threads = threads;
        this.workspaces = workspaces;
        this.recorded = new Recorded(database);
        this.plansRecorded = new RecordedPlans(database);
        this.outputs = new AskedOutputs(database, conversations, clock);
        Sending sending = new Sending(calls, new PacedCalls(new Pace(tempo), measures));
        this.posts = new Posts(database, workspaces, sending, measures, tempo, clock);
        PlanStates plans = new PlanStates(conversations, plansRecorded, WorkspaceMentions::escaped);
        this.delivery = new Delivery(
                conversations,
                new SlackPlaces(
                        threads,
                        workspaces,
                        people,
                        recorded,
                        new SlackTeller.Parts(
                                threads,
                                new Telling(plans, recorded, new PictureFiles(new Pictures())),
                                posts,
                                outputs,
                                new Farewell(calls, posts, recorded),
                                measures)),
                plans,
                tempo,
                clock,
                this::isClosed);
        this.outbound = new Outbound(Platform.SLACK.word(), delivery, tempo);
        this.sweep = new Sweep(Platform.SLACK, this::resume, this::oldestUntold, measures, tempo, clock);
    }

    /** Posts of other parts go through the same table and the same pace. */
    public Posts posts() {
        return posts;
    }

    /** Begins with what the last process left untold. */
    public void start() {
        conversations.onAppend(this::wake);
        sweep.start();
    }

    /** Looks at once for what is untold, as after an installation that came back. */
    public void resume() {
        for (SlackThread thread : threads.behind()) {
            wake(thread.conversation());
        }
        outputs.waiting().forEach(this::wake);
    }

    /**
     * Has a plan's card sent again as the plan stands now, soon; for when somebody clicked on a card that was out of date. It
     * returns at once, and does nothing when the plan has no card in Slack.
     */
    public void refresh(String approval) {
        plansRecorded.conversationsOf(approval).forEach(conversation -> {
            delivery.refresh(conversation, approval);
            wake(conversation);
        });
    }

    /**
     * Brings the whole output of a target into the thread of its execution, as a file, after what is to be told there. It
     * returns when that is stored.
     *
     * @param arrival id of what asked for it; it is brought once for each
     * @return false when there is no such output
     */
    public boolean bring(String arrival, String conversation, Act.FullOutput output) {
        if (threads.of(conversation).isEmpty()
                || outputs.result(conversation, output).isEmpty()) {
            return false;
        }
        outputs.add(conversation, new AskedOutputs.Asked(arrival, output));
        wake(conversation);
        return true;
    }

    private void wake(String conversation) {
        Matcher matcher = CONVERSATION.matcher(conversation);
        if (matcher.matches()) {
            outbound.wake(matcher.group(1), conversation);
        }
    }

    /** What waits for an installation to come back is not counted. */
    private Optional<Instant> oldestUntold() {
        return recorded.oldestUntold().entrySet().stream()
                .filter(one -> workspaces.find(one.getKey()).isPresent())
                .map(Map.Entry::getValue)
                .min(Instant::compareTo);
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
