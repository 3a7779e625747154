package io.opsconductor.brain.routing;

import io.opsconductor.plan.TargetResult;
import java.util.List;

/**
 * Keeps a result event at {@value #MAX_CHARACTERS} characters of output. The runner limits each target's output; with
 * many targets the sum can still be more than a page or a chat can take, and then each is cut to an equal share, visibly.
 */
final class ResultSize {
    private static final int MAX_CHARACTERS = 4_000_000;

    private ResultSize() {}

    static List<TargetResult> limited(List<TargetResult> results) {
        long all = results.stream()
                .mapToLong(result ->
                        (long) result.stdout().length() + result.stderr().length())
                .sum();
        if (all <= MAX_CHARACTERS) {
            return List.copyOf(results);
        }
        int share = Math.max(1_000, MAX_CHARACTERS / (2 * results.size()));
        return results.stream().map(result -> cut(result, share)).toList();
    }

    private static TargetResult cut(TargetResult result, int share) {
        return new TargetResult(
                result.step(),
                result.tool(),
                result.target(),
                result.status(),
                result.exitCode(),
                cut(result.stdout(), share),
                cut(result.stderr(), share),
                result.stdoutTruncated() || result.stdout().length() > share,
                result.stderrTruncated() || result.stderr().length() > share,
                result.durationMs(),
                result.reason());
    }

    private static String cut(String text, int share) {
        if (text.length() <= share) {
            return text;
        }
        return text.substring(0, Character.isHighSurrogate(text.charAt(share - 1)) ? share - 1 : share);
    }
}
