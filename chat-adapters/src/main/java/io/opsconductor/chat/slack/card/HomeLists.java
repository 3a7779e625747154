package io.opsconductor.chat.slack.card;

import com.slack.api.model.block.LayoutBlock;
import com.slack.api.model.block.element.BlockElement;
import io.opsconductor.brain.overview.Concerns.Asked;
import io.opsconductor.brain.overview.Concerns.Listed;
import io.opsconductor.brain.overview.Concerns.Running;
import io.opsconductor.chat.card.Outcomes;
import io.opsconductor.chat.card.Packing;
import io.opsconductor.chat.deliver.Mentions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The App Home's lists of what runs and of what was asked. */
final class HomeLists {
    private static final int SUMMARY = 300;

    private HomeLists() {}

    static List<LayoutBlock> running(Listed<Running> running, Mentions mentions, Links links) {
        List<BlockElement> lines = new ArrayList<>();
        for (Running one : running.entries()) {
            lines.add(new Line()
                    .emoji("arrow_forward")
                    .boldWords(Cut.to(one.summary(), SUMMARY))
                    .text("\nAsked by ")
                    .person(mentions.of(one.requester()))
                    .text(" · since ")
                    .when(one.since())
                    .add(thread(links, one.conversation()))
                    .section());
        }
        return blocks("Runs now", running.total(), lines);
    }

    static List<LayoutBlock> asked(Listed<Asked> asked, Links links) {
        List<BlockElement> lines = new ArrayList<>();
        for (Asked one : asked.entries()) {
            lines.add(state(one)
                    .text(" · ")
                    .boldWords(Cut.to(one.summary(), SUMMARY))
                    .text(" · ")
                    .when(one.at())
                    .add(thread(links, one.conversation()))
                    .section());
        }
        return blocks("What I asked for last", asked.total(), lines);
    }

    private static List<LayoutBlock> blocks(String title, long total, List<BlockElement> lines) {
        if (lines.isEmpty()) {
            return List.of();
        }
        List<LayoutBlock> blocks = new ArrayList<>();
        blocks.add(Block.header(title));
        Packing.of(lines, BlockSize::of, Limits.MESSAGE_SIZE / 2).forEach(some -> blocks.add(Block.rich(some)));
        if (total > lines.size()) {
            blocks.add(Block.small("And " + (total - lines.size()) + " more."));
        }
        return blocks;
    }

    private static Line thread(Links links, String conversation) {
        Optional<String> url = links.to(conversation).filter(link -> link.length() <= Limits.URL);
        return url.map(link -> new Line().text(" · ").link(link, "open thread")).orElseGet(Line::new);
    }

    /** How it stands: as an execution, when it became one. */
    private static Line state(Asked asked) {
        String status = asked.status() == null ? asked.state() : asked.status();
        return switch (status) {
            case "pending" -> new Line().emoji("hourglass_flowing_sand").text("Waiting for approval");
            case "approved", "queued" -> new Line().emoji("arrow_forward").text("Starts now");
            case "running" -> new Line().emoji("arrow_forward").text("Running");
            case "refused" -> new Line().emoji("no_entry").text("Refused by the runner, nothing was run");
            case "expired" -> new Line().emoji("hourglass").text("Expired");
            case "superseded" -> new Line().emoji("arrows_counterclockwise").text("Replaced");
            case "cancelled" ->
                asked.status() == null
                        ? new Line().emoji("leftwards_arrow_with_hook").text("Withdrawn")
                        : new Line().emoji(Outcomes.emoji(status)).text(Outcomes.word(status));
            default -> new Line().emoji(Outcomes.emoji(status)).text(Outcomes.word(status));
        };
    }
}
