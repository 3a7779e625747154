package io.opsconductor.brain.language;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What English words mean, as directions: words that are used alike point the same way. A word that is not in the table is read as the
 * pieces that are, "unschedulable" as "un", "schedul" and "able". The table and its format are described beside it, in
 * {@code vectors/README.md}. Immutable.
 */
final class WordVectors {
    private static final String TABLE = "vectors/vectors.bin";
    private static final String WITHIN = "##";
    /** A longer one is no word. */
    private static final int LONGEST = 40;

    private final Map<String, Integer> pieces;
    private final byte[] vectors;
    private final int dimensions;

    private WordVectors(Map<String, Integer> pieces, byte[] vectors, int dimensions) {
        this.pieces = pieces;
        this.vectors = vectors;
        this.dimensions = dimensions;
    }

    private static final class Shipped {
        private static final WordVectors TABLE = read();
    }

    /** The table of the build, read once. */
    static WordVectors shipped() {
        return Shipped.TABLE;
    }

    private static WordVectors read() {
        try (InputStream in = WordVectors.class.getResourceAsStream(TABLE)) {
            if (in == null) {
                throw new IllegalStateException("The table " + TABLE + " is not in the build");
            }
            DataInputStream data = new DataInputStream(new BufferedInputStream(in, 1 << 16));
            int count = data.readInt();
            int dimensions = data.readInt();
            Map<String, Integer> pieces = HashMap.newHashMap(count);
            byte[] vectors = new byte[count * dimensions];
            for (int at = 0; at < count; at++) {
                pieces.put(data.readUTF(), at);
                data.readFully(vectors, at * dimensions, dimensions);
            }
            return new WordVectors(pieces, vectors, dimensions);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the table " + TABLE, e);
        }
    }

    /** How many figures a vector has. */
    int dimensions() {
        return dimensions;
    }

    /** How many pieces there are. */
    int size() {
        return pieces.size();
    }

    /** The pieces of a text, by number; what is not written in the letters a to z has none. */
    List<Integer> pieces(String text) {
        List<Integer> found = new ArrayList<>();
        int from = 0;
        for (int at = 0; at <= text.length(); at++) {
            if (at == text.length() || !isLetter(text.charAt(at))) {
                if (at > from && at - from <= LONGEST) {
                    found.addAll(ofWord(text.substring(from, at)));
                }
                from = at + 1;
            }
        }
        return found;
    }

    private static boolean isLetter(char c) {
        return c >= 'a' && c <= 'z';
    }

    /** The longest pieces from the left. */
    private List<Integer> ofWord(String word) {
        List<Integer> found = new ArrayList<>();
        int from = 0;
        while (from < word.length()) {
            int to = word.length();
            Integer piece = null;
            while (to > from) {
                piece = pieces.get((from == 0 ? "" : WITHIN) + word.substring(from, to));
                if (piece != null) {
                    break;
                }
                to--;
            }
            if (piece == null) {
                return List.of();
            }
            found.add(piece);
            from = to;
        }
        return found;
    }

    /** Adds a piece's vector, {@code weight} times. */
    void add(int piece, double weight, double[] sum) {
        for (int i = 0; i < dimensions; i++) {
            sum[i] += weight * vectors[piece * dimensions + i];
        }
    }
}
