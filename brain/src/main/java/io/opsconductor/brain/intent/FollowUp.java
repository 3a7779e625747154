package io.opsconductor.brain.intent;

import io.opsconductor.brain.language.Indexes.Index;
import io.opsconductor.brain.language.Language;
import io.opsconductor.brain.language.Reading;
import io.opsconductor.brain.language.Word;
import io.opsconductor.brain.planning.Draft;
import io.opsconductor.brain.planning.Substitution;
import io.opsconductor.plan.Step;
import io.opsconductor.tool.CatalogueEntry;
import io.opsconductor.tool.CatalogueEntry.Parameter;
import io.opsconductor.tool.ParameterType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads a message as going on from what was planned last in its thread. Without a word that refers to it, it does not. */
final class FollowUp {
    private static final Set<ParameterType> NUMBERS =
            Set.of(ParameterType.INTEGER, ParameterType.PORT, ParameterType.DURATION);

    private final Index index;
    private final Language language;
    private final List<Step> last;

    /** {@code last}: what was planned last; empty when there was nothing. */
    FollowUp(Index index, List<Step> last) {
        this.index = index;
        this.language = index.language();
        this.last = last;
    }

    /** What a message refers back with. */
    private enum Reference {
        NONE,
        /** "it", "there", "and ...": something of the last request is meant with this one. */
        PART,
        /** "same", "again": the last request is meant. */
        WHOLE
    }

    /** "again", "same on web-02", "and 22?": the last steps as they are meant now; empty when it is none of these. */
    Optional<Draft> again(Reading message) {
        if (last.isEmpty() || (reference(message) == Reference.NONE && !isOnlyNumber(message))) {
            return Optional.empty();
        }
        List<Word> rest = rest(message);
        if (message.mentions().isEmpty() && rest.isEmpty()) {
            return reference(message) == Reference.WHOLE ? Optional.of(draft(last, message)) : Optional.empty();
        }
        boolean others = message.words().stream().anyMatch(word -> language.is("other", word.lower()));
        return new Substitution(index).into(last, message, rest, others).map(steps -> draft(steps, message));
    }

    /** Whether it refers to an earlier request in the whole, and there is none. */
    boolean refersToNothing(Reading message) {
        return last.isEmpty()
                && reference(message) == Reference.WHOLE
                && rest(message).isEmpty();
    }

    /**
     * What a request that refers back may take over from the last steps: their targets and values. Not paths: a folder that
     * was listed is no log to show.
     */
    List<Entity> context(Reading message) {
        return reference(message) == Reference.NONE
                ? List.of()
                : last.stream()
                        .flatMap(step -> entities(step).stream())
                        .filter(entity -> !(entity instanceof Entity.Value value && value.type() == ParameterType.PATH))
                        .distinct()
                        .toList();
    }

    private static Draft draft(List<Step> steps, Reading message) {
        return new Draft(steps, -1, "", Collections.nCopies(steps.size(), message.text()), 0, message.language());
    }

    /** "200 lines", right after a log was shown: a number or a time, and nothing else is named. */
    private static boolean isOnlyNumber(Reading message) {
        return message.entities().size() == 1
                && message.entities().getFirst() instanceof Entity.Value value
                && NUMBERS.contains(value.type());
    }

    private Reference reference(Reading message) {
        Reference found = Reference.NONE;
        boolean named = false;
        for (int at = 0; at < message.words().size(); at++) {
            boolean free = message.mentionAt(at).isEmpty();
            named = named
                    || message.mentionAt(at).stream()
                            .flatMap(mention -> mention.entities().stream())
                            .anyMatch(FollowUp::isPlace);
            if (free && language.match("same-again", message.words(), at) > 0) {
                return Reference.WHOLE;
            }
            boolean opens = at == 0
                    && (language.match("goes-on", message.words(), at) > 0
                            || language.is("by", message.words().get(at).term()));
            boolean closes = named && at > 0 && endsAsWell(message.words(), at);
            // "restart nginx on web-02 and check its status": its is that of web-02, not of what was said before.
            boolean refers = !named
                    && language.is("back-reference", message.words().get(at).lower());
            if (free && (opens || closes || refers)) {
                found = Reference.PART;
            }
        }
        return found;
    }

    /** "check app-02 too": the message ends with it. */
    private boolean endsAsWell(List<Word> words, int at) {
        int length = language.match("as-well", words, at);
        return length > 0
                && words.subList(at + length, words.size()).stream()
                        .allMatch(word -> !word.isWord() || language.isFiller(word.lower()));
    }

    private static boolean isPlace(Entity entity) {
        return Index.isTarget(entity)
                || (entity instanceof Entity.Value value
                        && (value.type() == ParameterType.HOST
                                || value.type() == ParameterType.IP
                                || value.type() == ParameterType.URL));
    }

    /** The words that say what is wanted, without those that refer to what was said before. */
    private List<Word> rest(Reading message) {
        List<Word> content = index.tools().content(message);
        List<Word> rest = new ArrayList<>();
        for (int at = 0; at < message.words().size(); at++) {
            Word word = message.words().get(at);
            int refers = Math.max(
                    language.match("same-again", message.words(), at),
                    at == 0 ? language.match("goes-on", message.words(), at) : 0);
            if (refers > 0) {
                at += refers - 1;
            } else if (content.contains(word) && !language.is("other", word.lower())) {
                rest.add(word);
            }
        }
        return rest;
    }

    private List<Entity> entities(Step step) {
        List<Entity> entities = new ArrayList<>();
        if (!step.targets().isEmpty()) {
            entities.add(new Entity.Targets(String.join(", ", step.targets()), step.targets()));
        }
        Optional<CatalogueEntry> tool = index.tools().tool(step.tool());
        for (Parameter parameter : tool.map(CatalogueEntry::parameters).orElse(List.of())) {
            Object value = step.parameters().get(parameter.name());
            if (value != null) {
                entities.add(entity(parameter.type(), value.toString()));
            }
        }
        return entities;
    }

    /** A host that is a target of the inventory is one for every tool. */
    private Entity entity(ParameterType type, String value) {
        return index.targets().contains(value)
                ? new Entity.Targets(value, List.of(value))
                : new Entity.Value(value, type == ParameterType.STRING ? ParameterType.HOST : type, value);
    }
}
