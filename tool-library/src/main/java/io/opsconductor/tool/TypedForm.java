package io.opsconductor.tool;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A command as people type it in place of a request, put like the first lines of a manual page: {@code journalctl [-u|--unit {service}]
 * [-n {lines}] [--no-pager]}. A name in braces is the place of a parameter's value, {@code recursive=true} is the value that an option
 * (or the command) stands for without saying it, {@code {path:/.+}} takes only values of that pattern, {@code sh(ow)} may be cut short, and brackets hold what may be left out. Options in
 * brackets stand anywhere behind the command, everything else in its order.
 *
 * @param groups what is typed in that order
 * @param options what may be typed anywhere behind the first word
 * @param implied values that the command stands for
 */
public record TypedForm(List<Group> groups, List<Option> options, Map<String, String> implied) {
    private static final Pattern IMPLIED = Pattern.compile("([a-z][a-z0-9_]*)=(\\S+)");
    private static final Pattern PLACE = Pattern.compile("\\{([a-z][a-z0-9_]*)(?::([^{}]+))?}");
    private static final Pattern SHORT = Pattern.compile("-[A-Za-z]");
    private static final Pattern ENDING = Pattern.compile("\\(([^()]+)\\)$");

    public TypedForm {
        groups = List.copyOf(groups);
        options = List.copyOf(options);
        implied = Map.copyOf(implied);
    }

    /** Pieces one behind the other, all of them or, where they may be left out, none. */
    public record Group(List<Piece> pieces, boolean optional) {
        public Group {
            pieces = List.copyOf(pieces);
        }
    }

    /** An option with the pieces behind it; {@code implied} is what it stands for. */
    public record Option(List<Piece> pieces, Map<String, String> implied) {
        public Option {
            pieces = List.copyOf(pieces);
            implied = Map.copyOf(implied);
        }

        /** The option itself. */
        public Piece name() {
            return pieces.getFirst();
        }
    }

    /**
     * What stands between two blanks.
     *
     * @param pattern what is typed, with a group for each place
     * @param places the parameters whose values are typed there
     * @param words all ways to write it; none where it has a place
     */
    public record Piece(Pattern pattern, List<String> places, Set<String> words) {
        public Piece {
            places = List.copyOf(places);
            words = Set.copyOf(words);
        }
    }

    /**
     * Reads one.
     *
     * @param caseless whether letters of options may be small or capital, as on Windows
     */
    public static TypedForm of(String text, boolean caseless) {
        List<Group> groups = new ArrayList<>();
        List<Option> options = new ArrayList<>();
        Map<String, String> implied = new LinkedHashMap<>();
        for (List<String> tokens : grouped(text)) {
            boolean optional = tokens.getFirst().startsWith("[");
            List<Piece> pieces = new ArrayList<>();
            Map<String, String> stands = new LinkedHashMap<>();
            for (String token : tokens) {
                String bare = token.replaceAll("^\\[|]$", "");
                Matcher value = IMPLIED.matcher(bare);
                if (value.matches()) {
                    stands.put(value.group(1), value.group(2));
                } else {
                    pieces.add(piece(bare, caseless));
                }
            }
            boolean option = optional && tokens.getFirst().matches("\\[[-/].*");
            if (option) {
                options.add(new Option(pieces, stands));
            } else {
                implied.putAll(stands);
            }
            if (!option && !pieces.isEmpty()) {
                groups.add(new Group(pieces, optional));
            }
        }
        return new TypedForm(groups, options, implied);
    }

    /** "[-u {service}]" is one group, a word without brackets another. */
    private static List<List<String>> grouped(String text) {
        List<List<String>> groups = new ArrayList<>();
        boolean inside = false;
        for (String token : text.strip().split("\\s+", -1)) {
            if (!inside) {
                groups.add(new ArrayList<>());
            }
            groups.getLast().add(token);
            inside = (inside || token.startsWith("[")) && !token.endsWith("]");
        }
        return groups;
    }

    private static Piece piece(String token, boolean caseless) {
        List<String> places = new ArrayList<>();
        Matcher place = PLACE.matcher(token);
        StringBuilder pattern = new StringBuilder();
        int at = 0;
        while (place.find()) {
            pattern.append(Pattern.quote(token.substring(at, place.start())))
                    .append('(')
                    .append(place.group(2) == null ? ".+?" : place.group(2))
                    .append(')');
            places.add(place.group(1));
            at = place.end();
        }
        if (places.isEmpty()) {
            Set<String> words = words(token);
            String all = words.stream().map(word -> written(word, caseless)).collect(Collectors.joining("|"));
            return new Piece(Pattern.compile(all), places, words);
        }
        pattern.append(Pattern.quote(token.substring(at)));
        return new Piece(Pattern.compile(pattern.toString()), places, Set.of());
    }

    /** "-r" is not "-R", and "Show" is "show". */
    private static String written(String word, boolean caseless) {
        boolean exact = !caseless && SHORT.matcher(word).lookingAt();
        return (exact ? "(?:" : "(?i:") + Pattern.quote(word) + ")";
    }

    /** "a|b(cd)" is a, b, bc or bcd. */
    private static Set<String> words(String token) {
        Set<String> words = new LinkedHashSet<>();
        for (String word : token.split("\\|", -1)) {
            Matcher ending = ENDING.matcher(word);
            boolean cut = ending.find();
            String start = cut ? word.substring(0, ending.start()) : word;
            String rest = cut ? ending.group(1) : "";
            for (int length = 0; length <= rest.length(); length++) {
                words.add(start + rest.substring(0, length));
            }
        }
        return words;
    }

    /** What may stand first; empty where that is a place or nothing has to stand there. */
    public Set<String> starts() {
        Set<String> starts = new LinkedHashSet<>();
        for (Group group : groups) {
            starts.addAll(group.pieces().getFirst().words());
            if (!group.optional()) {
                return group.pieces().getFirst().places().isEmpty() ? starts : Set.of();
            }
        }
        return Set.of();
    }

    /** Every parameter that it has a place or a value for. */
    public Set<String> parameters() {
        Stream<String> implied = Stream.concat(
                        Stream.of(this.implied), options.stream().map(Option::implied))
                .flatMap(values -> values.keySet().stream());
        return Stream.concat(pieces().flatMap(piece -> piece.places().stream()), implied)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private Stream<Piece> pieces() {
        return Stream.concat(
                groups.stream().flatMap(group -> group.pieces().stream()),
                options.stream().flatMap(option -> option.pieces().stream()));
    }
}
