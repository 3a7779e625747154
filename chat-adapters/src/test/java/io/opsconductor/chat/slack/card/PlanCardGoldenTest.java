package io.opsconductor.chat.slack.card;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.opsconductor.brain.conversation.ChatEvent.PlanCard;
import io.opsconductor.chat.deliver.PlanState;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Every state of a plan's card against its golden file. */
class PlanCardGoldenTest {
    private static final Instant AT = Samples.NOW.plusSeconds(60);
    private static final String BOB = "<@U024BOB>";
    private static final String CAROL = "carol";
    private static final PlanState NOBODY_YET = new PlanState.Waiting(List.of(), 0);

    private record Shown(PlanCard plan, PlanState state) {}

    private static Map<String, Shown> all() {
        Map<String, Shown> all = new TreeMap<>();
        PlanCard change = Samples.change();
        List<String> bob = List.of(BOB);
        all.put("plan-waiting-change", new Shown(change, NOBODY_YET));
        all.put("plan-waiting-called", new Shown(Samples.called(), NOBODY_YET));
        all.put(
                "plan-waiting-noted",
                new Shown(
                        Samples.noted(
                                change,
                                "Understood without the model qwen3:4b (ollama), which does not answer: its server does"
                                        + " not take connections."),
                        NOBODY_YET));
        all.put("plan-waiting-offering", new Shown(Samples.offering(change), NOBODY_YET));
        all.put(
                "plan-running-offering",
                new Shown(Samples.offering(Samples.read()), new PlanState.Running(List.of(), AT, "ex-1")));
        all.put("plan-waiting-rolling", new Shown(Samples.rolling(), NOBODY_YET));
        all.put("plan-waiting-destroy", new Shown(Samples.destroy(), NOBODY_YET));
        all.put("plan-waiting-local", new Shown(Samples.local(), NOBODY_YET));
        all.put("plan-waiting-markup", new Shown(Samples.hostile(), NOBODY_YET));
        all.put("plan-waiting-one-of-two", new Shown(Samples.destroy(), new PlanState.Waiting(bob, 1)));
        all.put("plan-waiting-groups", new Shown(Samples.groups(), NOBODY_YET));
        all.put(
                "plan-waiting-groups-one-came",
                new Shown(
                        Samples.groups(),
                        new PlanState.Waiting(
                                List.of(CAROL),
                                2,
                                "step 2: 2 more are needed, of dbas or leads: dora, erin or frank")));
        all.put("plan-waiting-break-glass", new Shown(Samples.broken(), NOBODY_YET));
        all.put("plan-waiting-paged", new Shown(Samples.many(40, 500), NOBODY_YET));
        all.put("plan-waiting-file", new Shown(Samples.many(200, 900), NOBODY_YET));
        all.put("plan-starting", new Shown(change, new PlanState.Running(bob, AT, "")));
        all.put("plan-running", new Shown(change, new PlanState.Running(List.of(BOB, CAROL), AT, "ex-1")));
        all.put("plan-running-unasked", new Shown(Samples.read(), new PlanState.Running(List.of(), AT, "ex-1")));
        for (String status : List.of("succeeded", "failed", "partial", "cancelled", "interrupted")) {
            all.put("plan-finished-" + status, new Shown(change, new PlanState.Finished(bob, AT, "ex-1", status)));
        }
        all.put("plan-denied", new Shown(change, new PlanState.Denied(BOB, "Not during the *sale* <!here>.", AT)));
        all.put("plan-denied-without-reason", new Shown(change, new PlanState.Denied(CAROL, "", AT)));
        all.put("plan-expired", new Shown(change, new PlanState.Expired(AT)));
        all.put("plan-withdrawn", new Shown(change, new PlanState.Withdrawn("<@U024ALICE>", AT)));
        all.put("plan-superseded", new Shown(change, new PlanState.Superseded("<@U024ALICE>", "edited", AT)));
        return all;
    }

    @Test
    void everyStateLooksAsInItsGoldenFile() {
        assertAll(all().entrySet().stream()
                .map(entry -> () -> check(
                        entry.getKey(),
                        entry.getValue().plan(),
                        entry.getValue().state())));
    }

    private static void check(String name, PlanCard plan, PlanState state) throws IOException {
        PlanPost post = PlanCards.of(plan, state, Samples.MENTIONS);
        SlackLimits.check(post);
        Goldens.check(name, SlackJson.of(post));
    }

    @Test
    void aCardThatChangesKeepsItsCommandsWhereTheyAre() {
        for (PlanCard plan :
                List.of(Samples.change(), Samples.hostile(), Samples.many(40, 500), Samples.many(200, 900))) {
            PlanPost waiting = PlanCards.of(plan, NOBODY_YET, Samples.MENTIONS);
            all().values().forEach(shown -> {
                PlanPost other = PlanCards.of(plan, shown.state(), Samples.MENTIONS);
                assertEquals(waiting.pages(), other.pages());
                assertEquals(waiting.file(), other.file());
            });
        }
    }
}
