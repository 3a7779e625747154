package io.opsconductor.chat.slack.card;

import com.slack.api.model.block.LayoutBlock;
import com.slack.api.model.block.composition.ConfirmationDialogObject;
import com.slack.api.model.block.element.ButtonElement;
import io.opsconductor.brain.conversation.Choice;
import io.opsconductor.chat.act.Act;
import io.opsconductor.chat.slack.act.ActButtons;
import java.util.ArrayList;
import java.util.List;

/** Buttons of one message or view; each gets an id of its own. */
final class Buttons {
    /** How a button looks. */
    enum Look {
        PLAIN,
        PRIMARY,
        DANGER
    }

    private static final int IN_A_ROW = 5;
    private static final int MOST_CHOICES = 25;
    private static final int SIZE_OF_CHOICES = 4_500;
    private static final int SIZE_OF_TYPED = 1_500;

    private int counter;

    ButtonElement of(String label, Act act, Look look) {
        return button(label, act, look).build();
    }

    /** A button that asks once more. */
    ButtonElement confirmed(String label, Act act, Look look, String title, String question) {
        return button(label, act, look)
                .confirm(ConfirmationDialogObject.builder()
                        .title(Block.plain(Cut.toLength(title, Limits.CONFIRM_TITLE)))
                        .text(Block.plain(Cut.toLength(question, Limits.CONFIRM_TEXT)))
                        .confirm(Block.plain(Cut.toLength(label, Limits.CONFIRM_BUTTON)))
                        .deny(Block.plain("Back"))
                        .style("danger")
                        .build())
                .build();
    }

    /** A button that opens an address. */
    ButtonElement link(String label, String url) {
        return button(label, new Act.Open(), Look.PLAIN).url(url).build();
    }

    private ButtonElement.ButtonElementBuilder button(String label, Act act, Look look) {
        ButtonElement.ButtonElementBuilder button = ButtonElement.builder()
                .text(Block.plain(Cut.toLength(label.isBlank() ? "…" : label, Limits.BUTTON_LABEL)))
                .actionId(ActButtons.id(act, counter++))
                .value(ActButtons.value(act));
        return switch (look) {
            case PLAIN -> button;
            case PRIMARY -> button.style("primary");
            case DANGER -> button.style("danger");
        };
    }

    /** Rows of buttons that say what the person would have typed; what no button can hold is told as words to type. */
    List<LayoutBlock> choices(List<Choice> choices) {
        List<ButtonElement> buttons = new ArrayList<>();
        List<String> typed = new ArrayList<>();
        int size = 0;
        for (Choice choice : choices) {
            ButtonElement button = of(choice.label(), new Act.Say(choice.reply()), Look.PLAIN);
            boolean fits =
                    button.getValue().length() <= Limits.BUTTON_VALUE && size + BlockSize.of(button) <= SIZE_OF_CHOICES;
            if (fits && buttons.size() < MOST_CHOICES) {
                buttons.add(button);
                size += BlockSize.of(button);
            } else {
                typed.add(choice.reply());
            }
        }
        List<LayoutBlock> blocks = new ArrayList<>();
        for (int from = 0; from < buttons.size(); from += IN_A_ROW) {
            blocks.add(Block.actions(buttons.subList(from, Math.min(buttons.size(), from + IN_A_ROW))));
        }
        if (!typed.isEmpty()) {
            blocks.add(Block.rich(typed(typed, buttons.isEmpty())));
        }
        return blocks;
    }

    private static Line typed(List<String> replies, boolean only) {
        Line line = new Line().text(only ? "Answer with one of: " : "Or answer with one of: ");
        int room = SIZE_OF_TYPED;
        for (int i = 0; i < replies.size(); i++) {
            String reply = replies.get(i);
            // A text in a look of its own takes some JSON.
            room -= BlockSize.ofText(reply) + 80;
            if (room < 0) {
                return line.text(
                        (i == 0 ? Cut.to(reply, SIZE_OF_TYPED) + " and " : " and ") + (replies.size() - i) + " more");
            }
            line.text(i == 0 ? "" : ", ").code(reply);
        }
        return line;
    }
}
