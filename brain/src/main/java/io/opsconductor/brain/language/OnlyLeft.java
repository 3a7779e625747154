package io.opsconductor.brain.language;

import io.opsconductor.brain.intent.Entity;
import io.opsconductor.brain.language.Indexes.Index;
import io.opsconductor.tool.CatalogueEntry;
import io.opsconductor.tool.CatalogueEntry.Parameter;
import io.opsconductor.tool.ParameterType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The only word that nothing explains, for the only value that a tool misses: "install ncdu on web-01". */
final class OnlyLeft {
    /** Written as words are not: "PayApiPool", "Ethernet1/7", "nightly-e2e". */
    private static final Pattern UNLIKE_A_WORD = Pattern.compile(".*[0-9/_.:-].*|.*\\p{Ll}\\p{Lu}.*");

    private final CatalogueEntry tool;
    private final Reading reading;
    private final Language language;
    private final ToolIndex tools;

    OnlyLeft(CatalogueEntry tool, Reading reading, Index index) {
        this.tool = tool;
        this.reading = reading;
        this.language = index.language();
        this.tools = index.tools();
    }

    Optional<Word> of(Parameter parameter, Collection<Word> taken) {
        List<Integer> left = new ArrayList<>();
        for (int at = 0; at < reading.words().size(); at++) {
            if (!LooseValues.hold(taken, reading.words().get(at)) && isLeft(parameter, at)) {
                left.add(at);
            }
        }
        if (left.stream().anyMatch(this::isOrder)) {
            return Optional.empty();
        }
        if (left.size() > 1) {
            left.removeIf(at -> !isUnlikeWords(reading.words().get(at)) || isNumber(at));
        }
        return left.size() == 1 && isName(parameter, left.getFirst())
                ? Optional.of(reading.words().get(left.getFirst()))
                : Optional.empty();
    }

    /** Whether nothing says what it is: no small word, no other value or machine, and none that the tool speaks of. */
    private boolean isLeft(Parameter parameter, int at) {
        Word word = reading.words().get(at);
        // "plaese" is a small word, however it is written.
        boolean small = language.isFiller(word.lower()) || (word.isWord() && language.isFiller(word.term()));
        if ((!word.isWord() && word.kind() != Word.Kind.QUOTED) || small) {
            return false;
        }
        Optional<Mention> mention = reading.mentionAt(at);
        if (isNumber(at)) {
            return isSet(at);
        }
        boolean strange = isUnlikeWords(word)
                || TellingForms.examples(parameter).contains(word.text())
                || tools.forms().isOnlyName(word)
                || !tools.speaksOf(tool.name(), word.stem());
        return strange
                && (mention.isEmpty()
                        || (mention.get().to() == mention.get().from() + 1
                                && mention.get().entities().stream().allMatch(OnlyLeft::mayBeName)
                                && !isPlaced(at)));
    }

    private boolean isName(Parameter parameter, int at) {
        Word word = reading.words().get(at);
        boolean named = isUnlikeWords(word)
                || TellingForms.examples(parameter).contains(word.text())
                || reading.mentionAt(at).isPresent()
                || (tools.forms().isName(Word.of(word.lower(), word.start(), word.end(), word.kind())) && isObject(at));
        return named && LooseValues.hasForm(parameter, word);
    }

    static boolean isUnlikeWords(Word word) {
        return UNLIKE_A_WORD.matcher(word.text()).matches();
    }

    /** "reset the password of p.lang": something is to be done that the tool does not do. */
    private boolean isOrder(int at) {
        Word word = reading.words().get(at);
        return word.isWord()
                && (!language.action(word.stem()).isEmpty()
                        || !language.mapped("order", word.lower()).isEmpty());
    }

    /** Right behind what is done, or "of". */
    private boolean isObject(int at) {
        int before = at - 1;
        while (before >= 0 && language.is("article", reading.words().get(before).lower())) {
            before--;
        }
        return before < 0
                || before < at - 1
                || tools.speaksOf(tool.name(), reading.words().get(before).stem());
    }

    private boolean isNumber(int at) {
        return reading.mentionAt(at).map(Mention::entities).orElse(List.of()).stream()
                .anyMatch(entity -> entity instanceof Entity.Value value
                        && (value.type() == ParameterType.INTEGER || value.type() == ParameterType.PORT));
    }

    /** "set vm.swappiness to 10": a number that the tool takes as a text, and counts nothing. */
    private boolean isSet(int at) {
        return at > 0
                && reading.words().get(at - 1).lower().equals("to")
                && tool.parameters().stream()
                        .noneMatch(parameter ->
                                parameter.type() == ParameterType.INTEGER || parameter.type() == ParameterType.PORT);
    }

    /** A word like the name of a machine may be that name, misspelt. */
    private static boolean mayBeName(Entity entity) {
        return LooseValues.mayBeName(entity)
                && !(entity instanceof Entity.UnknownTarget unknown
                        && !unknown.nearest().isEmpty());
    }

    /** "on web-99", "clone build-7 to build-8": where something is to be done. */
    private boolean isPlaced(int at) {
        String before = at == 0 ? "" : reading.words().get(at - 1).lower();
        return language.is("host-preposition", before)
                || (language.is("maybe-host-preposition", before) && !before.equals("of") && !before.equals("for"));
    }
}
