package io.opsconductor.acceptance.bench;

import io.opsconductor.acceptance.product.ChatApi;
import io.opsconductor.acceptance.product.InSlack;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Slack's events: a minute of requests at a pace that no workspace has, each of which must be acknowledged fast and answered
 * once; then acknowledgements as fast as they come, beside the official JavaScript framework's.
 */
final class SlackEvents {
    private static final int PEOPLE = 50;

    private SlackEvents() {}

    /** @param seconds how long the open load lasts */
    static List<Figure> measure(Path home, int seconds) throws IOException {
        List<String> people = IntStream.rangeClosed(1, PEOPLE)
                .mapToObj(i -> "user%02d".formatted(i))
                .toList();
        List<Figure> figures = new ArrayList<>();
        try (InSlack slack = InSlack.start(home.resolve("slack"), InSlack.Transport.HTTP, people)) {
            slack.slack().limits().off();
            slack.slack().deliveries().retryAfter();
            figures.addAll(new SlackOpenLoad(slack, people).run(seconds));
            figures.addAll(new SlackClosedLoad(slack, people.getFirst()).run(home.resolve("bolt")));
        }
        return figures;
    }

    /** A counter of the chatbot's metrics; 0 before anything was counted. */
    static long counter(ChatApi chatbot, String beginning) {
        return chatbot.text("/metrics")
                .lines()
                .filter(line -> line.startsWith(beginning))
                .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }
}
