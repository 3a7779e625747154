package io.opsconductor.chat.picture;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Sixteen colours instead of all: a chart has hardly more, and as a PNG takes a quarter of the room then. */
final class Palette {
    private static final int MOST = 16;
    private static final int BITS = 4;

    private Palette() {}

    /**
     * The same image in few colours.
     *
     * @param meaning colours that stay what they are, as far as they are in it, for they tell one thing from another; the rest of
     *     the room is for those that are most of it, and each other one becomes the nearest
     */
    static BufferedImage of(BufferedImage image, List<Color> meaning) {
        int width = image.getWidth();
        int height = image.getHeight();
        int[] points = image.getRGB(0, 0, width, height, null, 0, width);
        Map<Integer, Integer> counts = new HashMap<>();
        for (int point : points) {
            counts.merge(point, 1, Integer::sum);
        }
        Stream<Integer> frequent = counts.entrySet().stream()
                .sorted(Map.Entry.<Integer, Integer>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .map(Map.Entry::getKey);
        int[] colours = Stream.concat(meaning.stream().map(Color::getRGB).filter(counts::containsKey), frequent)
                .distinct()
                .limit(MOST)
                .mapToInt(Integer::intValue)
                .toArray();
        Map<Integer, Integer> places = new HashMap<>();
        int[] indexes = Arrays.stream(points)
                .map(point -> places.computeIfAbsent(point, colour -> nearest(colour, colours)))
                .toArray();
        BufferedImage few = new BufferedImage(
                width,
                height,
                BufferedImage.TYPE_BYTE_BINARY,
                new IndexColorModel(BITS, colours.length, colours, 0, false, -1, DataBuffer.TYPE_BYTE));
        few.getRaster().setPixels(0, 0, width, height, indexes);
        return few;
    }

    private static int nearest(int colour, int[] colours) {
        int nearest = 0;
        for (int at = 1; at < colours.length; at++) {
            if (distance(colour, colours[at]) < distance(colour, colours[nearest])) {
                nearest = at;
            }
        }
        return nearest;
    }

    private static int distance(int one, int other) {
        int distance = 0;
        for (int shift = 0; shift <= 16; shift += 8) {
            int apart = ((one >> shift) & 0xff) - ((other >> shift) & 0xff);
            distance += apart * apart;
        }
        return distance;
    }
}
