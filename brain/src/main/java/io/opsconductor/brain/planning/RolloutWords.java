package io.opsconductor.brain.planning;

import io.opsconductor.brain.language.Language;
import io.opsconductor.brain.language.Speech;
import io.opsconductor.plan.Batch;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes out of a message what says how it is to run ("one at a time, stop if more than 2 fail"), so that the stages read a
 * plain request. It must go before them: "stop" is a verb that changes things, and "30 seconds" is a value.
 */
public final class RolloutWords {
    /** A message that says how something runs is short; what is longer was pasted. */
    private static final int LONGEST_MESSAGE = 2_000;

    private static final int MOST_BATCH = 1_000;
    private static final int MOST_RETRIES = 5;
    private static final int LONGEST_PAUSE_SECONDS = 3_600;
    private static final int LONGEST_DEADLINE_SECONDS = 86_400;

    private static final Map<String, Integer> NUMBERS = Map.ofEntries(
            Map.entry("a", 1),
            Map.entry("an", 1),
            Map.entry("one", 1),
            Map.entry("two", 2),
            Map.entry("three", 3),
            Map.entry("four", 4),
            Map.entry("five", 5),
            Map.entry("six", 6),
            Map.entry("seven", 7),
            Map.entry("eight", 8),
            Map.entry("nine", 9),
            Map.entry("ten", 10),
            Map.entry("twelve", 12),
            Map.entry("fifteen", 15),
            Map.entry("twenty", 20),
            Map.entry("thirty", 30));
    private static final Map<String, Integer> SHARES = Map.of("a quarter", 25, "a third", 33, "half", 50, "a half", 50);

    // What joins it to the words before it goes with it.
    private static final Pattern JOINT = Pattern.compile("[\\s,;(]*(\\b(and|but|then|und|et|y)\\b[\\s,]*)*$");
    private static final Pattern SAYS_SOMETHING = Pattern.compile("[\\p{L}\\p{N}]");

    private final Language language;

    public RolloutWords(Language language) {
        this.language = language;
    }

    /**
     * A message, read.
     *
     * @param rest the message without what says how it is to run
     * @param rollout what that says
     */
    public record Said(String rest, Rollout rollout) {
        /** Whether the message says nothing else. */
        public boolean isAll() {
            return !rollout.equals(Rollout.USUAL)
                    && !SAYS_SOMETHING.matcher(rest).find();
        }
    }

    /** The kinds of phrases, in the order in which they are looked for: the longer ones first. */
    private enum Kind {
        VERIFY,
        ALLOWED,
        LIMIT,
        CONTINUE,
        STOP,
        PAUSE,
        DEADLINE,
        RETRY,
        SHARE,
        ONE,
        BATCH,
        CONCURRENCY,
        PARALLEL
    }

    public Said read(String text) {
        Said said = new Said(text, Rollout.USUAL);
        if (text.length() > LONGEST_MESSAGE) {
            return said;
        }
        for (Kind kind : Kind.values()) {
            for (String code : language.spoken()) {
                Speech speech = language.in(code);
                for (Pattern pattern : speech.patterns("rollout-" + kind.name().toLowerCase(Locale.ROOT))) {
                    said = without(kind, pattern, speech, said);
                }
            }
        }
        return said;
    }

    private static Said without(Kind kind, Pattern pattern, Speech speech, Said said) {
        String lower = speech.plain(said.rest()).replace('\u2019', '\'');
        if (lower.length() != said.rest().length()) {
            return said;
        }
        Matcher matcher = pattern.matcher(lower);
        while (matcher.find()) {
            if (!standsAlone(lower, matcher)) {
                continue;
            }
            Optional<Rollout> rollout = with(kind, matcher, said.rollout());
            if (rollout.isEmpty()) {
                continue;
            }
            String before = said.rest().substring(0, matcher.start());
            Matcher joint = JOINT.matcher(before.toLowerCase(Locale.ROOT));
            String kept = joint.find() ? before.substring(0, joint.start()) : before;
            String after = said.rest().substring(matcher.end());
            String rest = kept.isEmpty() ? after.replaceFirst("^[\\s,;:)]+", "") : kept + after;
            return new Said(rest, rollout.get());
        }
        return said;
    }

    private static boolean standsAlone(String text, Matcher matcher) {
        boolean before = matcher.start() == 0 || !isPartOfName(text.charAt(matcher.start() - 1));
        boolean after = matcher.end() == text.length() || !isPartOfName(text.charAt(matcher.end()));
        return before && after;
    }

    private static boolean isPartOfName(char c) {
        return Character.isLetterOrDigit(c) || c == '-' || c == '_' || c == '/' || c == '%';
    }

    /** What is known with this phrase as well; empty when its number is out of bounds, so that it stays in the message. */
    private static Optional<Rollout> with(Kind kind, Matcher said, Rollout so) {
        return switch (kind) {
            case VERIFY -> Optional.of(so.verified());
            case ALLOWED -> Optional.of(so.allowing(number(said)));
            case LIMIT -> number(said) < 1 ? Optional.empty() : Optional.of(so.allowing(number(said) - 1));
            case CONTINUE -> Optional.of(so.goingOn());
            case STOP -> Optional.of(so.allowing(0));
            case PAUSE -> bounded(seconds(said), LONGEST_PAUSE_SECONDS).map(so::pausing);
            case DEADLINE -> bounded(seconds(said), LONGEST_DEADLINE_SECONDS).map(so::within);
            case RETRY -> bounded(number(said), MOST_RETRIES).map(so::tryingAgain);
            case SHARE -> bounded(share(said), 100).map(percent -> so.inBatches(Batch.ofPercent(percent)));
            case ONE -> Optional.of(so.inBatches(Batch.ofTargets(1)));
            case BATCH -> bounded(number(said), MOST_BATCH).map(size -> so.inBatches(Batch.ofTargets(size)));
            case CONCURRENCY -> bounded(number(said), MOST_BATCH).map(so::atOnce);
            case PARALLEL -> Optional.of(so.sideBySide());
        };
    }

    private static Optional<Integer> bounded(int number, int most) {
        return number >= 1 && number <= most ? Optional.of(number) : Optional.empty();
    }

    private static String group(Matcher said, String first, String second) {
        Map<String, Integer> groups = said.namedGroups();
        for (String name : new String[] {first, second}) {
            if (groups.containsKey(name) && said.group(name) != null) {
                return said.group(name);
            }
        }
        return "";
    }

    private static int number(Matcher said) {
        String word = group(said, "n", "m");
        Integer known = NUMBERS.get(word);
        return known == null ? Integer.parseInt(word) : known;
    }

    private static int share(Matcher said) {
        String word = group(said, "p", "q");
        Integer known = SHARES.get(word);
        return known == null ? Integer.parseInt(word.replaceAll("[^0-9]", "")) : known;
    }

    private static int seconds(Matcher said) {
        String word = said.group("t");
        int unit = switch (said.group("u").charAt(0)) {
            case 'm' -> 60;
            case 'h' -> 3600;
            default -> 1;
        };
        if (word.startsWith("half")) {
            return unit / 2;
        }
        Integer known = NUMBERS.get(word);
        return (known == null ? Integer.parseInt(word) : known) * unit;
    }
}
