package io.opsconductor.chat.slack.card;

import com.slack.api.model.block.LayoutBlock;
import java.util.ArrayList;
import java.util.List;

/** Everything that a plan destroys something on: each target by its full name, with its environment. */
final class DestroyedTargets {
    /** What a block holds at most, so that a list of any length stays within Slack's limits for one. */
    private static final int CHARACTERS = 2_500;

    private static final int MOST_BLOCKS = 20;

    private DestroyedTargets() {}

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

    private static LayoutBlock block(List<String> names) {
        return Block.rich(new Line().bold(String.join(", ", names)));
    }
}
