package io.opsconductor.brain.language;

import io.opsconductor.brain.intent.Entity;
import io.opsconductor.brain.language.Word.Kind;
import io.opsconductor.tool.ParameterType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Finds words in the place or the shape of a host name that the inventory does not know. */
final class UnknownTargets {
    private static final Pattern HOST_SHAPE = Pattern.compile(
            "[\\p{L}][\\p{L}\\p{N}]*([-_.][\\p{L}\\p{N}]+)*[-_]?\\p{N}+[\\p{L}]?|\\p{L}[\\p{L}\\p{N}]*(-[\\p{L}\\p{N}]+)+");
    private static final Pattern HOST_NAME = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?");
    private static final Pattern CAPITALS = Pattern.compile("\\p{Lu}+(-\\p{Lu}+)+");
    private static final Pattern PERCENT = Pattern.compile("\\d+([.,]\\d+)?%");
    private static final double NEAR = 0.8;

    private static final int MOST_LOOKED_UP = 40;

    private final Map<String, List<String>> looked = new HashMap<>();
    private final List<Word> words;
    private final TargetIndex targets;
    private final Language language;
    private final Spelling spelling;

    UnknownTargets(List<Word> words, TargetIndex targets, Language language, Spelling spelling) {
        this.words = words;
        this.targets = targets;
        this.language = language;
        this.spelling = spelling;
    }

    /** Whether it has the shape of a host name, such as {@code web01} or {@code app-server}. */
    static boolean looksLikeHost(Word word) {
        return word.text().length() <= 253 && HOST_SHAPE.matcher(word.text()).matches();
    }

    /** {@code listed}: a list of targets stands right before. */
    Optional<Mention> at(int at, boolean listed) {
        Word word = words.get(at);
        boolean quoted = word.kind() == Kind.QUOTED && word.text().indexOf(' ') < 0;
        if (PERCENT.matcher(word.text()).matches() || (!listed && isNoName(word, at))) {
            return Optional.empty();
        }
        if ((!word.isWord() && !quoted) || word.text().length() > 253 || language.isOrdinary(word)) {
            return Optional.empty();
        }
        boolean joins = language.is("and", word.lower()) || language.is("then", word.lower());
        boolean acronym = listed && word.text().matches("\\p{Lu}{2,4}");
        if (joins || acronym) {
            return Optional.empty();
        }
        boolean known = spelling.knows(word)
                || language.isService(word.lower())
                || !word.term().equals(word.lower());
        if (isCompound(word, listed) && !inHostPosition(at)) {
            return Optional.empty();
        }
        boolean shape = looksLikeHost(word) && !known && hasDigitOrAlike(word) && !isOfKind(at);
        boolean position = !known && (inHostPosition(at) || (listed && endsPhrase(at + 1)));
        boolean near = !known && word.text().length() >= 4 && isNear(word);
        boolean operand = !known && isOperand(at);
        if (!shape && !position && !near && !operand) {
            return Optional.empty();
        }
        List<Entity> entities = new ArrayList<>();
        if (HOST_NAME.matcher(word.text()).matches()) {
            entities.add(new Entity.Value(word.text(), ParameterType.HOST, word.text()));
        }
        if (shape || position || near) {
            entities.add(new Entity.UnknownTarget(word.text(), nearest(word)));
        }
        return entities.isEmpty() ? Optional.empty() : Optional.of(new Mention(at, at + 1, entities));
    }

    /** "port-channel", "oom-killed": of words that tools are described with, and like no target's name. */
    private boolean isCompound(Word word, boolean listed) {
        String[] parts = word.lower().split("-", -1);
        boolean form = parts[parts.length - 1].endsWith("s") || parts[parts.length - 1].endsWith("ed");
        return parts.length > 1
                && (form || (!listed && !isNear(word)))
                && Stream.of(parts)
                        .allMatch(part -> spelling.knows(word.readAs(part)) || spelling.knows(word.readAs(part + "s")));
    }

    /** "Mbit/s", "I/O", "acme/shop", and "NX-OS" where no machine would stand. */
    private boolean isNoName(Word word, int at) {
        return word.text().indexOf('/') >= 0
                || (CAPITALS.matcher(word.text()).matches() && !inHostPosition(at) && !isOperand(at));
    }

    /** "the dicom-router container", "pod api-7c9": a name of something else, and like no target's. */
    private boolean isOfKind(int at) {
        boolean kind = (at > 0 && language.is("kind-noun", words.get(at - 1).lower()))
                || (at + 1 < words.size()
                        && language.is("kind-noun", words.get(at + 1).lower()));
        return kind && !isNear(words.get(at));
    }

    private boolean hasDigitOrAlike(Word word) {
        return word.text().chars().anyMatch(Character::isDigit)
                || !nearest(word).isEmpty()
                || word.text().indexOf('-') > 0;
    }

    /** Known names like this word; comparing with a large inventory takes time, so only for the first strange words. */
    private List<String> nearest(Word word) {
        List<String> known = looked.get(word.text());
        if (known != null) {
            return known;
        }
        List<String> nearest = looked.size() < MOST_LOOKED_UP ? targets.nearest(word.text()) : List.of();
        looked.put(word.text(), nearest);
        return nearest;
    }

    private boolean isNear(Word word) {
        List<String> nearest = nearest(word);
        return !nearest.isEmpty()
                && Similarity.of(Similarity.letters(word.text()), Similarity.letters(nearest.getFirst())) >= NEAR;
    }

    private boolean inHostPosition(int at) {
        if (at + 1 < words.size() && words.get(at + 1).kind() == Kind.POSSESSIVE) {
            return true;
        }
        int before = at - 1;
        while (before >= 0
                && (language.is("article", words.get(before).lower())
                        || language.is("target-noun", words.get(before).lower()))) {
            before--;
        }
        if (before < 0) {
            return false;
        }
        String preposition = words.get(before).lower();
        return language.is("host-preposition", preposition)
                || (language.is("maybe-host-preposition", preposition) && endsPhrase(at + 1));
    }

    /** "ping mailhost": a strange word right after a word that is known. */
    private boolean isOperand(int at) {
        return at > 0
                && endsPhrase(at + 1)
                && words.get(at - 1).isWord()
                && spelling.knows(words.get(at - 1))
                && !words.get(at).lower().endsWith("ly");
    }

    private boolean endsPhrase(int at) {
        return at >= words.size()
                || !words.get(at).isWord()
                || language.isFiller(words.get(at).lower())
                || language.is("and", words.get(at).lower())
                || language.is("then", words.get(at).lower());
    }
}
