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
    /** Nobody asks for one thing in more. */
    private static final int MOST_WORDS = 40;

    private final WordVectors words = WordVectors.shipped();
    /** What systems are called says more than that it is a service. */
    private final Set<String> platforms = new HashSet<>();

    private final double[] rarity;
    /** By dimension, of each text one figure: compared in this order, thousands of texts take a fraction of a millisecond. */
    private final float[][] figures;
    /** For each tool, in the catalogue's order, the index behind its last text. */
    private final int[] ends;

    Meanings(List<CatalogueEntry> tools, Language language) {
        tools.forEach(tool -> platforms.addAll(tool.platforms()));
        List<List<String>> texts =
                tools.stream().map(tool -> texts(tool, language, platforms)).toList();
        this.rarity = rarity(texts);
        this.ends = new int[tools.size()];
        this.figures = new float[words.dimensions()]
                [texts.stream().mapToInt(List::size).sum()];
        int at = 0;
        for (int tool = 0; tool < ends.length; tool++) {
            for (String text : texts.get(tool)) {
                float[] vector = vector(text);
                for (int dimension = 0; dimension < vector.length; dimension++) {
                    figures[dimension][at] = vector[dimension];
                }
                at++;
            }
            ends[tool] = at;
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

    /** Of length 1; of no length where no word is known. */
    private float[] vector(String text) {
        double[] sum = new double[words.dimensions()];
        words.pieces(text).forEach(piece -> words.add(piece, rarity[piece], sum));
        double square = 0;
        for (double one : sum) {
            square += one * one;
        }
        float[] vector = new float[sum.length];
        double scale = square == 0 ? 0 : 1 / Math.sqrt(square);
        for (int i = 0; i < sum.length; i++) {
            vector[i] = (float) (sum[i] * scale);
        }
        return vector;
    }

    /** How near a request is to each tool, in the catalogue's order: 1 for the same words, about 0 for what has nothing to do with it. */
    double[] nearness(Reading reading) {
        float[] request = vector(text(reading));
        float[] products = new float[ends.length == 0 ? 0 : ends[ends.length - 1]];
        for (int dimension = 0; dimension < request.length; dimension++) {
            add(request[dimension], figures[dimension], products);
        }
        double[] nearness = new double[ends.length];
        for (int tool = 0, text = 0; tool < nearness.length; tool++) {
            for (; text < ends[tool]; text++) {
                nearness[tool] = Math.max(nearness[tool], products[text]);
            }
        }
        return nearness;
    }

    /** A loop without a choice in it, which the machine does several steps of at once. */
    private static void add(float share, float[] figures, float[] products) {
        for (int text = 0; text < products.length; text++) {
            products[text] += share * figures[text];
        }
    }
}
