package io.opsconductor.brain.intent;

import io.opsconductor.brain.language.Indexes.Index;
import io.opsconductor.brain.language.Language;
import io.opsconductor.brain.language.Mention;
import io.opsconductor.brain.language.Reading;
import io.opsconductor.brain.language.Word;
import io.opsconductor.tool.ParameterType;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Puts the name behind what refers to it, where the name was said before and nobody asked for anything with it: "the otel-agent container
 * hangs again, restart it", "there is a loop behind Gi1/0/7, take that port down", "jkowalski has left us, lock that login".
 */
final class Referred {
    /** "Gi1/0/7", "xe-0/1/3". */
    private static final Pattern INTERFACE = Pattern.compile("\\p{L}[\\p{L}-]*\\d+(/\\d+)+([:.]\\d+)?");

    private static final Set<ParameterType> ADDRESSES = Set.of(ParameterType.IP, ParameterType.CIDR);

    private final Index index;
    private final Language language;
    private final Remarks remarks;

    Referred(Index index, Remarks remarks) {
        this.index = index;
        this.language = index.language();
        this.remarks = remarks;
    }

    /** {@code part} with the names in place that it refers to, of the parts before it; itself where it refers to none. */
    Reading in(Reading part, List<Clauses.Clause> before) {
        for (int at = 0; at < part.words().size(); at++) {
            Optional<String> written = written(part, at, before);
            if (written.isPresent()) {
                String text = part.written(0, part.words().size());
                boolean quoted = part.words().getFirst().kind() == Word.Kind.QUOTED;
                int offset = part.words().getFirst().start() - (quoted ? 1 : 0);
                String named = text.substring(0, part.words().get(at).start() - offset)
                        + written.get()
                        + text.substring(part.words().get(at).end() - offset);
                return index.read(named, part.language());
            }
        }
        return part;
    }

    /** What to write in place of a word: the noun with its name, or the thing in place of "it". */
    private Optional<String> written(Reading part, int at, List<Clauses.Clause> before) {
        Word word = part.words().get(at);
        if (part.mentionAt(at).isPresent() || !word.isWord()) {
            return Optional.empty();
        }
        if (word.lower().equals("it") || word.lower().equals("its")) {
            List<String> subjects = before.stream()
                    .filter(Clauses.Clause::statement)
                    .flatMap(clause -> subject(clause.reading()).stream())
                    .distinct()
                    .toList();
            boolean nearer =
                    before.stream().dropWhile(clause -> !clause.statement()).anyMatch(clause -> !clause.statement())
                            || part.entities().stream().anyMatch(Entity.Value.class::isInstance);
            return subjects.size() == 1 && !nearer ? Optional.of(subjects.getFirst()) : Optional.empty();
        }
        boolean pointed = at > 0
                && language.is("pointing", part.words().get(at - 1).lower())
                && (at + 1 == part.words().size() || isSmall(part, at + 1));
        return pointed ? named(word, before).map(name -> word.text() + " " + name) : Optional.empty();
    }

    private boolean isSmall(Reading part, int at) {
        Word word = part.words().get(at);
        return !word.isWord() || language.isFiller(word.lower()) || language.is("verb-particle", word.lower());
    }

    /** The one thing of the noun's kind that was named before. */
    private Optional<String> named(Word noun, List<Clauses.Clause> before) {
        List<String> names = before.stream()
                .flatMap(clause -> IntStream.range(0, clause.reading().words().size())
                        .filter(at -> isOfKind(noun, clause, at))
                        .mapToObj(at -> clause.reading().words().get(at).text()))
                .distinct()
                .toList();
        return names.size() == 1 ? Optional.of(names.getFirst()) : Optional.empty();
    }

    private boolean isOfKind(Word noun, Clauses.Clause clause, int at) {
        List<Entity> entities =
                clause.reading().mentionAt(at).map(Mention::entities).orElse(List.of());
        if (language.is("address-noun", noun.lower())) {
            return clause.statement() && isOf(entities, ADDRESSES);
        }
        if (language.is("interface-noun", noun.lower())) {
            return INTERFACE.matcher(clause.reading().words().get(at).text()).matches();
        }
        return clause.statement()
                && language.is("named-so", noun.lower())
                && isOf(entities, Set.of(ParameterType.STRING));
    }

    private static boolean isOf(List<Entity> entities, Set<ParameterType> types) {
        return entities.stream()
                .anyMatch(entity -> entity instanceof Entity.Value value && types.contains(value.type()));
    }

    /** "the otel-agent container" in "the otel-agent container on log-1 hangs": a noun that tools speak of, and its name. */
    private Optional<String> subject(Reading remark) {
        int verb = remarks.verb(remark);
        int end = IntStream.range(0, verb)
                .filter(at ->
                        language.is("host-preposition", remark.words().get(at).lower()))
                .findFirst()
                .orElse(verb);
        List<Word> words = remark.words().subList(0, verb == remark.words().size() ? 0 : end);
        List<Word> said = words.stream()
                .filter(word -> word.isWord() && !language.isFiller(word.lower()))
                .toList();
        boolean noun = said.stream().anyMatch(this::isKind);
        boolean name = said.stream().filter(word -> !isKind(word)).count() == 1;
        return said.size() == 2 && noun && name
                ? Optional.of(
                        "the " + said.getFirst().text() + " " + said.getLast().text())
                : Optional.empty();
    }

    private boolean isKind(Word word) {
        return language.is("kind-noun", word.lower());
    }
}
