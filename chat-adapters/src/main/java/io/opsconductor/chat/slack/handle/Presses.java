package io.opsconductor.chat.slack.handle;

import com.fasterxml.jackson.databind.JsonNode;
import io.opsconductor.chat.act.Act;
import io.opsconductor.chat.arrival.Arrival;
import io.opsconductor.chat.slack.act.ActButtons;
import io.opsconductor.chat.slack.workspace.Workspace;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a pressed button asks for, and that whoever pressed it may ask. */
final class Presses {
    private static final Logger LOG = LoggerFactory.getLogger(Presses.class);
    /** After this an act shows that it is worked on. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Door door;
    private final PlanActs plans;
    private final RunActs runs;
    private final Sayings sayings;
    private final Homes homes;
    private final PrivateWords words;

    Presses(Door door, PlanActs plans, RunActs runs, Sayings sayings, Homes homes, PrivateWords words) {
        this.door = door;
        this.plans = plans;
        this.runs = runs;
        this.sayings = sayings;
        this.homes = homes;
        this.words = words;
    }

    void handle(Arrival arrival, Workspace workspace) throws InterruptedException {
        Optional<Press> press = Press.of(arrival.id(), workspace, arrival.body());
        JsonNode action = arrival.body().path("actions").path(0);
        String id = SlackFields.text(action, "action_id");
        if (press.isEmpty() || !id.startsWith("ops_")) {
            return;
        }
        Optional<Act> act = ActButtons.read(id, SlackFields.text(action, "value"));
        if (act.isPresent() && act.get() instanceof Act.Open) {
            // Slack itself followed the link.
            return;
        }
        Optional<String> identity = door.actor(
                press.get().admittedAt(), press.get().user(), press.get().to());
        if (identity.isEmpty()) {
            return;
        }
        if (act.isEmpty()) {
            LOG.warn("{} pressed a button of ours that cannot be read: {}", identity.get(), id);
            words.tell(
                    press.get().to(), "I do not know this button any more, so nothing was done. Ask again in words.");
            return;
        }
        perform(press.get(), identity.get(), act.get());
        homes.refreshSeen(workspace, press.get().user(), identity.get());
    }

    private void perform(Press press, String identity, Act act) throws InterruptedException {
        try (Patience _ = Patience.of(PATIENCE, () -> words.tell(press.to(), "Working on it…"))) {
            switch (act) {
                case Act.Approve approve -> plans.approve(press, identity, approve);
                case Act.Deny deny -> plans.askForReason(press, deny);
                case Act.Edit edit -> plans.askForValues(press, identity, edit);
                case Act.Withdraw withdraw -> plans.withdraw(press, identity, withdraw);
                case Act.DryRun dryRun -> plans.dryRun(press, identity, dryRun);
                case Act.Fresh fresh -> plans.fresh(press, identity, fresh);
                case Act.BreakGlass glass -> plans.askForEmergency(press, identity, glass);
                case Act.Cancel cancel -> runs.cancel(press, identity, cancel);
                case Act.RunAgain again -> runs.again(press, identity, again);
                case Act.FullOutput output -> runs.fullOutput(press, output);
                case Act.Say say -> sayings.say(press, identity, say);
                case Act.Open() -> {}
            }
        }
    }
}
