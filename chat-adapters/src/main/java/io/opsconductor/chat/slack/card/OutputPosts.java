package io.opsconductor.chat.slack.card;

import com.slack.api.model.block.LayoutBlock;
import io.opsconductor.brain.conversation.ChatEvent;
import io.opsconductor.chat.card.Outcomes;
import io.opsconductor.chat.card.Packing;
import io.opsconductor.plan.TargetResult;
import io.opsconductor.plan.TargetStatus;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** What each target wrote, as messages of the thread, with files for what is too long. */
record OutputPosts(List<SlackMessage> messages, List<SlackFile> files) {
    /** More long outputs than these come in one file, so that a thread is not buried under files. */
    private static final int MOST_FILES = 5;

    private static final int MOST_MESSAGES = 10;

    /** When the messages would be too many: those of the targets where it went wrong. */
    private static final int MOST_WHEN_TOO_MANY = 5;

    static OutputPosts of(ChatEvent.Result result) {
        List<TargetResult> results = inOrder(result.stepResults());
        boolean severalSteps = results.stream().anyMatch(one -> one.step() > 0);
        String execution = result.execution() == null ? "" : result.execution();
        List<TargetResult> tooLong =
                results.stream().filter(TargetOutput::isLong).toList();
        boolean together = tooLong.size() > MOST_FILES;
        SlackFile all = OutputFile.ofAll(execution, results);
        List<TargetOutput> outputs = results.stream()
                .map(one ->
                        TargetOutput.of(execution, one, severalSteps, together ? all.name() : OutputFile.fileName(one)))
                .toList();
        List<List<TargetOutput>> packs = packed(outputs);
        if (packs.size() > MOST_MESSAGES) {
            return new OutputPosts(worst(results, outputs, all.name()), List.of(all));
        }
        List<SlackFile> files =
                together ? List.of(all) : tooLong.stream().map(OutputFile::of).toList();
        return new OutputPosts(packs.stream().map(OutputPosts::message).toList(), files);
    }

    /** As the steps run, and worst first in each. */
    private static List<TargetResult> inOrder(List<TargetResult> results) {
        return results.stream()
                .sorted(Comparator.comparingInt(TargetResult::step)
                        .thenComparingInt(one -> Outcomes.WORST_FIRST.indexOf(one.status())))
                .toList();
    }

    private static List<List<TargetOutput>> packed(List<TargetOutput> outputs) {
        // Size decides, or the number of blocks: each output is a block, and one of buttons.
        return Packing.of(
                outputs, output -> Math.max(output.size(), Limits.MESSAGE_SIZE / 20), Limits.MESSAGE_SIZE - 500);
    }

    private static SlackMessage message(List<TargetOutput> outputs) {
        Buttons buttons = new Buttons();
        List<LayoutBlock> blocks = outputs.stream()
                .flatMap(output -> output.blocks(buttons).stream())
                .toList();
        String names = Targets.some(
                outputs.stream()
                        .map(TargetOutput::target)
                        .map(name -> Cut.to(name, 100))
                        .toList(),
                3);
        return new SlackMessage(Mrkdwn.notification("Output of " + names), blocks);
    }

    private static List<SlackMessage> worst(List<TargetResult> results, List<TargetOutput> outputs, String file) {
        List<TargetOutput> wrong = Stream.iterate(0, at -> at < results.size(), at -> at + 1)
                .filter(at -> results.get(at).status() != TargetStatus.SUCCEEDED
                        && results.get(at).status() != TargetStatus.SKIPPED
                        && results.get(at).status() != TargetStatus.NOT_NEEDED)
                .map(outputs::get)
                .toList();
        List<List<TargetOutput>> packs = packed(wrong);
        List<List<TargetOutput>> shown = packs.subList(0, Math.min(MOST_WHEN_TOO_MANY, packs.size()));
        int count = shown.stream().mapToInt(List::size).sum();
        List<SlackMessage> messages =
                new ArrayList<>(shown.stream().map(OutputPosts::message).toList());
        String rest = (count == 0
                        ? "The output of all " + results.size()
                        : "The output of these " + count + " and of the other " + (results.size() - count))
                + " is in the file " + file + " below, whole.";
        messages.add(new SlackMessage(Mrkdwn.notification(rest), List.of(Block.rich(new Line().text(rest)))));
        return messages;
    }
}
