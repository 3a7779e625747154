package io.opsconductor.brain.language;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsconductor.brain.catalogue.Knowledge;
import io.opsconductor.brain.eval.Outcome;
import io.opsconductor.brain.planning.Planning;
import io.opsconductor.plan.Step;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Random and hostile texts: never an exception, never slow, never a shell character in a plan. */
class HostileTextTest {
    /** {@code -Dhostile.texts=20000} for a long look. */
    private static final int TEXTS = Integer.getInteger("hostile.texts", 5_000);

    private static final Duration LONGEST = Duration.ofSeconds(2);
    private static final Pattern SHELL = Pattern.compile("[;`|&$<>\\n\\r\\x00]");
    private static final List<String> PIECES = List.of(
            "check",
            "disk",
            "on",
            "web-server-01",
            "web-sever-01",
            "restart",
            "nginx",
            "and",
            "then",
            ",",
            ";",
            "\n",
            "it",
            "all",
            "web",
            "servers",
            "except",
            "not",
            "don't",
            "/var/log/syslog",
            "`",
            "'",
            "\"",
            "$(id)",
            "&&",
            "|",
            "port",
            "443",
            "70000",
            "-rf",
            "rm",
            "last",
            "100",
            "lines",
            "of",
            "ping",
            "google.com",
            "8.8.8.8",
            "https://x.y/z?a=b&c=d",
            "10.0.0.0/8",
            "::1",
            "status",
            "'s",
            "every",
            "both",
            "the",
            "one",
            "one at a time",
            "if",
            "?",
            "!",
            ".",
            "(",
            ")",
            "\u0430",
            "\u202e",
            "\ud83d",
            "\ud83d\ude42",
            "\u0000",
            "\u212a",
            "C:\\Windows",
            "5m",
            "top",
            "five",
            "memory",
            "in",
            "for",
            "group",
            "of the",
            "all of",
            "but",
            "other than",
            "99999999999999999999",
            "=",
            "%s",
            "{x}",
            "\t",
            "ß");

    private final Knowledge knowledge = Understanding.shipped();
    private final Indexes indexes = new Indexes(Language.english());

    @Test
    void manyStrangeTextsAreAnsweredQuickly() {
        Random random = new Random(20_260_101);
        long slowest = 0;
        Understanding chat = new Understanding(knowledge, indexes);
        for (int i = 0; i < TEXTS; i++) {
            String text = i % 3 == 0 ? noise(random) : sentence(random);
            long start = worked();
            Outcome outcome = chat.say(text);
            slowest = Math.max(slowest, worked() - start);
            assertThat(outcome.brief()).as(text).isNotEmpty();
            if (outcome instanceof Outcome.Worked worked && worked.planning() instanceof Planning.Planned planned) {
                assertThat(planned.plan().steps()).hasSizeBetween(1, 20).allSatisfy(step -> isClean(step, text));
            }
        }
        System.out.printf("slowest of %,d strange texts: %.1f ms%n", TEXTS, slowest / 1e6);
        assertThat(Duration.ofNanos(slowest)).isLessThan(LONGEST);
    }

    private void isClean(Step step, String text) {
        assertThat(step.targets()).as(text).allMatch(indexes.of(knowledge).targets()::contains);
        step.parameters().values().forEach(value -> {
            String plain = value.toString();
            boolean address = plain.startsWith("http");
            assertThat(address ? plain.replace("&", "") : plain).as(text).doesNotContainPattern(SHELL);
            assertThat(plain).as(text).doesNotStartWith("-");
        });
    }

    @Test
    void longMessagesOfOneKindAreAnsweredQuickly() {
        for (String piece : List.of(
                "a",
                "(",
                "web ",
                "all ",
                "and ",
                "web-server-01, ",
                "'\"",
                "1.",
                "check disk on web-server-01 and ",
                "except ",
                "a-",
                "on x1 ",
                "/",
                "how are you ",
                "::",
                "a.",
                "\u0430")) {
            String text = piece.repeat(4_000 / piece.length());
            long start = worked();
            assertThat(new Understanding(knowledge, indexes).say(text).brief()).isNotEmpty();
            Duration took = Duration.ofNanos(worked() - start);
            assertThat(took).as(piece).isLessThan(LONGEST);
        }
    }

    private static String sentence(Random random) {
        StringBuilder text = new StringBuilder();
        int words = 1 + random.nextInt(14);
        for (int i = 0; i < words; i++) {
            text.append(random.nextInt(12) == 0 ? "" : " ").append(PIECES.get(random.nextInt(PIECES.size())));
        }
        return text.toString();
    }

    private static String noise(Random random) {
        int length = random.nextInt(random.nextInt(20) == 0 ? 4_500 : 120);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            boolean ascii = random.nextInt(4) > 0;
            text.append((char) (ascii ? 32 + random.nextInt(95) : random.nextInt(0x10000)));
        }
        return text.toString();
    }

    /** Processor time of this thread in nanoseconds: what else the machine does is not counted. */
    private static long worked() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }
}
