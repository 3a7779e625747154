package io.opsconductor.brain.outputs;

import io.opsconductor.brain.conversation.ChatMessage;
import io.opsconductor.brain.language.Language;
import io.opsconductor.brain.language.Speech;
import io.opsconductor.brain.planning.Draft;
import io.opsconductor.plan.Step;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Puts names in the place of words that mean targets by what came of the last execution: "only the ones above 80%",
 * "restart it on those that failed". From there the message goes the way of any other, to a plan that has to be approved.
 *
 * <p>A plan is made of what people write alone. What commands wrote only makes the list of targets shorter that somebody
 * had named before: every name is one of the plan that ran, and only figures and states decide which of them are left. An
 * output can thus leave itself in or out, and can add no target, tool or value.
 *
 * <p>Thread-safe.
 */
public final class Narrowing {
    private static final Pattern PREPOSITION = Pattern.compile(
            "(?i).*(?:^|[\\s,])(?:on|at|for|of|from|in|to|upon|against|with|and|or|except|except for|but|without|than"
                    + "|auf|bei|von|zu|mit|und|ausser|sur|dans|de|en|avec|et|sauf|con|y|para)\\s*");

    private static final int SHOWN = 80;

    private final Language language;

    public Narrowing(Language language) {
        this.language = language;
    }

    /** Words that mean targets, and how. */
    private record Found(Speech speech, Matcher words, String kind) {
        String written(String text) {
            return Phrases.cut(text.substring(words.start(), words.end()).strip(), SHOWN);
        }

        /** What a group of the pattern found, in lower case; empty for nothing. */
        String group(String name) {
            boolean there = words.pattern().namedGroups().containsKey(name);
            String found = there ? words.group(name) : null;
            return found == null ? "" : found.strip();
        }
    }

    /** A condition on some steps of the last plan. */
    private record Choosing(Condition condition, List<LastResult.Part> parts) {
        List<LastResult.Found> told() {
            return parts.stream()
                    .flatMap(part -> part.found().stream())
                    .filter(condition::tells)
                    .toList();
        }

        List<String> names() {
            return told().stream()
                    .filter(condition::means)
                    .map(LastResult.Found::name)
                    .distinct()
                    .toList();
        }

        /** Those that nothing is known of. */
        List<String> unread() {
            Set<String> unread = new LinkedHashSet<>();
            parts.forEach(part -> part.found().forEach(found -> unread.add(found.name())));
            told().forEach(found -> unread.remove(found.name()));
            return List.copyOf(unread);
        }

        int count() {
            return (int) parts.stream()
                    .flatMap(part -> part.found().stream())
                    .map(LastResult.Found::name)
                    .distinct()
                    .count();
        }
    }

    /** Whether a message has words that may mean targets by what came of something. */
    public boolean mayMean(String text) {
        return text.length() <= ChatMessage.MAX_LENGTH && found(text).isPresent();
    }

    /**
     * Reads a message.
     *
     * @param last what the last execution of the thread found; empty when nothing ran in it
     * @param answers whether a question is open: then the names alone may be its answer
     */
    public Narrowed of(String text, Optional<LastResult> last, boolean answers) {
        if (last.isEmpty() || !mayMean(text)) {
            return new Narrowed.Unchanged();
        }
        return found(text)
                .map(found -> narrowed(text, found, last.get(), answers))
                .orElseGet(Narrowed.Unchanged::new);
    }

    private Optional<Found> found(String text) {
        for (String code : language.spoken()) {
            Speech speech = language.in(code);
            String plain = speech.plain(text).replace('\u2019', '\'');
            // Letters that become two would move everything behind them.
            if (plain.length() != text.length()) {
                continue;
            }
            for (String kind : List.of("by-figure", "by-outcome", "by-rank")) {
                for (Pattern pattern : speech.patterns(kind)) {
                    Matcher words = pattern.matcher(plain);
                    while (words.find()) {
                        if (startsWord(plain, words.start())) {
                            return Optional.of(new Found(speech, words, kind));
                        }
                    }
                }
            }
        }
        return Optional.empty();
    }

    private static boolean startsWord(String text, int at) {
        return at == 0 || !Character.isLetterOrDigit(text.charAt(at - 1));
    }

    private Narrowed narrowed(String text, Found found, LastResult last, boolean answers) {
        Speech speech = found.speech;
        String written = found.written(text);
        List<LastResult.Part> parts = about(found.group("what"), last.parts());
        if (parts.isEmpty()) {
            return new Narrowed.Unclear(speech.say("by-result-other", "what", found.group("what")));
        }
        List<Condition> conditions = conditions(found, parts);
        if (conditions.isEmpty()) {
            return new Narrowed.Unclear(speech.say("by-result-unread", "words", written));
        }
        if (conditions.size() > 1) {
            List<String> measures =
                    conditions.stream().map(Narrowing::measure).distinct().toList();
            return new Narrowed.Unclear(speech.say(
                    "by-result-unclear",
                    "words",
                    written,
                    "measures",
                    String.join(" " + speech.say("or") + " ", measures),
                    "example",
                    measures.getFirst()));
        }
        Condition condition = conditions.getFirst();
        Choosing choosing = new Choosing(
                condition,
                parts.stream()
                        .filter(part -> part.found().stream().anyMatch(condition::tells))
                        .toList());
        List<String> names = choosing.names();
        if (choosing.parts.isEmpty()) {
            return new Narrowed.Unclear(speech.say("by-result-unread", "words", written));
        }
        return names.isEmpty()
                ? new Narrowed.Unclear(none(speech, written, choosing))
                : chosen(text, found, choosing, answers, note(speech, written, choosing));
    }

    private static Narrowed chosen(String text, Found found, Choosing choosing, boolean answers, String note) {
        String before = text.substring(0, found.words.start());
        String after = text.substring(found.words.end());
        String rest = found.speech.plain(before + " " + after);
        boolean alone = found.speech.patterns("by-result-alone").stream()
                .anyMatch(pattern -> pattern.matcher(rest).matches());
        if (alone && !answers) {
            List<Step> steps = steps(choosing);
            return new Narrowed.Again(
                    new Draft(steps, -1, "", Collections.nCopies(steps.size(), text), 0, found.speech.code()), note);
        }
        boolean placed = before.isBlank() || PREPOSITION.matcher(before).matches();
        String named = before + (placed ? "" : "on ") + Phrases.some(choosing.names(), Integer.MAX_VALUE) + after;
        return named.length() > ChatMessage.MAX_LENGTH
                ? new Narrowed.Unclear(found.speech.say(
                        "by-result-many",
                        "count",
                        Integer.toString(choosing.names().size()),
                        "words",
                        found.written(text)))
                : new Narrowed.Named(named, note);
    }

    /** The steps that were about it, on those that are meant. */
    private static List<Step> steps(Choosing choosing) {
        List<String> names = choosing.names();
        List<Step> steps = new ArrayList<>();
        for (LastResult.Part part : choosing.parts) {
            Step step = part.step();
            List<String> left = step.targets().stream().filter(names::contains).toList();
            boolean there = part.found().stream().anyMatch(found -> names.contains(found.name()));
            if (step.targets().isEmpty() ? there : !left.isEmpty()) {
                steps.add(step.of(step.parameters(), left));
            }
        }
        return steps;
    }

    /** The steps that have a word among their values or in their tool's name; all of them for no word. */
    private static List<LastResult.Part> about(String what, List<LastResult.Part> parts) {
        return parts.stream()
                .filter(part -> what.isEmpty()
                        || List.of(part.step().tool().split("_", -1)).contains(what)
                        || part.step().parameters().values().stream()
                                .anyMatch(value -> value.toString()
                                        .toLowerCase(Locale.ROOT)
                                        .equals(what)))
                .toList();
    }

    private List<Condition> conditions(Found found, List<LastResult.Part> parts) {
        List<LastResult.Found> all =
                parts.stream().flatMap(part -> part.found().stream()).toList();
        return switch (found.kind) {
            case "by-figure" -> figures(found, all);
            case "by-rank" -> highest(language.mapped("ranked", found.group("rank")), all);
            default -> outcome(found, all);
        };
    }

    private List<Condition> figures(Found found, List<LastResult.Found> all) {
        String op = found.group("op");
        String sign = op.startsWith(">") || op.startsWith("<") ? op : language.mapped("compared", op);
        double number = Double.parseDouble(found.group("number").replace(',', '.'));
        String unit = unit(found.group("unit"));
        boolean seconds = unit.equals("s");
        Set<String> named = new TreeSet<>();
        for (String word : found.words.group().split("[^a-z]+", -1)) {
            named.add(language.mapped("measured", word));
        }
        named.remove("");
        return all.stream()
                .flatMap(one -> one.facts().stream())
                .filter(fact -> unit.isEmpty() || fact.unit().equals(seconds ? "ms" : unit))
                .map(Fact::measure)
                .filter(measure -> named.isEmpty() || named.contains(measure))
                .distinct()
                .<Condition>map(measure -> new Condition.Figure(measure, sign, seconds ? number * 1000 : number))
                .toList();
    }

    private static String unit(String written) {
        return switch (written.isEmpty() ? ' ' : written.charAt(0)) {
            case ' ' -> "";
            case '%', 'p' -> "%";
            case 'm' -> "ms";
            default -> "s";
        };
    }

    /** {@code measure}: what is compared; empty for the first figure that there is of each. */
    private static List<Condition> highest(String measure, List<LastResult.Found> all) {
        Set<String> measures = new LinkedHashSet<>();
        all.forEach(one -> one.facts().stream()
                .filter(fact -> measure.isEmpty() || fact.measure().equals(measure))
                .limit(1)
                .forEach(fact -> measures.add(fact.measure())));
        return measures.stream()
                .<Condition>map(compared -> new Condition.Highest(
                        compared,
                        all.stream()
                                .flatMap(one -> one.facts().stream())
                                .filter(fact -> fact.measure().equals(compared))
                                .mapToDouble(Fact::value)
                                .max()
                                .orElseThrow()))
                .toList();
    }

    private List<Condition> outcome(Found found, List<LastResult.Found> all) {
        boolean not = !found.group("not").isEmpty();
        boolean read = all.stream().anyMatch(one -> one.well() != null);
        return switch (language.mapped("outcome", found.group("state"))) {
            case "well" -> List.of(new Condition.Works(!not));
            case "not well" -> List.of(new Condition.Works(not));
            case "answers" -> List.of(answers(!not, read));
            case "no answer" -> List.of(answers(not, read));
            case "failed" -> List.of(not ? Condition.Ended.SUCCEEDED : Condition.Ended.FAILED);
            case "succeeded" -> List.of(not ? Condition.Ended.FAILED : Condition.Ended.SUCCEEDED);
            default -> List.of();
        };
    }

    private static Condition answers(boolean yes, boolean read) {
        return read ? new Condition.Works(yes) : yes ? Condition.Ended.REACHED : Condition.Ended.UNREACHABLE;
    }

    private static String measure(Condition condition) {
        return switch (condition) {
            case Condition.Figure figure -> figure.measure();
            case Condition.Highest highest -> highest.measure();
            case Condition.Works _ -> "";
            case Condition.Ended _ -> "";
        };
    }

    private static String none(Speech speech, String written, Choosing choosing) {
        String count = Integer.toString(choosing.count());
        if (choosing.condition instanceof Condition.Figure figure) {
            var values =
                    choosing.told().stream().flatMapToDouble(figure::values).summaryStatistics();
            return speech.say(
                    "by-result-none-figure",
                    "count",
                    count,
                    "words",
                    written,
                    "least",
                    Phrases.number(values.getMin()),
                    "most",
                    Phrases.number(values.getMax()));
        }
        return speech.say("by-result-none", "count", count, "words", written);
    }

    private static String note(Speech speech, String written, Choosing choosing) {
        List<String> unread = choosing.unread();
        return speech.say(
                unread.isEmpty() ? "by-result-note" : "by-result-note-unread",
                "words",
                written,
                "chosen",
                Integer.toString(choosing.names().size()),
                "count",
                Integer.toString(choosing.count()),
                "unread",
                Phrases.some(unread, 3));
    }
}
