package io.opsconductor.brain.language;

import java.time.DayOfWeek;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds a time in the words of one language. Immutable. */
public final class Times {
    private final Map<String, String> words = new HashMap<>();
    private final Map<String, List<Pattern>> patterns = new LinkedHashMap<>();
    private final List<Pattern> since;

    /**
     * A time that was found.
     *
     * @param when what it means
     * @param rest the text without it
     */
    public record Found(TimePhrase when, String rest) {}

    private record Spot(int from, int to, TimePhrase when) {}

    Times(String code) {
        Map<String, List<String>> kinds = new HashMap<>();
        List<Map.Entry<String, String>> expressions = new ArrayList<>();
        LanguageFiles.pairs(code, "times.txt", (key, value) -> {
            int equals = key.indexOf('=');
            if (equals < 0) {
                expressions.add(Map.entry(key, value));
                return;
            }
            for (String word : LanguageFiles.commas(value)) {
                words.put(key.substring(0, equals) + " " + word, key.substring(equals + 1));
                kinds.computeIfAbsent(key.substring(0, equals), k -> new ArrayList<>())
                        .add(word);
            }
        });
        for (Map.Entry<String, String> expression : expressions) {
            String regex = expression.getValue();
            for (Map.Entry<String, List<String>> kind : kinds.entrySet()) {
                regex = regex.replace(
                        "{" + kind.getKey() + "}",
                        "(?<" + kind.getKey() + ">" + String.join("|", kind.getValue()) + ")");
            }
            patterns.computeIfAbsent(expression.getKey(), k -> new ArrayList<>())
                    .add(Pattern.compile("(?<![\\p{L}\\p{N}-])(?:" + regex + ")(?![\\p{L}\\p{N}-])"));
        }
        since = patterns.getOrDefault("since", List.of());
        patterns.remove("since");
    }

    /** The longest time in a text in lower case, without accents but for English. */
    public Optional<Found> in(String text) {
        Spot best = null;
        for (Map.Entry<String, List<Pattern>> entry : patterns.entrySet()) {
            for (Pattern pattern : entry.getValue()) {
                Matcher matcher = pattern.matcher(text);
                while (matcher.find()) {
                    Optional<TimePhrase> when = phrase(entry.getKey(), pattern, matcher);
                    boolean longer = best == null || matcher.end() - matcher.start() > best.to - best.from;
                    if (when.isPresent() && longer) {
                        best = new Spot(matcher.start(), matcher.end(), when.get());
                    }
                }
            }
        }
        return Optional.ofNullable(best).flatMap(spot -> found(text, spot));
    }

    private Optional<Found> found(String text, Spot spot) {
        for (Pattern pattern : since) {
            Matcher matcher = pattern.matcher(text.substring(0, spot.from));
            while (matcher.find()) {
                if (text.substring(matcher.end(), spot.from).isBlank()) {
                    return Optional.of(without(text, matcher.start(), spot.to, new TimePhrase.Since(spot.when)));
                }
            }
        }
        // "at 9:30" is no stretch of time.
        return spot.when instanceof TimePhrase.Clock
                ? Optional.empty()
                : Optional.of(without(text, spot.from, spot.to, spot.when));
    }

    private static Found without(String text, int from, int to, TimePhrase when) {
        String rest = (text.substring(0, from) + " " + text.substring(to))
                .replaceAll(" +", " ")
                .strip();
        return new Found(when, rest);
    }

    private Optional<TimePhrase> phrase(String key, Pattern pattern, Matcher matcher) {
        return switch (key) {
            case "today" -> Optional.of(new TimePhrase.DaysAgo(0));
            case "yesterday" -> Optional.of(new TimePhrase.DaysAgo(1));
            case "day-before-yesterday" -> Optional.of(new TimePhrase.DaysAgo(2));
            case "this-week" -> Optional.of(new TimePhrase.Week(0));
            case "last-week" -> Optional.of(new TimePhrase.Week(1));
            case "this-month" -> Optional.of(new TimePhrase.Month(0));
            case "last-month" -> Optional.of(new TimePhrase.Month(1));
            case "last" -> last(pattern, matcher);
            case "weekday", "last-weekday" ->
                Optional.of(new TimePhrase.Weekday(
                        DayOfWeek.of(number("weekday", matcher.group("weekday"))), key.equals("last-weekday")));
            case "date", "iso" -> date(key, pattern, matcher);
            case "clock" -> clock(matcher);
            default -> throw new IllegalStateException("times.txt has the unknown key " + key);
        };
    }

    private Optional<TimePhrase> last(Pattern pattern, Matcher matcher) {
        String written = group(pattern, matcher, "number");
        String digits = group(pattern, matcher, "digits");
        int count = !digits.isEmpty() ? Integer.parseInt(digits) : written.isEmpty() ? 1 : number("number", written);
        int minutes = number("unit", matcher.group("unit"));
        return Optional.of(new TimePhrase.Last(Duration.ofMinutes((long) count * minutes)));
    }

    private Optional<TimePhrase> date(String key, Pattern pattern, Matcher matcher) {
        int day = Integer.parseInt(matcher.group("day"));
        int month =
                key.equals("iso") ? Integer.parseInt(matcher.group("month")) : number("month", matcher.group("month"));
        String year = group(pattern, matcher, "year");
        return day < 1 || day > 31 || month < 1 || month > 12
                ? Optional.empty()
                : Optional.of(new TimePhrase.Date(day, month, year.isEmpty() ? 0 : Integer.parseInt(year)));
    }

    private static Optional<TimePhrase> clock(Matcher matcher) {
        int hour = Integer.parseInt(matcher.group("hour"));
        int minute = Integer.parseInt(matcher.group("minute"));
        return hour > 23 || minute > 59 ? Optional.empty() : Optional.of(new TimePhrase.Clock(hour, minute));
    }

    private int number(String kind, String word) {
        String number = words.get(kind + " " + word);
        if (number == null) {
            throw new IllegalStateException("times.txt has no " + kind + " " + word);
        }
        return Integer.parseInt(number);
    }

    private static String group(Pattern pattern, Matcher matcher, String name) {
        String found = pattern.namedGroups().containsKey(name) ? matcher.group(name) : null;
        return found == null ? "" : found;
    }
}
