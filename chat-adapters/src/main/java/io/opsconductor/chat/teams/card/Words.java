package io.opsconductor.chat.teams.card;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.opsconductor.brain.Refusal;
import io.opsconductor.brain.conversation.ChatEvent;
import io.opsconductor.brain.conversation.Choice;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What is said: messages, questions with choices as buttons, and what went wrong. */
public final class Words {
    private static final int SUMMARY = 200;
    private static final int LINE = 4_000;
    private static final Pattern CODE = Pattern.compile("`([^`]{1,500})`");

    private Words() {}

    /** What we say, in as many messages as it takes, with the choices on the last. */
    public static List<TeamsMessage> message(ChatEvent.Message message) {
        return messages("", message.text(), message.choices(), true);
    }

    /** What somebody said elsewhere. */
    public static List<TeamsMessage> said(String who, String text) {
        return messages(who + ": ", text, List.of(), false);
    }

    public static List<TeamsMessage> question(ChatEvent.Question question) {
        return messages("", question.text(), question.choices(), true);
    }

    public static List<TeamsMessage> failure(ChatEvent.Failure failure) {
        String reference = failure.reference() == null || failure.reference().isBlank()
                ? ""
                : "\nReference for the log: " + failure.reference();
        String hint = failure.hint().isBlank() ? "" : "\n" + failure.hint();
        return messages("⚠ ", failure.message() + hint + reference, failure.choices(), true);
    }

    /** That a plan changed since it was shown, with the button that shows it as it would run now. */
    public static TeamsMessage changed(String why, String approval) {
        return new TeamsMessage(
                PlanCards.shortened(why, SUMMARY),
                new Card()
                        .add(new Line().bold("🔄 " + why).element())
                        .add(PlanCards.fresh(approval).rows())
                        .json());
    }

    /** One message; of a text that has no room in one, its beginning. */
    public static TeamsMessage note(String text) {
        return messages("", PlanCards.shortened(text, LINE), List.of(), true).getLast();
    }

    /** To one person: why an act changed nothing, and what would. */
    public static String refusal(Refusal refusal) {
        String hint = refusal.problem().error().hint();
        List<String> choices = refusal.problem().error().choices();
        String who =
                refusal.status() == 403 && !choices.isEmpty() ? " Who may: " + String.join(", ", choices) + "." : "";
        return "Not done: " + ended(refusal.message().strip()) + (hint.isBlank() ? "" : " " + ended(hint.strip()))
                + who;
    }

    /** A line that begins with {@code "- "} is one of a list, and what stands between backticks is code. */
    private static Line prose(Line line, String text) {
        String words = text.startsWith("- ") ? "• " + text.substring(2) : text;
        Matcher code = CODE.matcher(words);
        int from = 0;
        while (code.find()) {
            line.text(words.substring(from, code.start())).code(code.group(1));
            from = code.end();
        }
        return line.text(words.substring(from));
    }

    private static String ended(String text) {
        return text.matches("(?s).*[.!?…]") ? text : text + ".";
    }

    /** @param ours whether the text is of our own words, in which lists and code have their signs */
    private static List<TeamsMessage> messages(String before, String text, List<Choice> choices, boolean ours) {
        List<ObjectNode> lines = new ArrayList<>();
        for (String line : text.split("\n", -1)) {
            for (int from = 0; from == 0 || from < line.length(); from += LINE) {
                Line own = new Line();
                if (lines.isEmpty()) {
                    own.bold(before);
                }
                String part = line.substring(from, Math.min(line.length(), from + LINE));
                lines.add((ours ? prose(own, part) : own.text(part)).orBlank().tight());
            }
        }
        lines.addAll(new Buttons().choices(choices).rows());
        return Commands.packed(lines).stream()
                .map(page -> new TeamsMessage(
                        PlanCards.shortened(before + text, SUMMARY),
                        new Card().add(page).json()))
                .toList();
    }
}
