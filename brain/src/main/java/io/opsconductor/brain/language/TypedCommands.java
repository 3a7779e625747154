package io.opsconductor.brain.language;

import io.opsconductor.brain.intent.Entity;
import io.opsconductor.brain.language.Indexes.Index;
import io.opsconductor.plan.Effect;
import io.opsconductor.tool.CatalogueEntry;
import io.opsconductor.tool.TypedForm;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The commands that tools say are typed in place of a request, by the words they begin with. A message is one of them only when
 * every word is understood: as the command, as an option that the tool has a value for or always does, as a value, or as the place. Immutable.
 */
final class TypedCommands {
    private static final int MOST_TOKENS = 30;
    private static final int LONGEST_PLACE = 6;

    private record Form(CatalogueEntry tool, TypedForm form) {}

    private record Found(TypedCommand command, int said) {}

    private final Map<String, List<Form>> byStart = new HashMap<>();

    TypedCommands(List<CatalogueEntry> tools) {
        for (CatalogueEntry tool : tools) {
            for (String text : tool.typed()) {
                TypedForm form = TypedForm.of(text, tool.platforms().contains("windows"));
                form.starts()
                        .forEach(
                                start -> byStart.computeIfAbsent(start.toLowerCase(Locale.ROOT), s -> new ArrayList<>())
                                        .add(new Form(tool, form)));
            }
        }
    }

    /** The command that a message is; empty when it is none, or may be several. */
    Optional<TypedCommand> in(String message, String code, Index index) {
        String text = message.strip();
        if (Hostile.joins(text).isPresent() || text.indexOf('\n') >= 0 || text.indexOf('\r') >= 0) {
            return Optional.empty();
        }
        TypedPlace places = new TypedPlace(index, index.language().of(text, code));
        List<TypedToken> tokens = TypedToken.of(text);
        if (tokens.isEmpty() || tokens.size() > MOST_TOKENS) {
            return Optional.empty();
        }
        int start = lead(tokens, 0, index.language());
        Optional<TypedCommand> plain = begin(tokens, start)
                ? best(found(text, tokens.subList(start, tokens.size()), List.of(), places), index)
                : Optional.empty();
        return plain.isPresent() ? plain : behindPlace(text, tokens, places, index);
    }

    /** "on web-01: df -h", "web-01, docker ps". */
    private Optional<TypedCommand> behindPlace(String text, List<TypedToken> tokens, TypedPlace places, Index index) {
        for (int to = 1; to < Math.min(tokens.size(), LONGEST_PLACE); to++) {
            String said = text.substring(0, tokens.get(to - 1).end());
            boolean marked = said.endsWith(":") || said.endsWith(",");
            int at = lead(tokens, to, index.language());
            if (begin(tokens, at) && (marked || places.isIntroduced(said))) {
                List<Entity> place = places.read(said.replaceAll("[:,]$", ""), true);
                if (place.stream().anyMatch(Entity.Targets.class::isInstance)) {
                    return best(found(text, tokens.subList(at, tokens.size()), place, places), index);
                }
            }
        }
        return Optional.empty();
    }

    private boolean begin(List<TypedToken> tokens, int at) {
        if (at >= tokens.size()) {
            return false;
        }
        TypedToken first = tokens.get(at);
        String word = first.quoted() ? first.text().strip().split("\\s", 2)[0] : first.text();
        return byStart.containsKey(word.toLowerCase(Locale.ROOT));
    }

    /** Behind "please run". */
    private static int lead(List<TypedToken> tokens, int from, Language language) {
        int at = from;
        while (at < tokens.size()
                && language.is("typed-lead", Word.lower(tokens.get(at).text()))) {
            at++;
        }
        return at;
    }

    private List<Found> found(String text, List<TypedToken> tokens, List<Entity> before, TypedPlace places) {
        TypedToken first = tokens.getFirst();
        boolean code = first.quoted() && first.text().indexOf(' ') > 0;
        List<TypedToken> typed = code ? TypedToken.of(first.text()) : tokens;
        List<Found> found = new ArrayList<>();
        for (Form form : byStart.getOrDefault(Word.lower(typed.getFirst().text()), List.of())) {
            for (TypedMatch.Taken taken : TypedMatch.of(form.tool, form.form, typed)) {
                boolean all = taken.end() == typed.size();
                int rest = code ? 1 : taken.end();
                if ((!code || all) && isTyped(form.tool, taken, places)) {
                    String behind = rest == tokens.size()
                            ? ""
                            : text.substring(tokens.get(rest).start());
                    place(form.tool, behind, before, places)
                            .ifPresent(place -> found.add(
                                    new Found(new TypedCommand(form.tool, taken.values(), place), taken.said())));
                }
            }
        }
        return found;
    }

    /**
     * "last logins on web-01" is said and "last deploy7 on web-01" is typed: behind one word alone, a value is no word that means
     * something. A small word, "on" in "show interfaces on sw1", is none at all.
     */
    private static boolean isTyped(CatalogueEntry tool, TypedMatch.Taken taken, TypedPlace places) {
        if (taken.values().values().stream().anyMatch(places::isSmall)) {
            return false;
        }
        return taken.said() > 1
                || tool.parameters().stream()
                        .filter(parameter -> parameter.allowed().isEmpty())
                        .allMatch(parameter -> places.isName(taken.values().getOrDefault(parameter.name(), "")));
    }

    /** Where it is to run, by what stands behind it or before; nothing when something else is said. */
    private static Optional<List<Entity>> place(
            CatalogueEntry tool, String behind, List<Entity> before, TypedPlace places) {
        if (behind.startsWith("-")) {
            return Optional.empty(); // an option that is not understood, and no place
        }
        if (behind.isEmpty()) {
            return tool.needsTarget() || before.isEmpty() ? Optional.of(before) : Optional.empty();
        }
        List<Entity> place =
                before.isEmpty() && tool.needsTarget() ? places.read(behind, tool.effect() == Effect.READ) : List.of();
        return place.isEmpty() ? Optional.empty() : Optional.of(place);
    }

    /** The one that runs where it is wanted and says most by itself; nothing where two say as much. */
    private static Optional<TypedCommand> best(List<Found> found, Index index) {
        List<Predicate<TypedCommand>> better = List.of(
                command -> command.tool().needsTarget()
                        ? fits(command, index)
                        : command.place().isEmpty(),
                command -> command.tool().needsTarget()
                        && !command.place().isEmpty()
                        && names(command).isEmpty(),
                command -> command.tool().needsTarget()
                        && command.place().isEmpty()
                        && command.values().values().stream()
                                .allMatch(value -> index.targets().named(value).isEmpty()));
        List<Found> best = better.stream()
                .map(wanted ->
                        found.stream().filter(one -> wanted.test(one.command)).toList())
                .filter(some -> !some.isEmpty())
                .findFirst()
                .orElse(List.of());
        int most = best.stream().mapToInt(Found::said).max().orElse(0);
        List<TypedCommand> commands = best.stream()
                .filter(one -> one.said == most)
                .map(Found::command)
                .distinct()
                .sorted(Comparator.comparing(command -> command.tool().name()))
                .toList();
        return commands.size() == 1 ? Optional.of(commands.getFirst()) : Optional.empty();
    }

    private static boolean fits(TypedCommand command, Index index) {
        List<String> platforms = command.tool().platforms();
        List<String> names = names(command);
        return !names.isEmpty()
                && names.stream()
                        .map(index.targets()::platform)
                        .allMatch(
                                platform -> platform.isEmpty() || platforms.isEmpty() || platforms.contains(platform));
    }

    private static List<String> names(TypedCommand command) {
        return command.place().stream()
                .flatMap(entity -> entity instanceof Entity.Targets targets ? targets.names().stream() : Stream.empty())
                .toList();
    }
}
