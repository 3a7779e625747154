package io.opsconductor.brain.language;

import io.opsconductor.brain.intent.Entity;
import io.opsconductor.brain.language.Indexes.Index;
import io.opsconductor.tool.CatalogueEntry;
import io.opsconductor.tool.CatalogueEntry.Parameter;
import io.opsconductor.tool.ParameterType;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Values that are known by how they are written: as the parameter's pattern alone allows it, "KB5034441", or with the marks that the
 * examples in its description have, "severity=critical". Only where one word is so written.
 */
public final class TellingForms {
    /** How words and machines are written; a pattern that lets these through tells nothing. */
    private static final List<String> ORDINARY =
            List.of("status", "Status", "STATUS", "web", "web-01", "web01", "WEB-01", "web_01");

    private static final Pattern EXAMPLES = Pattern.compile("such as ((?:[^\\s,]+)(?:(?: or |, )[^\\s,]+)?)");
    private static final Pattern ANY_TEXT = Pattern.compile("(^|\\s)\\*(\\s|$)");
    private static final Pattern NUMBER = Pattern.compile("\\d{1,18}");
    private static final String MARKS = "=/_.*:@";

    private final CatalogueEntry tool;
    private final Reading reading;
    private final Language language;

    TellingForms(CatalogueEntry tool, Reading reading, Language language) {
        this.tool = tool;
        this.reading = reading;
        this.language = language;
    }

    /** The only word that is written as the parameter's values are, of those that are not {@code taken}. */
    Optional<Word> of(Parameter parameter, Collection<Word> taken) {
        boolean byPattern = parameter.pattern() != null && isTelling(parameter.pattern());
        Set<Set<Integer>> marks = examples(parameter).stream()
                .map(TellingForms::marks)
                .filter(set -> !set.isEmpty())
                .collect(Collectors.toSet());
        boolean any = ANY_TEXT.matcher(parameter.description()).find();
        if (!byPattern && marks.isEmpty() && !any) {
            return Optional.empty();
        }
        List<Word> written = IntStream.range(0, reading.words().size())
                .filter(at -> mayBe(parameter, at))
                .mapToObj(at -> reading.words().get(at))
                .filter(word -> !LooseValues.hold(taken, word))
                .filter(word -> byPattern
                        || (any && word.text().indexOf('*') >= 0)
                        || marks.stream().anyMatch(set -> marks(word.text()).containsAll(set)))
                .toList();
        return written.size() == 1 ? Optional.of(written.getFirst()) : Optional.empty();
    }

    /** Whether a pattern lets no word through that is written as most are. */
    private static boolean isTelling(String pattern) {
        Pattern compiled = Pattern.compile(pattern);
        return ORDINARY.stream().noneMatch(word -> compiled.matcher(word).matches());
    }

    /** Whether values of the parameter may be known by how they are written. */
    static boolean isTelling(Parameter parameter) {
        return (parameter.pattern() != null && isTelling(parameter.pattern()))
                || examples(parameter).stream()
                        .anyMatch(example -> !marks(example).isEmpty());
    }

    /** How clearly a word is written as values of the tool's parameters are. */
    public enum Clarity {
        NONE,
        /** With the marks of their examples: "Gi1/0/14". */
        ALIKE,
        /** As the pattern alone allows it: "KB5034441". */
        SURE
    }

    /** How clearly a word with a number in it is written as a value of one of the tool's parameters. */
    public static Clarity clarity(CatalogueEntry tool, Reading reading, Index index) {
        TellingForms forms = new TellingForms(tool, reading, index.language());
        return index.tools().telling(tool.name()).stream()
                .map(forms::clarity)
                .max(Comparator.naturalOrder())
                .orElse(Clarity.NONE);
    }

    private Clarity clarity(Parameter parameter) {
        String text = of(parameter, List.of()).map(Word::text).orElse("");
        if (text.chars().noneMatch(Character::isDigit)) {
            return Clarity.NONE;
        }
        if (parameter.pattern() != null && isTelling(parameter.pattern())) {
            return Clarity.SURE;
        }
        // "mkfs.ext4" may be anything.
        return text.indexOf('/') >= 0 || text.indexOf(':') >= 0 ? Clarity.ALIKE : Clarity.NONE;
    }

    private boolean mayBe(Parameter parameter, int at) {
        Word word = reading.words().get(at);
        boolean letters = word.text().chars().allMatch(Character::isLetter);
        boolean form = word.isWord()
                && !letters
                && (parameter.pattern() == null || Pattern.matches(parameter.pattern(), word.text()));
        return form
                && reading.mentionAt(at).map(Mention::entities).orElse(List.of()).stream()
                        .allMatch(entity -> mayBe(parameter, word, entity));
    }

    private boolean mayBe(Parameter parameter, Word word, Entity entity) {
        if (!(entity instanceof Entity.Value value)) {
            return LooseValues.mayBeName(entity);
        }
        return switch (value.type()) {
            // "chmod 640 /etc/app.conf": a number that the tool must have as a text, and nothing else to count.
            case INTEGER ->
                parameter.required()
                        && NUMBER.matcher(word.text()).matches()
                        && !language.is("said-with-noun", word.text())
                        && tool.parameters().stream().noneMatch(other -> other.type() == ParameterType.INTEGER);
            case CIDR -> true;
            default -> LooseValues.mayBeName(entity);
        };
    }

    private static Set<Integer> marks(String text) {
        return text.chars().filter(c -> MARKS.indexOf(c) >= 0).boxed().collect(Collectors.toSet());
    }

    /** The values that a parameter's description gives as examples: "such as GigabitEthernet1/0/1 or ge-0/0/1". */
    static Set<String> examples(Parameter parameter) {
        Set<String> examples = new HashSet<>();
        Matcher found = EXAMPLES.matcher(parameter.description());
        while (found.find()) {
            for (String example : found.group(1).split(" or |, ", -1)) {
                examples.add(example.replaceAll("[.;:)]+$", ""));
            }
        }
        return examples;
    }
}
