package io.opsconductor.chat.terminal;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal;
import org.jspecify.annotations.Nullable;

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
            return first instanceof Decision.Approve(List<String> users, String _) ? approve(plan, page, users) : first;
        }
        while (true) {
            String line = ask("Approve? [y/N/as NAME" + (plan.instead().isEmpty() ? "" : "/number") + "] ");
            if (line == null) {
                return left(page);
            }
            String word = line.toLowerCase(Locale.ROOT);
            if (word.equals("y") || word.equals("yes")) {
                return approve(plan, page, List.of(user));
            }
            if (word.startsWith("as ") && !line.substring(3).isBlank()) {
                return approve(plan, page, List.of(line.substring(3).strip()));
            }
            String rather = Dialogue.chosen(line, plan.instead());
            if (!rather.equals(line)) {
                return new Decision.Rather(user, rather);
            }
            if (word.equals("fresh")) {
                return new Decision.Fresh(user);
            }
            if (word.isEmpty() || word.matches("no?([ ,:].*)?")) {
                return new Decision.Deny(user, line.replaceFirst("^(?i)no?[ ,:]*", ""));
            }
            screen.print(
                    "y approves, n or Enter denies, n REASON says why, as NAME approves as somebody else, fresh shows"
                            + " the plan as it would run now, Ctrl-C leaves it waiting"
                            + (plan.instead().isEmpty() ? "." : ", a number asks for what stands beside it instead."));
        }
    }

    /** What cannot be undone is approved by typing its code, with every target before one's eyes. */
    private Decision approve(ChatEvent.Plan plan, String page, List<String> users) {
        if (plan.code().isEmpty()) {
            return new Decision.Approve(users, "");
        }
        screen.print("This cannot be undone. It destroys something on: " + String.join(", ", destroyed(plan)));
        String typed = ask("Type " + Style.line(plan.code()) + " to approve: ");
        return typed == null ? left(page) : new Decision.Approve(users, typed);
    }

    private static Set<String> destroyed(ChatEvent.Plan plan) {
        Set<String> names = new LinkedHashSet<>();
        plan.steps().stream()
                .filter(step -> step.effect().equals("destroy"))
                .flatMap(step -> step.commands().stream())
                .forEach(command -> names.add(Style.line(command.target()
                        + (command.environment().isEmpty() ? "" : " (" + command.environment() + ")"))));
        return names;
    }

    /** Null when they leave it. */
    private @Nullable String ask(String prompt) {
        reader.setVariable(LineReader.DISABLE_HISTORY, true); // An old "y" must not be one arrow key away.
        try {
            return reader.readLine(prompt, null, (Character) null, null).strip();
        } catch (UserInterruptException | EndOfFileException e) {
            return null;
        } finally {
            reader.setVariable(LineReader.DISABLE_HISTORY, false);
        }
    }

    private Decision left(String page) {
        screen.print("The plan stays waiting: " + page);
        return new Decision.Leave();
    }

    @Override
    public void onInterrupt(Runnable action) {
        terminal.handle(Terminal.Signal.INT, signal -> action.run());
    }
}
