package io.opsconductor.chat.terminal;

import io.opsconductor.chat.terminal.ChatClient.Received;
import io.opsconductor.plan.Problem;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/** A conversation from the client's side: says something, shows what follows, and tells how it ended. */
final class Exchange {
    private static final String CHANGED = "changed_since_preview";
    private static final String RUNNER_AWAY = "runner_unreachable";

    private static final Duration WAIT = Duration.ofSeconds(20);
    private static final Duration GIVE_UP = Duration.ofSeconds(30);

    private final ChatClient client;
    private final Listener listener;
    private final Screen screen;
    private final Person person;
    private @Nullable String conversation;
    private long lastSeq;
    private String own = "";
    private boolean sawOwn; // What comes before the own message is not its answer.
    private final Map<String, ChatEvent.Plan> waiting = new LinkedHashMap<>();
    private final Set<String> asked = new HashSet<>();
    private final Set<String> decided = new HashSet<>();
    private @Nullable String
            doubtful; // A plan whose decision was refused as too late; the events must tell how it ended.
    private volatile @Nullable String running;
    private volatile boolean cancelAsked;
    private @Nullable Ending answer;

    /** Sees each event once, in order. */
    interface Listener {
        void received(Received event, String ownMessage);
    }

    Exchange(ChatClient client, Listener listener, Screen screen, Person person, @Nullable String conversation) {
        this.client = client;
        this.listener = listener;
        this.screen = screen;
        this.person = person;
        this.conversation = conversation;
    }

    @Nullable
    String conversation() {
        return conversation;
    }

    /** How many plans wait for a decision of somebody's, in whatever conversation. */
    int waiting(String user) {
        return client.waiting(user);
    }

    /** Passes over what was said before, so that only the new is shown. */
    void skipHistory() {
        if (conversation != null && client.events(conversation, 0, Duration.ZERO) instanceof Reply.Ok(var events)) {
            events.forEach(
                    received -> lastSeq = Math.max(lastSeq, received.event().seq()));
        }
    }

    /** Sends a text and follows the conversation until it is answered, at most until the deadline. */
    Ending say(String user, String text, Instant deadline) {
        waiting.clear();
        answer = null;
        doubtful = null;
        switch (client.send(conversation, user, text)) {
            case Reply.Refused<ChatClient.Sent> refused -> {
                screen.refused(refused.problem());
                return Ending.NO;
            }
            case Reply.Ok<ChatClient.Sent>(ChatClient.Sent sent) -> {
                conversation = sent.conversation();
                own = sent.message();
                sawOwn = false;
            }
        }
        return follow(user, deadline, false);
    }

    /** Shows what happened meanwhile; a plan that waits is asked about, and one that runs is followed to its end. */
    Ending catchUp(String user, Instant deadline) {
        if (conversation == null) {
            return Ending.YES;
        }
        own = "";
        sawOwn = true;
        answer = null;
        doubtful = null;
        return follow(user, deadline, true);
    }

    private Ending follow(String user, Instant deadline, boolean onlyWhatIsThere) {
        Thread waiter = Thread.currentThread();
        cancelAsked = false;
        person.onInterrupt(() -> interrupt(user, waiter));
        try {
            while (true) {
                boolean atOnce = doubtful != null || (onlyWhatIsThere && running == null);
                List<Received> events = next(atOnce ? Duration.ZERO : WAIT, deadline);
                events.forEach(this::received);
                Ending ending = sawOwn ? settle() : null;
                if (ending != null) {
                    return ending;
                }
                if (events.isEmpty() && atOnce) {
                    return doubtful != null ? Ending.NO : Ending.YES;
                }
            }
        } catch (CancellationException e) {
            screen.print("Left as it is: " + page());
            return Ending.NO;
        } finally {
            person.onInterrupt(() -> {});
        }
    }

    /** The next events, over lost connections. */
    private List<Received> next(Duration atMost, Instant deadline) {
        Instant lastContact = Instant.now();
        while (true) {
            Duration left = Duration.between(Instant.now(), deadline);
            if (left.isNegative()) {
                throw new CouldNotRunException(
                        "no end within the time allowed", "It goes on without this client: " + page(), null);
            }
            Duration wait = left.compareTo(atMost) < 0 ? Duration.ofSeconds(Math.max(1, left.toSeconds())) : atMost;
            try {
                return switch (client.events(String.valueOf(conversation), lastSeq, wait)) {
                    case Reply.Ok<List<Received>>(List<Received> events) -> events;
                    case Reply.Refused<List<Received>>(int status, Problem.Detail problem) ->
                        throw new CouldNotRunException(
                                "the conversation cannot be followed: " + Style.line(problem.message()),
                                Style.line(problem.hint()),
                                null);
                };
            } catch (CouldNotRunException e) {
                if (e.getCause() == null || Instant.now().isAfter(lastContact.plus(GIVE_UP)) || !pause()) {
                    throw e;
                }
            }
        }
    }

    private void received(Received received) {
        ChatEvent event = received.event();
        if (event.seq() <= lastSeq) {
            return;
        }
        lastSeq = event.seq();
        listener.received(received, own);
        sawOwn |= event instanceof ChatEvent.Message message && own.equals(message.message());
        if (sawOwn) {
            note(event);
        }
    }

    private String page() {
        return client.page(String.valueOf(conversation)).toString();
    }

    /** Remembers what an event means for how the request ends. */
    private void note(ChatEvent event) {
        switch (event) {
            case ChatEvent.Message message -> {
                if (message.from().equals(ChatEvent.BOT)) {
                    answer = new Ending(true, message.choices(), false);
                }
            }
            case ChatEvent.Question question -> answer = new Ending(false, question.choices(), true);
            case ChatEvent.Failure failure -> {
                // An approved plan that could not be started ends with an error and without a result; one whose runner
                // does not answer for a while has its result still to come.
                if (!failure.code().equals(RUNNER_AWAY)) {
                    waiting.keySet().removeAll(decided);
                }
                answer = new Ending(false, failure.choices(), false);
            }
            case ChatEvent.Plan plan -> {
                waiting.put(plan.approval(), plan);
                answer = null;
            }
            case ChatEvent.Decision decision -> {
                boolean ours = waiting.containsKey(decision.approval());
                if (ours
                        && !decision.status().equals("pending")
                        && !decision.decision().equals("approve")) {
                    waiting.remove(decision.approval());
                    answer = Ending.NO;
                } else if (ours && decision.status().equals("approved")) {
                    decided.add(decision.approval());
                }
            }
            case ChatEvent.Progress progress -> {
                decided.add(progress.approval());
                running = progress.execution();
            }
            case ChatEvent.Result result -> {
                running = null;
                if (waiting.remove(result.approval()) != null) {
                    answer = new Ending(result.status().equals("succeeded"), result.next(), false);
                }
            }
            case ChatEvent.Unknown _ -> {}
        }
    }

    /** The ending, or null when there is more to come. */
    private @Nullable Ending settle() {
        if (doubtful != null && (decided.contains(doubtful) || !waiting.containsKey(doubtful))) {
            doubtful = null;
        }
        for (ChatEvent.Plan plan : List.copyOf(waiting.values())) {
            String approval = plan.approval();
            if (plan.needsApproval() && !decided.contains(approval) && !approval.equals(doubtful)) {
                if (!decide(plan)) {
                    return Ending.NO;
                }
            }
        }
        return waiting.isEmpty() ? answer : null;
    }

    /** Asks until a decision is taken; false when the plan is left waiting. */
    private boolean decide(ChatEvent.Plan plan) {
        boolean taken = false;
        while (!taken) {
            boolean again = !asked.add(plan.approval());
            switch (person.decide(plan, page(), again)) {
                case Person.Decision.Leave() -> {
                    return false;
                }
                case Person.Decision.Deny(String denier, String reason) ->
                    taken = isTaken(plan, client.deny(plan, denier, reason));
                case Person.Decision.Fresh(String asker) -> {
                    if (client.fresh(plan, asker) instanceof Reply.Refused<?> refused) {
                        screen.refused(refused.problem());
                    } else {
                        // Its card, and the end of this one, are events like any other.
                        decided.add(plan.approval());
                        taken = true;
                    }
                }
                case Person.Decision.Rather(String asker, String request) -> {
                    switch (client.send(conversation, asker, request)) {
                        case Reply.Refused<ChatClient.Sent> refused -> screen.refused(refused.problem());
                        case Reply.Ok<ChatClient.Sent>(ChatClient.Sent sent) -> {
                            // What is left of the old plan is nothing to wait for.
                            own = sent.message();
                            waiting.remove(plan.approval());
                            taken = true;
                        }
                    }
                }
                case Person.Decision.Approve(List<String> approvers, String code) -> {
                    for (String approver : approvers) {
                        taken |= isTaken(plan, client.approve(plan, approver, code));
                        if (decided.contains(plan.approval())) {
                            break;
                        }
                    }
                }
            }
        }
        return true;
    }

    /** Whether there is something new to see because of a decision, even if it is not enough yet. */
    private boolean isTaken(ChatEvent.Plan plan, Reply<ChatClient.Decided> reply) {
        return switch (reply) {
            case Reply.Ok<ChatClient.Decided>(ChatClient.Decided answered) -> {
                if (!"pending".equals(answered.status())) {
                    decided.add(plan.approval());
                }
                yield true;
            }
            case Reply.Refused<ChatClient.Decided> refused -> {
                screen.refused(refused.problem());
                if (refused.problem().code().equals(CHANGED)) {
                    screen.print("fresh shows the plan as it would run now.");
                    yield false;
                }
                boolean tooLate = refused.status() == 409 || refused.status() == 410;
                if (tooLate) {
                    doubtful = plan.approval();
                }
                yield tooLate;
            }
        };
    }

    /** Ctrl-C: cancels what runs; the second time, or when nothing runs, stops waiting. */
    private void interrupt(String user, Thread waiter) {
        String execution = running;
        if (execution == null || cancelAsked) {
            waiter.interrupt();
            return;
        }
        cancelAsked = true;
        try {
            if (client.cancel(execution, user) instanceof Reply.Refused<?> refused) {
                screen.refused(refused.problem());
            }
        } catch (CouldNotRunException e) {
            screen.print("Cannot cancel: " + e.getMessage());
        }
    }

    private static boolean pause() {
        try {
            Thread.sleep(Duration.ofMillis(500));
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
