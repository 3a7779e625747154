package io.opsconductor.chat.slack.handle;

import io.opsconductor.brain.Refusal;
import io.opsconductor.chat.call.Answer;
import io.opsconductor.chat.slack.call.SlackCalls;
import io.opsconductor.chat.slack.card.SlackMessage;
import io.opsconductor.chat.slack.card.Words;
import io.opsconductor.chat.slack.workspace.Workspace;
import java.time.Duration;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one person alone is told. It is worth a second try and no more: whoever waits for it asks again, and nothing hangs
 * on it.
 */
final class PrivateWords {
    private static final Logger LOG = LoggerFactory.getLogger(PrivateWords.class);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

    private final SlackCalls calls;

    PrivateWords(SlackCalls calls) {
        this.calls = calls;
    }

    /** Where one person can be told something. */
    sealed interface To {
        /** In the place where that person did something. */
        record InPlace(Place place, String user) implements To {}

        /** By the address that came with a command. */
        record ByAddress(String responseUrl) implements To {}

        /** In the direct talk with that person. */
        record InDirectTalk(Workspace workspace, String user) implements To {}
    }

    void tell(To to, String text) throws InterruptedException {
        tell(to, Words.note(text));
    }

    void tell(To to, Refusal refusal) throws InterruptedException {
        tell(to, Words.refusal(refusal));
    }

    void tell(To to, SlackMessage message) throws InterruptedException {
        switch (to) {
            case To.InPlace(Place place, String user) ->
                attempt(to, () -> calls.whisper(place.workspace(), place.channel(), place.threadTs(), user, message));
            case To.ByAddress(String responseUrl) -> attempt(to, () -> calls.respond(responseUrl, message));
            case To.InDirectTalk(Workspace workspace, String user) -> {
                if (attempt(to, () -> calls.directTalk(workspace, user)) instanceof Answer.Ok<String>(String channel)) {
                    attempt(to, () -> calls.post(workspace, channel, "", message, "private-words"));
                }
            }
        }
    }

    private static <T> Answer<T> attempt(To to, Supplier<Answer<T>> call) throws InterruptedException {
        Answer<T> first = call.get();
        Answer<T> last = switch (first) {
            case Answer.Ok<T> _ -> first;
            case Answer.Refused<T> _ -> first;
            case Answer.Limited<T>(Duration wait) -> {
                if (wait.compareTo(LONGEST_WAIT) > 0) {
                    yield first;
                }
                Thread.sleep(wait);
                yield call.get();
            }
            case Answer.Unreachable<T> _ -> call.get();
            case Answer.Unknown<T> _ -> first;
        };
        if (!(last instanceof Answer.Ok<T>)) {
            LOG.warn("a private answer did not get through to {}: {}", kind(to), last);
        }
        return last;
    }

    private static String kind(To to) {
        return switch (to) {
            case To.InPlace in -> in.user() + " in " + in.place().channel();
            // The address is a secret of its own: whoever has it may answer in its place.
            case To.ByAddress _ -> "whoever used a command";
            case To.InDirectTalk in -> in.user();
        };
    }
}
