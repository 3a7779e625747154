package io.opsconductor.chat.slack.workspace;

import com.slack.api.Slack;
import io.opsconductor.kit.config.SecretReference;
import io.opsconductor.kit.config.UnreadableSecretException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The workspace whose bot token is in the settings. Slack is asked whose it is at the start, again until it answers, and
 * from time to time; the token is read anew each time, so that a replaced one is taken without a restart.
 */
final class FixedWorkspace implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FixedWorkspace.class);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(2);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
    private static final Duration BETWEEN_CHECKS = Duration.ofMinutes(10);

    /** What is known of it. */
    sealed interface State {
        /** Slack could not be asked yet. */
        record NotKnownYet(String why) implements State {}

        record Known(Workspace workspace) implements State {}

        /**
         * Nothing can be sent there.
         *
         * @param team empty when the token was never good
         */
        record Lost(String team, String why) implements State {}
    }

    private final Slack slack;
    private final SecretReference token;
    private final Consumer<State> changed;
    private final Thread asking = Thread.ofVirtual().name("slack-token").unstarted(this::ask);
    private volatile State state = new State.NotKnownYet("Slack was not asked yet");

    /** Asks once before it returns. */
    FixedWorkspace(Slack slack, SecretReference token, Consumer<State> changed) {
        this.slack = slack;
        this.token = token;
        this.changed = changed;
        askOnce();
        asking.start();
    }

    State state() {
        return state;
    }

    /** Somebody found that the token is no good; it is asked for again soon. */
    void lost(String team, String why) {
        become(new State.Lost(team, why));
    }

    private void ask() {
        Duration pause = FIRST_PAUSE;
        try {
            while (true) {
                Thread.sleep(state instanceof State.Known ? BETWEEN_CHECKS : pause);
                askOnce();
                Duration twice = pause.multipliedBy(2);
                pause = state instanceof State.Known
                        ? FIRST_PAUSE
                        : twice.compareTo(LONGEST_PAUSE) < 0 ? twice : LONGEST_PAUSE;
            }
        } catch (InterruptedException e) {
            // The end.
            Thread.currentThread().interrupt();
        }
    }

    private void askOnce() {
        try {
            Optional<String> secret = token.read();
            if (secret.isEmpty()) {
                become(new State.Lost(team(), "there is nothing in " + token));
                return;
            }
            switch (TokenTest.of(slack, secret.get())) {
                case TokenTest.Good good -> become(new State.Known(good.workspace()));
                case TokenTest.Refused(String error) ->
                    become(new State.Lost(team(), "Slack refuses the token in " + token + " (" + error + ")"));
                case TokenTest.Unreachable(String why) -> {
                    if (!(state instanceof State.Known)) {
                        become(new State.NotKnownYet("Slack could not be asked whose the token is: " + why));
                    }
                }
            }
        } catch (UnreadableSecretException e) {
            become(new State.Lost(team(), String.valueOf(e.getMessage())));
        }
    }

    private String team() {
        return switch (state) {
            case State.Known(Workspace workspace) -> workspace.team();
            case State.Lost lost -> lost.team();
            case State.NotKnownYet unknown -> "";
        };
    }

    private synchronized void become(State next) {
        State before = state;
        state = next;
        if (before.equals(next)) {
            return;
        }
        switch (next) {
            case State.Known(Workspace workspace) ->
                LOG.info("Slack: {} ({}) is the workspace of the bot token", workspace, workspace.name());
            case State.Lost(String team, String why) -> LOG.error("Slack: nothing can be sent: {}", why);
            case State.NotKnownYet(String why) -> LOG.warn("Slack: {}; this is tried again", why);
        }
        changed.accept(next);
    }

    @Override
    public void close() {
        asking.interrupt();
    }
}
