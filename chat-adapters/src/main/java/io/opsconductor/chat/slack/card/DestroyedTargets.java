package io.opsconductor.chat.slack.card;

import com.slack.api.model.block.LayoutBlock;
import io.opsconductor.brain.conversation.ChatEvent;
import io.opsconductor.plan.Effect;
import io.opsconductor.plan.Preview;
import java.util.ArrayList;
import java.util.List;

/** Everything that a plan destroys something on: each target by its full name, with its environment. */
final class DestroyedTargets {
    /** What a block holds at most, so that a list of any length stays within Slack's limits for one. */
    private static final int CHARACTERS = 2_500;

    private static final int MOST_BLOCKS = 20;

    private DestroyedTargets() {}

    static List<String> of(Preview preview) {
        return preview.steps().stream()
                .filter(step -> step.effect() == Effect.DESTROY)
                .flatMap(step -> step.targets().stream())
                .map(target -> name(target.target(), target.environment()))
                .distinct()
                .toList();
    }

    static List<String> of(ChatEvent.PlanCard plan) {
        return plan.steps().stream()
                .filter(step -> step.effect() == Effect.DESTROY)
                .flatMap(step -> step.commands().stream())
                .map(command -> name(command.target(), command.environment()))
                .distinct()
                .toList();
    }

    static List<LayoutBlock> blocks(List<String> names) {
        List<LayoutBlock> blocks = new ArrayList<>();
        List<String> some = new ArrayList<>();
        int size = 0;
        for (String name : names) {
            if (size + name.length() > CHARACTERS && blocks.size() < MOST_BLOCKS) {
                blocks.add(block(some));
                some.clear();
                size = 0;
            }
            some.add(name);
            size += name.length() + 2;
        }
        blocks.add(block(some));
        return blocks;
    }

    /** "db-01 (production)". */
    private static String name(String target, String environment) {
        return environment.isEmpty() ? target : target + " (" + environment + ")";
    }

    private static LayoutBlock block(List<String> names) {
        return Block.rich(new Line().bold(String.join(", ", names)));
    }
}
