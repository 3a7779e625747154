package io.opsconductor.chat.slack.deliver;

import io.opsconductor.brain.conversation.ChatEvent;
import io.opsconductor.brain.conversation.Conversations;
import io.opsconductor.brain.conversation.Told;
import io.opsconductor.chat.act.Act;
import io.opsconductor.kit.store.Database;
import io.opsconductor.kit.store.Rows;
import io.opsconductor.plan.TargetResult;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** Outputs that people asked for as files and that are not in their threads yet; in the store, so that none is lost. */
final class AskedOutputs {
    private static final int PAGE = 500;

    private final Database database;
    private final Conversations conversations;
    private final Clock clock;

    AskedOutputs(Database database, Conversations conversations, Clock clock) {
        this.database = database;
        this.conversations = conversations;
        this.clock = clock;
    }

    /** @param arrival id of the press that asked for it */
    record Asked(String arrival, Act.FullOutput output) {}

    /** Enters what somebody asks for, once an arrival. */
    void add(String conversation, Asked asked) {
        database.change(
                "insert into slack_output (arrival, conversation, execution, step, target, asked_at)"
                        + " values (?, ?, ?, ?, ?, ?) on conflict (arrival) do nothing",
                asked.arrival(),
                conversation,
                asked.output().execution(),
                asked.output().step(),
                asked.output().target(),
                clock.instant().toString());
    }

    /** What waits in a conversation, in the order of asking. */
    List<Asked> in(String conversation) {
        return database.query(
                "select * from slack_output where conversation = ? order by asked_at, arrival",
                row -> new Asked(
                        Rows.text(row, "arrival"),
                        new Act.FullOutput(
                                Rows.text(row, "execution"),
                                Math.toIntExact(Rows.number(row, "step")),
                                Rows.text(row, "target"))),
                conversation);
    }

    /** Conversations in which something waits. */
    List<String> waiting() {
        return database.query("select distinct conversation from slack_output", row -> Rows.text(row, "conversation"));
    }

    void done(Asked asked) {
        database.change("delete from slack_output where arrival = ?", asked.arrival());
    }

    /** What a target of an execution said; empty when it has not ended, or nothing ran there. */
    Optional<TargetResult> result(String conversation, Act.FullOutput output) {
        long after = 0;
        while (true) {
            List<Told> page = conversations.eventsAfter(conversation, after, PAGE);
            for (Told told : page) {
                if (told.event() instanceof ChatEvent.Result result
                        && output.execution().equals(result.execution())) {
                    return result.stepResults().stream()
                            .filter(one ->
                                    one.step() == output.step() && one.target().equals(output.target()))
                            .findFirst();
                }
                after = told.seq();
            }
            if (page.size() < PAGE) {
                return Optional.empty();
            }
        }
    }
}
