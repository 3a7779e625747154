package io.opsconductor.brain.language;

import io.opsconductor.brain.intent.Entity;
import io.opsconductor.brain.language.Indexes.Index;
import java.util.ArrayList;
import java.util.List;

/** Reads where a typed command is to run: "on web-01 and web-02", "@stg-app5", ", build-04", or a target's name alone. */
final class TypedPlace {
    private final Index index;
    private final Language language;
    private final String code;

    TypedPlace(Index index, String code) {
        this.index = index;
        this.language = index.language();
        this.code = code;
    }

    /** Whether it begins with "on", "at", "from" or "@". */
    boolean isIntroduced(String said) {
        List<Word> words = index.read(said, code).words();
        return said.startsWith("@")
                || (!words.isEmpty()
                        && language.is("host-preposition", words.getFirst().term()));
    }

    /**
     * The targets, or the one thing that is none.
     *
     * @param asks whether it may end as a question does
     * @return nothing where anything else is said
     */
    List<Entity> read(String said, boolean asks) {
        String bare = said.replaceFirst("^,\\s*", "").strip();
        boolean introduced = isIntroduced(bare);
        boolean loosely = !introduced && language.is("maybe-host-preposition", Word.lower(bare.split("\\s", 2)[0]));
        String phrase =
                bare.startsWith("@") ? "on " + bare.substring(1).strip() : introduced || loosely ? bare : "on " + bare;
        Reading reading = index.read(phrase, code);
        List<Entity> place = new ArrayList<>();
        for (Mention mention : reading.mentions()) {
            List<Entity> targets =
                    mention.entities().stream().filter(Index::isTarget).toList();
            boolean known = targets.stream().anyMatch(Entity.Targets.class::isInstance);
            if (targets.isEmpty() || (!introduced && !known)) {
                return List.of();
            }
            place.addAll(targets);
        }
        for (int at = 1; at < reading.words().size(); at++) {
            if (reading.mentionAt(at).isEmpty() && !isLight(reading.words().get(at), asks)) {
                return List.of();
            }
        }
        return place;
    }

    /** Whether it only leads to a place or joins two words. */
    boolean isSmall(String value) {
        String lower = Word.lower(value);
        return language.is("host-preposition", lower)
                || language.is("maybe-host-preposition", lower)
                || language.is("and", lower);
    }

    /** Whether it is no word that says something. */
    boolean isName(String value) {
        return value.isEmpty() || index.tools().forms().isName(Word.of(value, 0, value.length(), Word.Kind.WORD));
    }

    private boolean isLight(Word word, boolean asks) {
        return word.isMark(",")
                || word.isMark(".")
                || word.isMark("!")
                || (asks && word.isMark("?"))
                || language.is("and", word.lower())
                || language.is("article", word.lower())
                || language.is("typed-lead", word.lower())
                || language.is("host-preposition", word.lower());
    }
}
