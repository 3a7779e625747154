package io.opsconductor.brain.selection;

import io.opsconductor.brain.catalogue.NamedTypes;
import io.opsconductor.brain.intent.Entity;
import io.opsconductor.brain.language.Indexes.Index;
import io.opsconductor.brain.language.Language;
import io.opsconductor.brain.language.LooseValues;
import io.opsconductor.brain.language.Reading;
import io.opsconductor.brain.language.ToolVerbs;
import io.opsconductor.brain.language.Verbs.Action;
import io.opsconductor.brain.language.Word;
import io.opsconductor.plan.Effect;
import io.opsconductor.tool.CatalogueEntry;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.stream.IntStream;

/**
 * Which tools a request may mean at all, by its verb: a tool that changes something only when its own verb is there, and
 * when the verb asks for a change, no other tool than one that does just that.
 */
public final class ChangeRule {
    /** Kinds whose verbs do not mean the same: a tool that enables something is not for who wants it disabled. */
    private static final Set<String> MANY_THINGS = Set.of("access", "data", "edit", "hold", "toggle");

    private final Index index;
    private final Language language;
    private final BiPredicate<CatalogueEntry, CatalogueEntry.Parameter> handed;

    public ChangeRule(Index index) {
        this(index, (tool, parameter) -> false);
    }

    /** @param handed whether the request means a thing, for a parameter of a tool, that was named before it */
    ChangeRule(Index index, BiPredicate<CatalogueEntry, CatalogueEntry.Parameter> handed) {
        this.index = index;
        this.language = index.language();
        this.handed = handed;
    }

    /** Whether the tool is one that the request may mean; {@code action} is its verb of change, if it has one. */
    public boolean allows(CatalogueEntry tool, Reading request, Optional<Action> action) {
        boolean changes = tool.effect() != Effect.READ;
        if (action.isEmpty()) {
            return !changes || (ownVerbLeads(tool, request) && !isTold(request));
        }
        if (action.get().negated()) {
            return false;
        }
        return does(tool, action.get(), request) || (changes && ownVerbLeads(tool, request));
    }

    /** "nginx restarts on web-01": what a thing does, and nobody gives an order in that form. */
    boolean isTold(Reading request) {
        return IntStream.range(1, request.words().size())
                .filter(at -> request.mentionAt(at - 1).isPresent()
                        && request.mentionAt(at).isEmpty())
                .mapToObj(at -> request.words().get(at))
                .anyMatch(word -> word.isWord()
                        && word.term().endsWith("s")
                        && !word.term().endsWith("ss")
                        && !language.action(word.stem()).isEmpty());
    }

    /** Whether the tool changes something and is called by the verb itself: "reboot web-01" for reboot_machine. */
    boolean prefers(CatalogueEntry tool, Optional<Action> action) {
        ToolVerbs verbal = index.tools().verbs(tool.name());
        return tool.effect() != Effect.READ
                && action.isPresent()
                && (verbal.name().contains(action.get().stem())
                        || verbal.own().contains(action.get().stem()));
    }

    /** Whether the tool's name or the beginning of one of its examples has a verb of the same kind. */
    private boolean does(CatalogueEntry tool, Action action, Reading request) {
        ToolVerbs verbal = index.tools().verbs(tool.name());
        boolean called = verbal.name().contains(action.stem()) || verbal.own().contains(action.stem());
        if (MANY_THINGS.contains(action.kind()) && !called) {
            return false;
        }
        if (tool.effect() == Effect.READ) {
            // "pending reboot" looks for one; "mount the volume" is an order, and no wish to see mounts.
            return verbal.name().contains(action.stem()) && !hasObject(request, action);
        }
        boolean byExample = sameKind(verbal.often(), action);
        if (isOfTarget(request, action)) {
            return sameKind(verbal.name(), action) && namesAllItNeeds(tool, request);
        }
        return sameKind(verbal.name(), action)
                || ((byExample || verbal.own().contains(action.stem())) && namesAllItNeeds(tool, request));
    }

    private boolean hasObject(Reading request, Action action) {
        List<Word> words = request.words();
        for (int at = 0; at + 1 < words.size(); at++) {
            boolean noun = at > 0 && language.is("article", words.get(at - 1).lower());
            if (words.get(at).isWord() && words.get(at).stem().equals(action.stem()) && !noun) {
                return request.mentionAt(at + 1).isPresent()
                        || language.is("article", words.get(at + 1).lower());
            }
        }
        return false;
    }

    /** "shut down all web servers": what is ordered is for the machines themselves. */
    private boolean isOfTarget(Reading request, Action action) {
        List<Word> words = request.words();
        int at = 0;
        while (at < words.size() && !words.get(at).text().equals(action.written())) {
            at++;
        }
        at++;
        while (at < words.size()
                && request.mentionAt(at).isEmpty()
                && language.is("article", words.get(at).lower())) {
            at++;
        }
        return request.mentionAt(at)
                .filter(mention -> mention.entities().stream().allMatch(Index::isTarget))
                .isPresent();
    }

    private boolean sameKind(List<String> stems, Action action) {
        return stems.stream().anyMatch(stem -> language.action(stem).equals(action.kind()));
    }

    /** "reboot the nginx service" may mean restart_service; "reboot web-01" does not, for it names no service. */
    private boolean namesAllItNeeds(CatalogueEntry tool, Reading request) {
        Map<String, Word> loose = LooseValues.of(tool, request, index);
        return tool.parameters().stream()
                .filter(CatalogueEntry.Parameter::required)
                .filter(parameter -> !loose.containsKey(parameter.name()))
                .filter(parameter -> !saysOneOf(parameter, request) && !handed.test(tool, parameter))
                .allMatch(parameter -> request.entities().stream()
                        .anyMatch(entity ->
                                entity instanceof Entity.Value value && value.type() == NamedTypes.of(parameter)));
    }

    /** "enable nginx": one of the values that the parameter may have is a word of the request. */
    private static boolean saysOneOf(CatalogueEntry.Parameter parameter, Reading request) {
        return request.words().stream().anyMatch(word -> parameter.allowed().contains(word.lower()));
    }

    /** "service nginx restart": what a parameter is called is a thing, also where an example begins with it. */
    private static boolean isThing(CatalogueEntry tool, Word word) {
        return tool.parameters().stream().anyMatch(parameter -> parameter.name().equals(word.lower()));
    }

    /** "flush dns on web-01" for flush_dns, "save the config" for device_save_config: the name's verb comes first here and in an example. */
    private boolean ownVerbLeads(CatalogueEntry tool, Reading request) {
        ToolVerbs verbal = index.tools().verbs(tool.name());
        String first = verbal.name().isEmpty() ? "" : verbal.name().getFirst();
        for (Word word : request.words()) {
            if (language.is("read-cue", word.term())) {
                return false;
            }
            if (word.isWord()
                    && verbal.name().contains(word.stem())
                    && verbal.firsts().contains(word.stem())
                    && !isThing(tool, word)) {
                return true;
            }
            if (word.isWord() && !language.isFiller(word.term())) {
                // "the setting" is a thing.
                return (word.stem().equals(first) && !word.term().endsWith("ing"))
                        || (language.action(word.stem()).isEmpty()
                                && verbal.own().contains(word.stem()));
            }
        }
        return false;
    }
}
