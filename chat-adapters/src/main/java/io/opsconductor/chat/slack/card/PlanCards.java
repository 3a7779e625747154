package io.opsconductor.chat.slack.card;

import com.slack.api.model.block.LayoutBlock;
import com.slack.api.model.block.element.ButtonElement;
import io.opsconductor.brain.conversation.ChatEvent;
import io.opsconductor.chat.act.Act;
import io.opsconductor.chat.card.Destroyed;
import io.opsconductor.chat.card.Digests;
import io.opsconductor.chat.card.EffectWords;
import io.opsconductor.chat.card.Offers;
import io.opsconductor.chat.deliver.Mentions;
import io.opsconductor.chat.deliver.PlanState;
import java.util.ArrayList;
import java.util.List;

/**
 * A plan as a card. From top to bottom: what it does to its targets, how it stands, what was asked and by whom, every
 * command, who may approve, the buttons, and the digest that an approval is about.
 */
public final class PlanCards {
    private static final int SUMMARY = 500;
    private static final int NOTE = 600;
    private static final int DESTROYED = 600;

    private PlanCards() {}

    public static PlanPost of(ChatEvent.PlanCard plan, PlanState state, Mentions mentions) {
        CommandLayout commands = CommandLayout.of(plan, rest(plan));
        EffectWords effect = EffectWords.of(plan.effect());
        String text = Mrkdwn.notification(effect.word() + ": " + Cut.to(plan.summary(), SUMMARY) + " · "
                + Targets.radius(plan.blastRadius()) + " · " + PlanStanding.notification(state));
        List<LayoutBlock> blocks = blocks(plan, state, mentions, commands.card());
        return new PlanPost(new SlackMessage(text, blocks), commands.pages(), commands.file());
    }

    /** The size of a card without its commands. It must not depend on how the plan stands: see {@link CommandLayout}. */
    private static int rest(ChatEvent.PlanCard plan) {
        return BlockSize.of(blocks(plan, new PlanState.Waiting(List.of(), 0), identity -> "<@U0000000000>", List.of()));
    }

    private static List<LayoutBlock> blocks(
            ChatEvent.PlanCard plan, PlanState state, Mentions mentions, List<LayoutBlock> commands) {
        EffectWords effect = EffectWords.of(plan.effect());
        List<LayoutBlock> blocks = new ArrayList<>();
        blocks.add(Block.header(":" + effect.emoji() + ": " + effect.word() + " " + Targets.where(plan.blastRadius())
                + effect.warning()));
        String breakGlass = plan.breakGlass();
        if (breakGlass != null) {
            blocks.add(Block.rich(new Line()
                    .emoji("rotating_light")
                    .bold("Break glass")
                    .text(": nobody else approves this. The reason: ")
                    .bold(Cut.to(breakGlass, NOTE))));
        }
        blocks.add(Block.rich(new Line()
                .add(PlanStanding.of(state))
                .end()
                .boldWords(Cut.to(plan.summary(), SUMMARY))
                .text("\nAsked by ")
                .person(mentions.of(plan.requester()))
                .text(" · " + Targets.radius(plan.blastRadius()))));
        String note = plan.note();
        if (note != null) {
            blocks.add(Block.small(Cut.to(note, NOTE)));
        }
        String how = plan.how();
        if (how != null) {
            blocks.add(Block.small(Cut.to(how, NOTE)));
        }
        blocks.addAll(commands);
        String code = plan.code();
        if (code != null && state instanceof PlanState.Waiting) {
            blocks.add(Block.rich(destroyed(plan, code)));
        }
        if (state instanceof PlanState.Waiting waiting) {
            blocks.add(Block.rich(ApprovalWords.of(plan, waiting, mentions)));
        }
        List<ButtonElement> buttons = buttons(plan, state);
        if (!buttons.isEmpty()) {
            blocks.add(Block.actions(buttons));
        }
        if (Offers.are(plan, state)) {
            blocks.add(Block.small(Offers.TITLE));
            blocks.addAll(new Buttons().choices(plan.instead()));
        }
        boolean waits = state instanceof PlanState.Waiting;
        blocks.add(Block.small("Plan " + Digests.shortForm(plan.digest())
                + (waits
                        ? ". The runner renders these commands again, and runs nothing if one byte is different."
                        : "")));
        return blocks;
    }

    private static List<ButtonElement> buttons(ChatEvent.PlanCard plan, PlanState state) {
        return switch (state) {
            case PlanState.Waiting _ -> decisions(plan);
            case PlanState.Running running ->
                running.execution().isEmpty()
                        ? List.of()
                        : List.of(new Buttons().of("Cancel", new Act.Cancel(running.execution()), Buttons.Look.DANGER));
            case PlanState.Finished _,
                    PlanState.Denied _,
                    PlanState.Expired _,
                    PlanState.Withdrawn _,
                    PlanState.Superseded _ -> List.of();
        };
    }

    private static List<ButtonElement> decisions(ChatEvent.PlanCard plan) {
        Buttons buttons = new Buttons();
        List<ButtonElement> row = new ArrayList<>();
        if (plan.actions().contains("approve")) {
            row.add(buttons.of("Approve", new Act.Approve(plan.approval(), plan.digest()), Buttons.Look.PRIMARY));
        }
        if (plan.actions().contains("deny")) {
            row.add(buttons.of("Deny", new Act.Deny(plan.approval(), plan.digest()), Buttons.Look.DANGER));
        }
        if (plan.actions().contains("dry_run")) {
            row.add(buttons.of("Dry run", new Act.DryRun(plan.approval()), Buttons.Look.PLAIN));
        }
        if (plan.actions().contains("edit")) {
            row.add(buttons.of("Edit", new Act.Edit(plan.approval(), plan.digest()), Buttons.Look.PLAIN));
        }
        if (plan.actions().contains("break_glass")) {
            row.add(buttons.of("Break glass", new Act.BreakGlass(plan.approval()), Buttons.Look.PLAIN));
        }
        if (plan.actions().contains("withdraw")) {
            row.add(buttons.of("Withdraw", new Act.Withdraw(plan.approval()), Buttons.Look.PLAIN));
        }
        return row;
    }

    /** Each target by its full name with its environment, as far as a card holds them; the form has all of them. */
    private static Line destroyed(ChatEvent.PlanCard plan, String code) {
        List<String> names = Destroyed.by(plan);
        List<String> shown = new ArrayList<>();
        int room = DESTROYED;
        for (String name : names) {
            room -= BlockSize.ofText(name) + 2;
            if (room < 0) {
                break;
            }
            shown.add(name);
        }
        String more = shown.size() == names.size() ? "" : " and " + (names.size() - shown.size()) + " more";
        return new Line()
                .emoji("warning")
                .text("Cannot be undone on ")
                .bold(String.join(", ", shown) + more)
                .text(". Whoever approves types ")
                .code(code)
                .text(".");
    }
}
