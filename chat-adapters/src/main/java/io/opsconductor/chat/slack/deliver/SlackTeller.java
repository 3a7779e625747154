package io.opsconductor.chat.slack.deliver;

import io.opsconductor.brain.conversation.ChatEvent;
import io.opsconductor.brain.conversation.Told;
import io.opsconductor.chat.deliver.DeliveryMeasures;
import io.opsconductor.chat.deliver.LiveProgress;
import io.opsconductor.chat.deliver.Mentions;
import io.opsconductor.chat.deliver.Outcome;
import io.opsconductor.chat.deliver.Teller;
import io.opsconductor.chat.slack.thread.SlackThreads;
import io.opsconductor.plan.TargetResult;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Tells one conversation in its thread of Slack. */
final class SlackTeller implements Teller {
    /** What all tellers share. */
    record Parts(
            SlackThreads threads,
            Telling telling,
            Posts posts,
            AskedOutputs outputs,
            Farewell farewell,
            DeliveryMeasures measures) {}

    private final OpenThread open;
    private final Parts parts;

    SlackTeller(OpenThread open, Parts parts) {
        this.open = open;
        this.parts = parts;
    }

    @Override
    public String conversation() {
        return open.thread().conversation();
    }

    @Override
    public Mentions mentions() {
        return open.mentions();
    }

    @Override
    public Outcome message(long seq, ChatEvent.Message message) throws InterruptedException {
        return parts.telling().message(open, seq, message);
    }

    @Override
    public Outcome plan(ChatEvent.PlanCard card) throws InterruptedException {
        return parts.telling().plan(open, card);
    }

    @Override
    public Outcome card(String approval, boolean anyway) throws InterruptedException {
        return parts.telling().card(open, approval, anyway);
    }

    @Override
    public Outcome result(ChatEvent.Result result) throws InterruptedException {
        return parts.telling().result(open, result);
    }

    @Override
    public Outcome question(long seq, ChatEvent.Question question) throws InterruptedException {
        return parts.telling().question(open, seq, question);
    }

    @Override
    public Outcome failure(long seq, ChatEvent.Failure failure) throws InterruptedException {
        return parts.telling().failure(open, seq, failure);
    }

    @Override
    public Outcome progress(LiveProgress live, Instant now) throws InterruptedException {
        return parts.telling().progress(open, live, now);
    }

    @Override
    public Outcome unshowable(Told told, String reference) throws InterruptedException {
        return parts.telling().unshowable(open, told, reference);
    }

    @Override
    public Outcome outputs() throws InterruptedException {
        AskedOutputs outputs = parts.outputs();
        for (AskedOutputs.Asked asked : outputs.in(conversation())) {
            Optional<TargetResult> result = outputs.result(conversation(), asked.output());
            if (result.isPresent()) {
                Outcome outcome = parts.telling().output(open, asked.arrival(), result.get());
                if (!(outcome instanceof Outcome.Done)) {
                    return outcome;
                }
            }
            outputs.done(asked);
        }
        return new Outcome.Done();
    }

    @Override
    public Duration beforeProgress() {
        return parts.posts().progress(open.workspace().team());
    }

    @Override
    public void gone(String error, long told) throws InterruptedException {
        parts.threads().unreachable(conversation());
        parts.measures().threadUnreachable();
        parts.farewell().tell(open, error, told);
    }
}
