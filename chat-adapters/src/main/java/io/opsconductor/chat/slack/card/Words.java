package io.opsconductor.chat.slack.card;

import com.slack.api.model.block.LayoutBlock;
import com.slack.api.model.block.element.BlockElement;
import io.opsconductor.brain.Refusal;
import io.opsconductor.brain.conversation.ChatEvent;
import io.opsconductor.brain.conversation.Choice;
import io.opsconductor.chat.act.Act;
import io.opsconductor.chat.card.Packing;
import io.opsconductor.plan.Problem;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is said: messages, questions with choices as buttons, and what went wrong. */
public final class Words {
    private static final int NAME = 80;
    /** Refusals begin with a small letter, or with a name that must stay as it is, to stand in the middle of a line. */
    private static final String NOT_DONE = "Not done: ";

    private Words() {}

    /** Our words about somebody, whom they begin with. */
    public static List<SlackMessage> about(ChatEvent.Message message, Subject subject) {
        if (!subject.begins(message.text())) {
            return message(message);
        }
        String rest = Cut.to(subject.rest(message.text()), Prose.PART);
        return messages(message.text(), List.of(subject.line().words(rest).section()), message.choices());
    }

    /** What we say, in as many messages as it takes, with the choices on the last; what a user said, with the name. */
    public static List<SlackMessage> message(ChatEvent.Message message) {
        List<BlockElement> elements = new ArrayList<>();
        boolean ours = message.from().equals(ChatEvent.US);
        if (!ours) {
            elements.add(new Line().bold(Cut.to(message.from(), NAME)).text(":").section());
        }
        elements.addAll(ours ? Prose.of(message.text()) : Prose.literal(message.text()));
        return messages(message.text(), elements, message.choices());
    }

    public static SlackMessage question(ChatEvent.Question question) {
        List<BlockElement> elements = Prose.of(Cut.to(question.text(), Prose.PART));
        return one(question.text(), elements, question.choices());
    }

    public static SlackMessage failure(ChatEvent.Failure failure) {
        return problem("warning", failure.message(), failure.hint(), failure.choices(), failure.reference());
    }

    /** To one person: a plan changed since it was shown, with the button that shows it as it would run now. */
    public static SlackMessage changed(Refusal refusal, String approval) {
        SlackMessage why = refusal(refusal);
        List<LayoutBlock> blocks = new ArrayList<>(why.blocks());
        blocks.add(Block.actions(
                List.of(new Buttons().of("Show it as it is now", new Act.Fresh(approval), Buttons.Look.PRIMARY))));
        return new SlackMessage(why.text(), blocks);
    }

    /** To one person: why an act changed nothing, and what would. */
    public static SlackMessage refusal(Refusal refusal) {
        Problem.Detail problem = refusal.problem().error();
        List<Choice> choices =
                problem.choices().stream().map(name -> new Choice(name, name)).toList();
        boolean people = refusal.status() == 403;
        // Of a decision, the choices are the people who may take it: nothing to press.
        String who = people && !choices.isEmpty() ? " Who may: " + String.join(", ", problem.choices()) + "." : "";
        return problem(
                "no_entry_sign",
                NOT_DONE + end(problem.message().strip()),
                (sentence(problem.hint()) + who).strip(),
                people ? List.of() : choices,
                problem.reference());
    }

    /** To one person. */
    public static SlackMessage note(String text) {
        return one(text, Prose.of(Cut.to(text, Prose.PART)), List.of());
    }

    private static SlackMessage problem(
            String emoji, String message, String hint, List<Choice> choices, @Nullable String reference) {
        List<BlockElement> elements = new ArrayList<>();
        elements.add(
                new Line().emoji(emoji).words(Cut.to(message, Prose.PART / 2)).section());
        if (!hint.isBlank()) {
            elements.addAll(Prose.of(Cut.to(hint, Prose.PART / 2)));
        }
        if (reference != null && !reference.isBlank()) {
            elements.add(new Line()
                    .text("Reference for the log: ")
                    .code(Cut.to(reference, NAME))
                    .section());
        }
        return one(message + (hint.isBlank() ? "" : " " + hint), elements, choices);
    }

    private static SlackMessage one(String text, List<BlockElement> elements, List<Choice> choices) {
        return messages(text, elements, choices).getFirst();
    }

    private static List<SlackMessage> messages(String text, List<BlockElement> elements, List<Choice> choices) {
        List<LayoutBlock> buttons = new Buttons().choices(choices);
        List<List<BlockElement>> packs =
                Packing.of(elements, BlockSize::of, Limits.MESSAGE_SIZE - 500 - BlockSize.of(buttons));
        List<SlackMessage> messages = new ArrayList<>();
        for (int i = 0; i < packs.size(); i++) {
            List<LayoutBlock> blocks = new ArrayList<>(List.of(Block.rich(packs.get(i))));
            if (i == packs.size() - 1) {
                blocks.addAll(buttons);
            }
            messages.add(new SlackMessage(Mrkdwn.notification(text), blocks));
        }
        return messages;
    }

    /** Hints begin with a small letter, never with a name, and end without a full stop. */
    private static String sentence(String text) {
        if (text.isBlank()) {
            return "";
        }
        String strip = text.strip();
        int first = strip.codePointAt(0);
        String begun = Character.toString(Character.toUpperCase(first)) + strip.substring(Character.charCount(first));
        return end(begun);
    }

    private static String end(String text) {
        return text.matches("(?s).*[.!?…]") ? text : text + ".";
    }
}
