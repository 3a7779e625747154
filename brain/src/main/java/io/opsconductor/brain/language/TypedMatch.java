package io.opsconductor.brain.language;

import io.opsconductor.brain.catalogue.NamedTypes;
import io.opsconductor.tool.CatalogueEntry;
import io.opsconductor.tool.CatalogueEntry.Parameter;
import io.opsconductor.tool.ParameterCheck;
import io.opsconductor.tool.ParameterType;
import io.opsconductor.tool.TypedForm;
import io.opsconductor.tool.TypedForm.Group;
import io.opsconductor.tool.TypedForm.Option;
import io.opsconductor.tool.TypedForm.Piece;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Compares what is typed with one form of a tool, from the first word on: every word must be one of the form. */
final class TypedMatch {
    private static final Pattern CLUSTER = Pattern.compile("-[A-Za-z]{2,}");
    private static final Pattern ATTACHED = Pattern.compile("(-[A-Za-z])(\\d+)");
    private static final Set<ParameterType> NUMBERS =
            Set.of(ParameterType.INTEGER, ParameterType.PORT, ParameterType.DURATION);

    private final TypedForm form;
    private final List<TypedToken> tokens;
    private final Map<String, Parameter> parameters = new HashMap<>();
    private final List<Taken> whole = new ArrayList<>();
    private final Set<State> seen = new HashSet<>();

    private record State(int group, Taken before) {}

    private TypedMatch(CatalogueEntry tool, TypedForm form, List<TypedToken> tokens) {
        this.form = form;
        this.tokens = tokens;
        tool.parameters().forEach(parameter -> parameters.put(parameter.name(), parameter));
    }

    /**
     * Tokens that are understood.
     *
     * @param end index behind the last
     * @param values by the parameters' names
     * @param said how many of them are words of the form
     */
    record Taken(int end, Map<String, String> values, int said) {
        /** With what is taken behind it; nothing where both say something else of the same parameter. */
        private Optional<Taken> and(Taken next) {
            Map<String, String> both = new LinkedHashMap<>(values);
            for (Map.Entry<String, String> value : next.values.entrySet()) {
                String other = both.put(value.getKey(), value.getValue());
                if (other != null && !other.equals(value.getValue())) {
                    return Optional.empty();
                }
            }
            return Optional.of(new Taken(next.end, both, said + next.said));
        }
    }

    /** All ways to take the first tokens as the whole form. */
    static List<Taken> of(CatalogueEntry tool, TypedForm form, List<TypedToken> tokens) {
        TypedMatch match = new TypedMatch(tool, form, tokens);
        match.go(0, new Taken(0, form.implied(), 0));
        return match.whole;
    }

    private void go(int group, Taken before) {
        // Options stand anywhere, so that many ways lead to the same place.
        if (!seen.add(new State(group, before))) {
            return;
        }
        if (group == form.groups().size()) {
            whole.add(before);
        }
        if (group > 0) {
            option(before.end).flatMap(before::and).ifPresent(taken -> go(group, taken));
        }
        if (group < form.groups().size()) {
            Group next = form.groups().get(group);
            if (next.optional()) {
                go(group + 1, before);
            }
            pieces(before.end, next.pieces()).flatMap(before::and).ifPresent(taken -> go(group + 1, taken));
        }
    }

    private Optional<Taken> pieces(int from, List<Piece> pieces) {
        Optional<Taken> taken = Optional.of(new Taken(from, Map.of(), 0));
        for (Piece piece : pieces) {
            taken = taken.flatMap(before -> piece(before.end, piece).flatMap(before::and));
        }
        return taken;
    }

    private Optional<Taken> piece(int at, Piece piece) {
        return at < tokens.size() ? piece(at, tokens.get(at).text(), piece) : Optional.empty();
    }

    private Optional<Taken> piece(int at, String text, Piece piece) {
        TypedToken token = tokens.get(at);
        Matcher matcher = piece.pattern().matcher(text);
        if (!matcher.matches() || (piece.places().isEmpty() && token.quoted())) {
            return Optional.empty();
        }
        Map<String, String> values = new LinkedHashMap<>();
        for (int place = 0; place < piece.places().size(); place++) {
            String name = piece.places().get(place);
            String written = matcher.group(place + 1);
            Optional<String> value =
                    token.quoted() || TypedToken.isPlain(written) ? value(name, written) : Optional.empty();
            if (value.isEmpty()) {
                return Optional.empty();
            }
            values.put(name, value.get());
        }
        return Optional.of(new Taken(at + 1, values, piece.places().isEmpty() ? 1 : 0));
    }

    /** As the parameter has it; a number that is too large is one all the same, and is asked for again. */
    private Optional<String> value(String name, String text) {
        Parameter parameter = parameters.get(name);
        if (parameter == null) {
            return Optional.empty();
        }
        String value = parameter.allowed().stream()
                .filter(text::equalsIgnoreCase)
                .findFirst()
                .orElse(text);
        boolean number = NUMBERS.contains(NamedTypes.of(parameter)) && value.matches("\\d+");
        return number || ParameterCheck.check(parameter, value) instanceof ParameterCheck.Valid
                ? Optional.of(value)
                : Optional.empty();
    }

    private Optional<Taken> option(int at) {
        if (at >= tokens.size() || tokens.get(at).quoted()) {
            return Optional.empty();
        }
        String text = tokens.get(at).text();
        Matcher attached = ATTACHED.matcher(text);
        int equals = text.startsWith("--") ? text.indexOf('=') : -1;
        return named(text)
                .flatMap(option -> pieces(
                                at + 1,
                                option.pieces().subList(1, option.pieces().size()))
                        .flatMap(taken -> standing(at, option).and(taken)))
                .or(() -> equals < 0
                        ? Optional.empty()
                        : joined(at, text.substring(0, equals), text.substring(equals + 1)))
                .or(() -> numbered(at))
                .or(() -> attached.matches() ? joined(at, attached.group(1), attached.group(2)) : Optional.empty())
                .or(() -> CLUSTER.matcher(text).matches() ? cluster(at, text) : Optional.empty());
    }

    /** "tail -200 /var/log/syslog", "kill -HUP 4711". */
    private Optional<Taken> numbered(int at) {
        return form.options().stream()
                .filter(option -> !option.name().places().isEmpty())
                .map(option -> pieces(at, option.pieces()))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private Optional<Option> named(String text) {
        return form.options().stream()
                .filter(option -> option.name().places().isEmpty()
                        && option.name().pattern().matcher(text).matches())
                .findFirst();
    }

    private static Taken standing(int at, Option option) {
        return new Taken(at + 1, option.implied(), 1);
    }

    /** "--lines=50", "-n50". */
    private Optional<Taken> joined(int at, String name, String value) {
        return named(name)
                .filter(option -> option.pieces().size() == 2)
                .flatMap(option -> piece(at, value, option.pieces().getLast())
                        .flatMap(taken -> standing(at, option).and(taken)));
    }

    /** "-la" is "-l -a"; only the last may have something behind it. */
    private Optional<Taken> cluster(int at, String text) {
        Optional<Taken> taken = Optional.of(new Taken(at + 1, Map.of(), 0));
        for (int letter = 1; letter < text.length(); letter++) {
            boolean last = letter == text.length() - 1;
            Optional<Option> option = named("-" + text.charAt(letter))
                    .filter(one -> last || one.pieces().size() == 1);
            Optional<Taken> next = option.flatMap(one -> pieces(
                            at + 1, one.pieces().subList(1, one.pieces().size()))
                    .flatMap(behind -> standing(at, one).and(behind)));
            taken = taken.flatMap(before -> next.flatMap(before::and));
        }
        return taken;
    }
}
