package io.opsconductor.chat.terminal;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.UserInterruptException;

/** Line after line at a terminal, until Ctrl-D. */
final class Dialogue {
    private final LineReader reader;
    private final Screen screen;
    private final Exchange exchange;
    private final AtTerminal person;
    private final Duration timeout;
    private String user;
    private List<ChatEvent.Choice> choices = List.of();

    Dialogue(LineReader reader, Screen screen, Exchange exchange, AtTerminal person, Duration timeout, String user) {
        this.reader = reader;
        this.screen = screen;
        this.exchange = exchange;
        this.person = person;
        this.timeout = timeout;
        this.user = user;
    }

    void run() {
        screen.print("Ask for something, such as: check disk space on web-server-01");
        screen.print(screen.style().dim("/as NAME acts as somebody else · Ctrl-C cancels · Ctrl-D leaves"));
        tellWaiting();
        attempt(() -> exchange.catchUp(user, Instant.now().plus(timeout)));
        while (true) {
            String line;
            try {
                line = reader.readLine(Style.line(user) + "> ").strip();
            } catch (UserInterruptException e) {
                continue;
            } catch (EndOfFileException e) {
                return;
            }
            if (line.equals("/quit")) {
                return;
            }
            if (line.startsWith("/as ") && !line.substring(4).isBlank()) {
                user = line.substring(4).strip();
                person.actAs(user);
                tellWaiting();
                attempt(() -> exchange.catchUp(user, Instant.now().plus(timeout)));
            } else if (line.startsWith("/")) {
                screen.print("/as NAME acts as somebody else, /quit leaves.");
            } else if (!line.isEmpty()) {
                String text = chosen(line, choices);
                attempt(() -> exchange.say(user, text, Instant.now().plus(timeout)));
            }
        }
    }

    private void tellWaiting() {
        int waiting = exchange.waiting(user);
        if (waiting > 0) {
            screen.print((waiting == 1 ? "1 plan waits" : waiting + " plans wait")
                    + " for your decision. To see, say: what waits for me?");
        }
    }

    /** The reply of the choice that a number names, or the line itself. */
    static String chosen(String line, List<ChatEvent.Choice> choices) {
        if (line.matches("[1-9][0-9]?") && Integer.parseInt(line) <= choices.size()) {
            return choices.get(Integer.parseInt(line) - 1).reply();
        }
        return line;
    }

    private void attempt(Supplier<Ending> exchangeWithServer) {
        try {
            choices = exchangeWithServer.get().choices();
        } catch (CouldNotRunException e) {
            screen.print(screen.style().bad(e.getMessage() + "."));
            screen.print(e.nextStep());
        } catch (CancellationException e) {
            screen.print("Interrupted.");
        }
    }
}
