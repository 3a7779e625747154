package io.opsconductor.chat.terminal;

import java.util.List;
import java.util.Locale;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal;

/** Somebody at a terminal, who is asked. */
final class AtTerminal implements Person {
    private final Terminal terminal;
    private final LineReader reader;
    private final Screen screen;
    private final Decision first;
    private String user;

    /**
     * @param first what the options already decided; {@link Decision.Leave} to ask
     * @param user who acts unless somebody else is named
     */
    AtTerminal(Terminal terminal, LineReader reader, Screen screen, Decision first, String user) {
        this.terminal = terminal;
        this.reader = reader;
        this.screen = screen;
        this.first = first;
        this.user = user;
    }

    void actAs(String name) {
        user = name;
    }

    @Override
    public Decision decide(ChatEvent.Plan plan, String page, boolean again) {
        if (!again && !(first instanceof Decision.Leave)) {
            return first;
        }
        while (true) {
            String line;
            reader.setVariable(LineReader.DISABLE_HISTORY, true); // An old "y" must not be one arrow key away.
            try {
                line = reader.readLine("Approve? [y/N/as NAME] ", null, (Character) null, null)
                        .strip();
            } catch (UserInterruptException | EndOfFileException e) {
                screen.print("The plan stays waiting: " + page);
                return new Decision.Leave();
            } finally {
                reader.setVariable(LineReader.DISABLE_HISTORY, false);
            }
            String word = line.toLowerCase(Locale.ROOT);
            if (word.equals("y") || word.equals("yes")) {
                return new Decision.Approve(List.of(user));
            }
            if (word.equals("n") || word.equals("no") || word.isEmpty()) {
                return new Decision.Deny(user);
            }
            if (word.startsWith("as ") && !line.substring(3).isBlank()) {
                return new Decision.Approve(List.of(line.substring(3).strip()));
            }
            screen.print("y approves, n or Enter denies, as NAME approves as somebody else, Ctrl-C leaves it waiting.");
        }
    }

    @Override
    public void onInterrupt(Runnable action) {
        terminal.handle(Terminal.Signal.INT, signal -> action.run());
    }
}
