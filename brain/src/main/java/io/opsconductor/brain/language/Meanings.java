package io.opsconductor.brain.language;

import io.opsconductor.brain.intent.Entity;
import io.opsconductor.tool.CatalogueEntry;
import io.opsconductor.tool.ParameterType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How near a request is to what each tool is for, where it uses other words: the sum of its words' directions, rare ones more, beside
 * those of the tool's examples, name and description. Immutable.
 */
final class Meanings {
    /** Vectors are kept in whole numbers of this length, so that comparing many is quick. */
    private static final double LENGTH = 4096;

    /** Nobody asks for one thing in more. */
    private static final int MOST_WORDS = 40;

    private final WordVectors words = WordVectors.shipped();
    /** What systems are called says more than that it is a service. */
    private final Set<String> platforms = new HashSet<>();

    private final double[] rarity;
    /** Those of each tool, in the catalogue's order. */
    private final List<List<short[]>> tools = new ArrayList<>();

    Meanings(List<CatalogueEntry> tools, Language language) {
        tools.forEach(tool -> platforms.addAll(tool.platforms()));
        List<List<String>> texts =
                tools.stream().map(tool -> texts(tool, language, platforms)).toList();
        this.rarity = rarity(texts);
        for (List<String> of : texts) {
            this.tools.add(of.stream().map(this::vector).toList());
        }
    }

    private static List<String> texts(CatalogueEntry tool, Language language, Set<String> platforms) {
        List<String> texts = new ArrayList<>();
        tool.examples()
                .forEach(example -> texts.add(Words.of(example, language).stream()
                        .map(word -> word(word, language, platforms))
                        .collect(Collectors.joining(" "))));
        texts.add(tool.name().replace('_', ' '));
        texts.add(tool.description().toLowerCase(Locale.ROOT));
        return texts;
    }

    /** The word of an example, what kind of thing it names, or nothing for a machine's name. */
    private static String word(Word word, Language language, Set<String> platforms) {
        String lower = word.lower();
        if (lower.contains("://")) {
            return ParameterType.URL.word();
        }
        if (lower.length() > 1 && lower.charAt(0) == '/') {
            return ParameterType.PATH.word();
        }
        if (Forms.THING.matcher(lower).matches()) {
            return "";
        }
        return language.isService(lower) && !platforms.contains(lower) ? ParameterType.SERVICE.word() : lower;
    }

    /** The words without the targets, and what kind of thing stands in place of a thing's name. */
    private String text(Reading reading) {
        StringBuilder text = new StringBuilder();
        for (int at = 0; at < Math.min(MOST_WORDS, reading.words().size()); ) {
            Optional<Mention> mention = reading.mentionAt(at);
            text.append(' ');
            if (mention.isPresent()) {
                text.append(kind(mention.get()));
                at = Math.max(at + 1, mention.get().to());
            } else {
                text.append(reading.words().get(at).term());
                at++;
            }
        }
        return text.toString();
    }

    private String kind(Mention mention) {
        if (!(mention.entities().getFirst() instanceof Entity.Value value)) {
            return "";
        }
        String lower = Word.lower(value.value());
        return platforms.contains(lower) ? lower : word(value.type());
    }

    private static String word(ParameterType type) {
        return switch (type) {
            case PATH, URL, IP, SERVICE, PORT, HOST -> type.word();
            case INTEGER -> "number";
            case DURATION -> "time";
            case CIDR -> "network";
            case STRING, BOOLEAN, ENUM, SQL_IDENTIFIER, TARGET, SECRET -> "";
        };
    }

    private double[] rarity(List<List<String>> texts) {
        int[] counts = new int[words.size()];
        int all = 1;
        for (List<String> of : texts) {
            for (String text : of) {
                new HashSet<>(words.pieces(text)).forEach(piece -> counts[piece]++);
                all++;
            }
        }
        double[] rarity = new double[counts.length];
        for (int piece = 0; piece < rarity.length; piece++) {
            rarity[piece] = Math.log((double) all / (counts[piece] + 1));
        }
        return rarity;
    }

    private short[] vector(String text) {
        double[] sum = new double[words.dimensions()];
        words.pieces(text).forEach(piece -> words.add(piece, rarity[piece], sum));
        double square = 0;
        for (double one : sum) {
            square += one * one;
        }
        short[] vector = new short[sum.length];
        double scale = square == 0 ? 0 : LENGTH / Math.sqrt(square);
        for (int i = 0; i < sum.length; i++) {
            vector[i] = (short) Math.round(sum[i] * scale);
        }
        return vector;
    }

    /** How near a request is to each tool, in the catalogue's order: 1 for the same words, about 0 for what has nothing to do with it. */
    double[] nearness(Reading reading) {
        short[] request = vector(text(reading));
        double[] nearness = new double[tools.size()];
        for (int tool = 0; tool < nearness.length; tool++) {
            int most = 0;
            for (short[] of : tools.get(tool)) {
                most = Math.max(most, product(request, of));
            }
            nearness[tool] = most / (LENGTH * LENGTH);
        }
        return nearness;
    }

    private static int product(short[] a, short[] b) {
        int product = 0;
        for (int i = 0; i < a.length; i++) {
            product += a[i] * b[i];
        }
        return product;
    }
}
