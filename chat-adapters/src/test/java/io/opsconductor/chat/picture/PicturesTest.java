package io.opsconductor.chat.picture;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsconductor.brain.outputs.Chart;
import io.opsconductor.brain.outputs.Level;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
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

    @Test
    void aPictureIsSmallEnoughToBeSent() {
        assertThat(pictures.png(bars(30), Look.DARK).orElseThrow().size()).isLessThan(300_000);
    }
}
