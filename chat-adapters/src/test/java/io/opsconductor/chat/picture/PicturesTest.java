package io.opsconductor.chat.picture;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsconductor.brain.outputs.Chart;
import io.opsconductor.brain.outputs.Level;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import okio.ByteString;
import org.junit.jupiter.api.Test;

class PicturesTest {
    private static final int LIGHT_GROUND = 0xffffff;
    private static final int DARK_GROUND = 0x171b25;

    private final Pictures pictures = new Pictures();

    private BufferedImage drawn(Chart chart, Look look) throws IOException {
        return ImageIO.read(
                new ByteArrayInputStream(pictures.png(chart, look).orElseThrow().toByteArray()));
    }

    private static Chart bars(int count) {
        return new Chart(
                "Fullest file system of each target",
                Chart.Shape.BARS,
                "%",
                100.0,
                IntStream.range(0, count)
                        .mapToObj(at ->
                                new Chart.Series("web-" + at + " /", Level.OK, List.of(new Chart.Point(0, 90.0 - at))))
                        .toList(),
                0);
    }

    private static Chart lines(Chart.Shape shape, String name) {
        List<Chart.Point> points = IntStream.range(1, 5)
                .mapToObj(at -> new Chart.Point(at, at * 1.5))
                .toList();
        return new Chart(
                name,
                shape,
                "ms",
                null,
                List.of(new Chart.Series(name, Level.OK, points), new Chart.Series(name, Level.OK, points)),
                3);
    }

    private static int colour(BufferedImage image, int x, int y) {
        return image.getRGB(x, y) & 0xffffff;
    }

    /** How many points are of another colour than the ground. */
    private static long painted(BufferedImage image, int ground) {
        return IntStream.range(0, image.getHeight())
                .mapToLong(y -> IntStream.range(0, image.getWidth())
                        .filter(x -> colour(image, x, y) != ground)
                        .count())
                .sum();
    }

    @Test
    void barsAreDrawnOnTheGroundOfTheLookAndGrowWithTheirNumber() throws IOException {
        BufferedImage light = drawn(bars(3), Look.LIGHT);
        BufferedImage dark = drawn(bars(20), Look.DARK);
        assertThat(colour(light, 2, 2)).isEqualTo(LIGHT_GROUND);
        assertThat(colour(dark, 2, 2)).isEqualTo(DARK_GROUND);
        assertThat(light.getWidth()).isEqualTo(dark.getWidth()).isEqualTo(1440);
        assertThat(light.getHeight()).isLessThan(dark.getHeight());
        assertThat(painted(light, LIGHT_GROUND)).isGreaterThan(20_000);
        assertThat(painted(dark, DARK_GROUND)).isGreaterThan(painted(light, LIGHT_GROUND));
    }

    @Test
    void linesOfTheSameNameAndOfNamesThatCannotBeSeenAreDrawn() throws IOException {
        for (Chart.Shape shape : List.of(Chart.Shape.IN_ORDER, Chart.Shape.OVER_TIME)) {
            BufferedImage image = drawn(lines(shape, "a\u202e\u0000<script>\n"), Look.LIGHT);
            assertThat(painted(image, LIGHT_GROUND)).as(shape.word()).isGreaterThan(3_000);
        }
    }

    /** As much as a chart can have: eight lines of names that are long, and figures that jump. */
    private static Chart crowded() {
        Random random = new Random(7);
        return new Chart(
                "Round trips of " + "w".repeat(120),
                Chart.Shape.OVER_TIME,
                "ms",
                null,
                IntStream.range(0, 8)
                        .mapToObj(line -> new Chart.Series(
                                "server-with-a-rather-long-name-" + line + ".example.com",
                                Level.OK,
                                IntStream.range(0, 240)
                                        .mapToObj(at ->
                                                new Chart.Point(1_790_000_000.0 + at * 60, random.nextDouble() * 100))
                                        .toList()))
                        .toList(),
                12);
    }

    @Test
    void aPictureThatTravelsInAMessageIsAsLargeAsHasRoomAndKeepsItsColours() throws IOException {
        for (Chart chart : List.of(bars(1), bars(30), lines(Chart.Shape.IN_ORDER, "ping"), crowded())) {
            ByteString small = pictures.small(chart, Look.LIGHT, 28_000).orElseThrow();
            assertThat(small.size()).as(chart.title()).isLessThanOrEqualTo(28_000);
            BufferedImage image = ImageIO.read(new ByteArrayInputStream(small.toByteArray()));
            assertThat(Math.max(image.getWidth(), image.getHeight())).isBetween(500, 1_024);
            assertThat(colours(image))
                    .contains(LIGHT_GROUND)
                    .hasSizeLessThanOrEqualTo(16)
                    .containsAll(Stream.of(Look.LIGHT.series())
                            .limit(
                                    chart.shape() == Chart.Shape.BARS
                                            ? 1
                                            : chart.series().size())
                            .map(colour -> colour.getRGB() & 0xffffff)
                            .toList());
        }
        assertThat(pictures.small(crowded(), Look.LIGHT, 500)).isEmpty();
    }

    private static Set<Integer> colours(BufferedImage image) {
        return IntStream.range(0, image.getWidth() * image.getHeight())
                .mapToObj(at -> colour(image, at % image.getWidth(), at / image.getWidth()))
                .collect(Collectors.toSet());
    }

    @Test
    void aPictureIsSmallEnoughToBeSent() {
        assertThat(pictures.png(bars(30), Look.DARK).orElseThrow().size()).isLessThan(300_000);
    }
}
