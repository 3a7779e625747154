package io.opsconductor.brain.intent;

import io.opsconductor.brain.intent.HistoryQuestion.About;
import io.opsconductor.brain.intent.HistoryQuestion.Person;
import io.opsconductor.brain.language.Indexes.Index;
import io.opsconductor.brain.language.Language;
import io.opsconductor.brain.language.Mention;
import io.opsconductor.brain.language.Reading;
import io.opsconductor.brain.language.Speech;
import io.opsconductor.brain.language.TimePhrase;
import io.opsconductor.brain.language.Times;
import io.opsconductor.brain.language.ToolIndex.Fit;
import io.opsconductor.brain.language.Word;
import io.opsconductor.plan.Effect;
import io.opsconductor.tool.ParameterType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Recognises questions about what is known or stored: what ran, who approved, what waits, which tool does something. A
 * question whose words are not all understood is none of these, so that nothing that asks for a tool is taken for one.
 */
final class Inquiries {
    private static final int LONGEST = 240;
    private static final Pattern HOST = Pattern.compile("[\\d-]");
    private static final int MOST_TOOLS = 3;
    /** Share of the words that must speak of a tool. */
    private static final double SPEAKS_OF_IT = 0.5;
    /** How much less than the best one a tool may fit that is meant as well. */
    private static final double AS_GOOD = 0.8;

    private static final int MOST_FITTING = 20;

    private static final Map<String, About> ABOUT = Map.of(
            "ask-ran", About.RAN,
            "ask-failed", About.FAILED,
            "ask-running", About.RUNNING,
            "ask-asked", About.ASKED,
            "ask-approved", About.APPROVED,
            "ask-denied", About.DENIED,
            "ask-waiting", About.WAITING);
    /** The order in which they are tried: "what was approved" also reads as something that was done. */
    private static final List<String> ORDER =
            List.of("ask-waiting", "ask-running", "ask-approved", "ask-denied", "ask-failed", "ask-asked", "ask-ran");

    private final Language language;
    private final Index index;

    Inquiries(Index index) {
        this.index = index;
        this.language = index.language();
    }

    /** {@code thread}: without an open list, "more" asks for nothing. */
    Optional<Intent> read(String message, ThreadState thread) {
        String normal = WholeMessages.normal(message).replaceAll("[ ?!.]+$", "");
        if (normal.isEmpty() || normal.length() > LONGEST) {
            return Optional.empty();
        }
        for (String code : language.spoken(thread.language())) {
            Optional<Intent> found = in(language.in(code), normal, thread);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private Optional<Intent> in(Speech speech, String normal, ThreadState thread) {
        String text = WholeMessages.blunt(speech, normal);
        if (thread.listing() && speech.matches("ask-more", text)) {
            return Optional.of(new Intent.AskMore(speech.code()));
        }
        for (Pattern pattern : speech.patterns("show-plan")) {
            Matcher matcher = pattern.matcher(text);
            if (matcher.matches()) {
                return Optional.of(new Intent.ShowPlan(matcher.group("plan"), speech.code()));
            }
        }
        Optional<Times.Found> time = speech.times().in(text);
        String timeless = time.map(Times.Found::rest).orElse(text);
        for (String key : ORDER) {
            for (Pattern pattern : speech.patterns(key)) {
                Matcher matcher = pattern.matcher(timeless);
                if (matcher.matches()) {
                    Optional<Intent> history =
                            history(speech, ABOUT.getOrDefault(key, About.RAN), matcher, time.map(Times.Found::when));
                    if (history.isPresent()) {
                        return history;
                    }
                }
            }
        }
        return time.isPresent() ? Optional.empty() : timeless(speech, text);
    }

    private Optional<Intent> timeless(Speech speech, String text) {
        if (speech.matches("tools-mine", text)) {
            return Optional.of(new Intent.AskUsableTools("", List.of(), "", speech.code()));
        }
        return first(speech, "tools-on", text, matcher -> usable(speech, group(matcher, "on")))
                .or(() -> first(speech, "about", text, matcher -> target(speech, matcher)))
                .or(() -> first(speech, "which-tool", text, matcher -> tool(speech, group(matcher, "what"))));
    }

    private static Optional<Intent> first(
            Speech speech, String key, String text, Function<Matcher, Optional<Intent>> reader) {
        for (Pattern pattern : speech.patterns(key)) {
            Matcher matcher = pattern.matcher(text);
            if (matcher.matches()) {
                Optional<Intent> found = reader.apply(matcher);
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }

    private Optional<Intent> history(Speech speech, About about, Matcher matcher, Optional<TimePhrase> when) {
        String said = (group(matcher, "act") + " " + group(matcher, "rest")).strip();
        Cut here = cut(speech, "here", said);
        Cut who = cut(speech, "by-person", here.rest);
        Person person = person(speech, group(matcher, "person")).orElse(who.person);
        if (speech.matches("that", who.rest)) {
            return Optional.of(
                    asked(speech, new HistoryQuestion(about, List.of(), List.of(), List.of(), person, true), when));
        }
        if (who.rest.isEmpty()) {
            return Optional.of(asked(
                    speech, new HistoryQuestion(about, List.of(), List.of(), List.of(), person, here.found), when));
        }
        Reading reading = index.read(who.rest, speech.code());
        return namesNothingElse(reading)
                .flatMap(this::tools)
                .map(names -> asked(
                        speech,
                        new HistoryQuestion(about, targets(reading), names, values(reading), person, here.found),
                        when));
    }

    private static Intent asked(Speech speech, HistoryQuestion question, Optional<TimePhrase> when) {
        return new Intent.AskHistory(question, when, speech.code());
    }

    /** What a text says beside the words of one kind. */
    private record Cut(boolean found, Person person, String rest) {}

    private static Cut cut(Speech speech, String key, String text) {
        for (Pattern pattern : speech.patterns(key)) {
            Matcher matcher = pattern.matcher(text);
            if (matcher.find()) {
                String rest = (text.substring(0, matcher.start()) + " " + text.substring(matcher.end()))
                        .replaceAll(" +", " ")
                        .strip();
                return new Cut(true, person(speech, group(matcher, "person")).orElse(Person.ANYBODY), rest);
            }
        }
        return new Cut(false, Person.ANYBODY, text);
    }

    /** Empty when nobody was named; "you" and "we" are anybody. */
    private static Optional<Person> person(Speech speech, String written) {
        String name = written.startsWith("@") ? written.substring(1) : written;
        if (name.isEmpty()) {
            return Optional.empty();
        }
        if (speech.matches("self", name)) {
            return Optional.of(Person.SELF);
        }
        return Optional.of(speech.matches("anybody", name) ? Person.ANYBODY : new Person(false, name));
    }

    /** Empty when words in the place of a host are hardly one: "to the moon", and not "on oldbox" or "of db-99". */
    private Optional<Reading> namesNothingElse(Reading reading) {
        return reading.mentions().stream().allMatch(mention -> mayBeTarget(reading, mention))
                ? Optional.of(reading)
                : Optional.empty();
    }

    private boolean mayBeTarget(Reading reading, Mention mention) {
        boolean behind = mention.from() > 0
                && language.is(
                        "host-preposition",
                        reading.words().get(mention.from() - 1).lower());
        return mention.entities().stream()
                .filter(Entity.UnknownTarget.class::isInstance)
                .allMatch(entity -> behind || HOST.matcher(entity.text()).find());
    }

    /** The tools that the words speak of; none when they speak of nothing; empty when they speak of something else. */
    private Optional<List<String>> tools(Reading reading) {
        List<Word> content = index.tools().content(reading);
        if (content.isEmpty()) {
            return Optional.of(List.of());
        }
        List<String> fitting = fitting(reading);
        boolean act =
                content.stream().anyMatch(word -> !language.action(word.stem()).isEmpty());
        // "the restart" was not done by what only looks.
        List<String> names = act ? fitting.stream().filter(this::changes).toList() : fitting;
        if (names.isEmpty()
                && content.stream()
                        .allMatch(word -> !language.action(word.stem()).isEmpty())) {
            // "the reboot", where no tool does that: it was never done.
            return Optional.of(content.stream().map(Word::term).toList());
        }
        return names.isEmpty() ? Optional.empty() : Optional.of(names);
    }

    private boolean changes(String tool) {
        return index.tools()
                .tool(tool)
                .filter(entry -> entry.effect() != Effect.READ)
                .isPresent();
    }

    private List<String> fitting(Reading reading) {
        List<Fit> fits = index.tools().rank(reading, MOST_FITTING).stream()
                .filter(fit -> fit.coverage() >= SPEAKS_OF_IT)
                .toList();
        double best = fits.stream().mapToDouble(Fit::coverage).max().orElse(0);
        return fits.stream()
                .filter(fit -> fit.coverage() >= AS_GOOD * best)
                .map(fit -> fit.tool().name())
                .toList();
    }

    /** Also names that the inventory does not know: something may have run on what is gone by now. */
    private static List<String> targets(Reading reading) {
        Set<String> names = new LinkedHashSet<>();
        for (Entity entity : reading.entities()) {
            switch (entity) {
                case Entity.Targets targets -> names.addAll(targets.names());
                case Entity.AmbiguousTarget unclear -> names.addAll(unclear.names());
                case Entity.UnknownTarget unknown -> names.add(unknown.text());
                case Entity.Value _, Entity.Unsafe _ -> {}
            }
        }
        return List.copyOf(names);
    }

    private static List<String> values(Reading reading) {
        Set<String> unknown = new LinkedHashSet<>(targets(reading));
        return reading.entities().stream()
                .filter(Entity.Value.class::isInstance)
                .map(Entity.Value.class::cast)
                .filter(value -> value.type() != ParameterType.DURATION && !unknown.contains(value.text()))
                .map(Entity.Value::value)
                .distinct()
                .toList();
    }

    private Optional<Intent> usable(Speech speech, String on) {
        Collection<String> targets = index.targets().named(on);
        if (targets.isEmpty()) {
            targets = index.targets().group(on);
        }
        if (targets.isEmpty()) {
            targets = index.targets().having(read(speech, on));
        }
        if (!targets.isEmpty()) {
            return Optional.of(new Intent.AskUsableTools(on, List.copyOf(targets), "", speech.code()));
        }
        return platform(speech, on)
                .<Intent>map(platform -> new Intent.AskUsableTools(on, List.of(), platform, speech.code()));
    }

    /** A platform that no target has. */
    private Optional<String> platform(Speech speech, String on) {
        String words = read(speech, on);
        return language.in(Language.ENGLISH).patterns("platform").stream()
                .map(pattern -> pattern.matcher(words))
                .filter(Matcher::matches)
                .map(matcher -> group(matcher, "platform"))
                .findFirst();
    }

    /** The words as they are read, which are English whatever was written. */
    private String read(Speech speech, String words) {
        List<String> read = new ArrayList<>();
        index.read(words, speech.code()).words().forEach(word -> read.add(word.lower()));
        return String.join(" ", read);
    }

    private Optional<Intent> target(Speech speech, Matcher matcher) {
        String written = group(matcher, "name") + group(matcher, "named");
        Collection<String> names = index.targets().named(written);
        return names.size() == 1
                ? Optional.of(new Intent.AskTarget(names.iterator().next(), speech.code()))
                : Optional.empty();
    }

    /** "which tool uses the most memory on web-01" asks for a run, and not for a tool. */
    private Optional<Intent> tool(Speech speech, String what) {
        Reading reading = index.read(what, speech.code());
        return reading.entities().stream().anyMatch(Index::isTarget)
                ? Optional.empty()
                : Optional.of(new Intent.AskWhichTool(
                        what, fitting(reading).stream().limit(MOST_TOOLS).toList(), speech.code()));
    }

    private static String group(Matcher matcher, String name) {
        String found = matcher.namedGroups().containsKey(name) ? matcher.group(name) : null;
        return found == null ? "" : found.strip();
    }
}
