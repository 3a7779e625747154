package io.opsconductor.chat.slack.card;

import io.opsconductor.chat.card.Amounts;
import io.opsconductor.chat.card.Outcomes;
import io.opsconductor.plan.TargetResult;
import java.util.List;
import java.util.Locale;

/** Output as a file, as it came. */
final class OutputFile {
    private static final int NAME = 80;

    private OutputFile() {}

    /** The whole output of one target. */
    static SlackFile of(TargetResult result) {
        String name = fileName(result);
        boolean both = !result.stdout().isEmpty() && !result.stderr().isEmpty();
        String content = both ? both(result) : result.stdout() + result.stderr();
        String title = "Output of " + Cut.to(result.tool(), NAME) + " on " + Cut.to(result.target(), NAME);
        // Slack refuses an empty file.
        return new SlackFile(name, title, content.isEmpty() ? "(It wrote nothing.)\n" : content + cut(result));
    }

    /** The whole output of all of them, in order. */
    static SlackFile ofAll(String execution, List<TargetResult> results) {
        StringBuilder all = new StringBuilder();
        for (TargetResult result : results) {
            all.append("==== Step ")
                    .append(result.step() + 1)
                    .append(", ")
                    .append(result.tool())
                    .append(" on ")
                    .append(result.target())
                    .append(": ")
                    .append(Outcomes.word(result.status()))
                    .append(result.exitCode() == null ? "" : ", exit " + result.exitCode())
                    .append(" ====\n")
                    .append(result.reason().isEmpty() ? "" : result.reason() + "\n")
                    .append(both(result))
                    .append(cut(result))
                    .append("\n\n");
        }
        return new SlackFile("all-output-" + plain(execution) + ".txt", "Output of every target", all.toString());
    }

    static String fileName(TargetResult result) {
        String stream = result.stderr().isEmpty() ? "-stdout" : result.stdout().isEmpty() ? "-stderr" : "-output";
        return plain(result.target()) + (result.step() == 0 ? "" : "-step-" + (result.step() + 1)) + stream + ".txt";
    }

    private static String both(TargetResult result) {
        return "---- Output (" + Amounts.characters(result.stdout().length()) + ") ----\n" + result.stdout()
                + "\n---- Error output ("
                + Amounts.characters(result.stderr().length()) + ") ----\n" + result.stderr();
    }

    private static String cut(TargetResult result) {
        return result.stdoutTruncated() || result.stderrTruncated()
                ? "\n[The output was longer than the limit; the rest was cut off.]\n"
                : "";
    }

    private static String plain(String name) {
        String plain = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9._-]+", "-");
        return plain.isEmpty() ? "output" : plain.substring(0, Math.min(NAME, plain.length()));
    }
}
