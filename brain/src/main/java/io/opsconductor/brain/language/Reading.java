package io.opsconductor.brain.language;

import io.opsconductor.brain.intent.Entity;
import io.opsconductor.tool.ParameterType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A text, read: its words and what they name.
 *
 * @param text as written
 * @param language of the text, as ISO 639-1; the words are read as English ones all the same
 * @param words in order
 * @param mentions in order, not overlapping
 */
public record Reading(String text, String language, List<Word> words, List<Mention> mentions) {
    public Reading {
        words = List.copyOf(words);
        mentions = List.copyOf(mentions);
    }

    static Reading of(String text, String code, TargetIndex targets, Spelling spelling, Language language) {
        List<Word> words = new ArrayList<>();
        for (Word written : Words.of(text, language, code)) {
            Word word = withoutAt(written, targets);
            words.add(targets.named(word.text()).isEmpty() ? spelling.repaired(word) : word);
        }
        TargetMentions named = new TargetMentions(text, words, targets, language);
        ValueMentions values = new ValueMentions(text, words, language, spelling);
        UnknownTargets unknown = new UnknownTargets(words, targets, language, spelling);
        List<Mention> mentions = new ArrayList<>();
        boolean ports = false;
        for (int at = 0; at < words.size(); ) {
            boolean listed = goesOn(words, mentions, at, language);
            Optional<Mention> found = named.at(at, listed);
            if (found.isEmpty()) {
                found = with(values.at(at, ports), unknown.at(at, listed));
            }
            if (found.isPresent()) {
                mentions.add(found.get());
                ports = isPort(found.get());
                at = found.get().to();
            } else {
                ports = ports
                        && (words.get(at).isMark(",")
                                || language.is("and", words.get(at).lower()));
                at++;
            }
        }
        return new Reading(text, code, words, withoutThings(words, mentions, targets, language, spelling));
    }

    /** "chmod 640 /etc/app.conf @app-01". */
    private static Word withoutAt(Word word, TargetIndex targets) {
        boolean named = word.isWord()
                && word.text().startsWith("@")
                && !targets.named(word.text().substring(1)).isEmpty();
        return named ? Word.of(word.text().substring(1), word.start() + 1, word.end(), word.kind()) : word;
    }

    /**
     * "the app pools on win-01", "size of the databases on db-01": what is asked about may be called as a group is; where it runs is said
     * behind the preposition.
     */
    private static List<Mention> withoutThings(
            List<Word> words, List<Mention> mentions, TargetIndex targets, Language language, Spelling spelling) {
        int placed = -1;
        for (Mention mention : mentions) {
            boolean place = mention.from() > 0
                    && mention.isTargets()
                    && language.is(
                            "host-preposition", words.get(mention.from() - 1).lower());
            placed = place ? mention.from() : placed;
        }
        int last = placed;
        return mentions.stream()
                .filter(mention -> !(mention.from() < last
                        && !namesMachines(words, mention, language)
                        && (isThing(words, mention, language, spelling)
                                || isThingThere(words, mention, mentions, targets, language))))
                .filter(mention -> mentions.stream().filter(Mention::isTargets).count() < 2
                        || !isOfKind(words, mention, targets, language))
                .toList();
    }

    /** "the docker group on dock-1", "all files over 1 GB on mail-1": what is called as a group is, and one machine behind "on" in the same phrase. */
    private static boolean isThingThere(
            List<Word> words, Mention mention, List<Mention> mentions, TargetIndex targets, Language language) {
        Mention next = mentions.stream()
                .filter(other -> other.from() >= mention.to() && other.isTargets())
                .findFirst()
                .orElse(null);
        String before = mention.from() == 0 ? "" : words.get(mention.from() - 1).lower();
        boolean placed = language.is("host-preposition", before) || before.equals("to") || before.equals("for");
        boolean of = before.equals("of");
        boolean group =
                mention.isTargets() && mention.entities().stream().noneMatch(entity -> isOneByName(entity, targets));
        return group
                && !placed
                && !of
                && next != null
                && next.entities().stream().allMatch(entity -> isOneByName(entity, targets))
                && words.get(next.from() - 1).isWord()
                && (words.get(next.from() - 1).lower().equals("on")
                        || words.get(next.from() - 1).lower().equals("at"))
                && words.subList(mention.to(), next.from()).stream()
                        .allMatch(word -> word.isWord() && !language.is("and", word.lower()));
    }

    /** "in namespace shop", where a group is called so, too. */
    private static boolean isOfKind(List<Word> words, Mention mention, TargetIndex targets, Language language) {
        if (mention.from() == 0 || mention.entities().stream().anyMatch(entity -> isOneByName(entity, targets))) {
            return false;
        }
        String before = words.get(mention.from() - 1).lower();
        return mention.isTargets()
                && mention.to() == mention.from() + 1
                && (language.is("kind-noun", before)
                        || language.is("placed-in", before)
                        || language.is("placed-in", language.mapped("short-noun", before)));
    }

    /** "reboot the web servers on hv-3" means those, whatever hv-3 is. */
    private static boolean namesMachines(List<Word> words, Mention mention, Language language) {
        return words.subList(mention.from(), mention.to()).stream()
                .anyMatch(word -> language.is("machine-noun", word.lower()));
    }

    private static boolean isOneByName(Entity entity, TargetIndex targets) {
        return entity instanceof Entity.Targets(String text, List<String> names)
                && names.size() == 1
                && targets.named(text).containsAll(names);
    }

    private static boolean isThing(List<Word> words, Mention mention, Language language, Spelling spelling) {
        Word before = mention.from() == 0 ? null : words.get(mention.from() - 1);
        boolean place = before != null
                && (language.is("host-preposition", before.lower())
                        || (language.is("maybe-host-preposition", before.lower())
                                && !before.lower().equals("of")));
        // "the deployment billing on cluster-eu": a word that is only a part of a target's name.
        boolean part = mention.to() == mention.from() + 1
                && words.get(mention.from()).lower().chars().allMatch(Character::isLetter)
                && mention.entities().stream()
                        .allMatch(entity -> entity instanceof Entity.AmbiguousTarget
                                || (entity instanceof Entity.Targets(String text, List<String> names)
                                        && names.stream().noneMatch(text::equalsIgnoreCase)));
        if (mention.isTargets() && !place && part && before != null && before.isWord()) {
            return true;
        }
        return mention.isTargets()
                && !place
                && words.subList(mention.from(), mention.to()).stream()
                        .allMatch(word -> (spelling.knows(word) && word.term().equals(word.lower()))
                                || (language.is("article", word.lower()) && !language.is("all", word.lower())));
    }

    /** Whether only "and" or commas stand between a target and word {@code at}: the list of targets may go on. */
    private static boolean goesOn(List<Word> words, List<Mention> mentions, int at, Language language) {
        if (mentions.isEmpty()
                || !mentions.getLast().isTargets()
                || mentions.getLast().to() == at) {
            return false;
        }
        return words.subList(mentions.getLast().to(), at).stream()
                .allMatch(word -> word.isMark(",") || language.is("and", word.lower()));
    }

    /** A value in the place of a host may also be a host that nobody knows: only the tool can tell. */
    private static Optional<Mention> with(Optional<Mention> value, Optional<Mention> unknown) {
        if (value.isEmpty() || unknown.isEmpty()) {
            return value.isPresent() ? value : unknown;
        }
        boolean mayBeHost = value.get().entities().getFirst() instanceof Entity.Value first
                && (first.type() == ParameterType.HOST
                        || first.type() == ParameterType.IP
                        || first.type() == ParameterType.SERVICE);
        if (!mayBeHost) {
            return value;
        }
        List<Entity> both = new ArrayList<>(value.get().entities());
        unknown.get().entities().stream()
                .filter(entity -> both.stream().noneMatch(other -> sameKind(other, entity)))
                .forEach(both::add);
        return Optional.of(new Mention(value.get().from(), value.get().to(), both));
    }

    private static boolean sameKind(Entity a, Entity b) {
        return a instanceof Entity.Value left
                ? b instanceof Entity.Value right && left.type() == right.type()
                : a.getClass() == b.getClass();
    }

    private static boolean isPort(Mention mention) {
        return mention.entities().getFirst() instanceof Entity.Value value && value.type() == ParameterType.PORT;
    }

    /** The words from {@code from} to before {@code to} with their mentions; the text stays whole. */
    public Reading slice(int from, int to) {
        List<Mention> inside = mentions.stream()
                .filter(m -> m.from() >= from && m.to() <= to)
                .map(m -> new Mention(m.from() - from, m.to() - from, m.entities()))
                .toList();
        return new Reading(text, language, words.subList(from, to), inside);
    }

    /** The mention that covers word {@code at}. */
    public Optional<Mention> mentionAt(int at) {
        return mentions.stream().filter(m -> m.from() <= at && at < m.to()).findFirst();
    }

    /** Everything named, in order. */
    public List<Entity> entities() {
        return mentions.stream().flatMap(m -> m.entities().stream()).toList();
    }

    /** The text from word {@code from} to before word {@code to}, as written. */
    public String written(int from, int to) {
        int end = Math.min(text.length(), words.get(to - 1).end());
        boolean quoted = words.get(to - 1).kind() == Word.Kind.QUOTED && end < text.length();
        boolean opened =
                words.get(from).kind() == Word.Kind.QUOTED && words.get(from).start() > 0;
        return text.substring(words.get(from).start() - (opened ? 1 : 0), quoted ? end + 1 : end);
    }
}
