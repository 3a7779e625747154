package io.opsconductor.brain.routing;

import io.opsconductor.brain.approval.ApprovedPlan;
import io.opsconductor.brain.conversation.ChatEvent;
import io.opsconductor.brain.conversation.Conversations;
import io.opsconductor.brain.conversation.ThreadLanguage;
import io.opsconductor.brain.language.Speech;
import java.time.Duration;

/**
 * A time in which the runner does not answer: it is told once when it lasts, and once when it is over, and the pauses
 * between attempts grow from {@link #SHORTEST} to {@link #LONGEST}.
 */
final class Outage {
    private static final Duration SHORTEST = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofSeconds(3);
    /** Fewer failures than this one after the other are nothing to worry people with. */
    private static final int TOLD_AT = 3;

    private final ApprovedPlan plan;
    private final Conversations conversations;
    private final ThreadLanguage languages;
    private int failures;
    private boolean told;

    Outage(ApprovedPlan plan, Conversations conversations, ThreadLanguage languages) {
        this.plan = plan;
        this.conversations = conversations;
        this.languages = languages;
    }

    void goesOn(String why, boolean accepted) {
        failures++;
        if (failures >= TOLD_AT && !told) {
            told = true;
            say(ChatEvent.Failure.of(
                    "runner_unreachable",
                    speech().say(
                                    accepted ? "outage-accepted" : "outage-unknown",
                                    "reason",
                                    why,
                                    "summary",
                                    plan.summary()),
                    speech().say("outage-hint")));
        }
    }

    /** The runner answers and there is nothing to tell: the next attempt comes after the longest pause. */
    void patience() {
        failures = 6;
    }

    void over() {
        if (told) {
            say(ChatEvent.Message.ours(speech().say("outage-over")));
        }
        told = false;
        failures = 0;
    }

    void pause() throws InterruptedException {
        if (failures > 0) {
            long millis = SHORTEST.toMillis() << Math.min(failures - 1, 10);
            Thread.sleep(Math.min(millis, LONGEST.toMillis()));
        }
    }

    private Speech speech() {
        return languages.speech(plan.conversation());
    }

    private void say(ChatEvent event) {
        conversations.write(plan.conversation(), thread -> {
            thread.append(event);
            return event;
        });
    }
}
