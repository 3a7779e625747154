package io.opsconductor.chat.picture;

import io.opsconductor.brain.outputs.Chart;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import javax.imageio.ImageIO;
import okio.ByteString;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Draws charts as PNG, in the process and without a display. Where the machine has no fonts nothing can be drawn: that is logged once, and
 * the words and the table stand alone. Thread-safe.
 */
public final class Pictures {
    private static final Logger LOG = LoggerFactory.getLogger(Pictures.class);
    /** Of each direction, so that it is sharp on screens of today. */
    private static final int SCALE = 2;
    /** Of a picture that travels inside a message; Teams takes no more of each direction. */
    private static final int SMALL_SIDE = 1_024;

    private static final int SIZES = 4;
    private static final double SHRINKING = 0.8;

    /** An image of this size takes some 8 MB while it is drawn. */
    private static final int AT_ONCE = 2;

    private final Semaphore seats = new Semaphore(AT_ONCE);
    private final AtomicBoolean told = new AtomicBoolean();

    public Pictures() {
        // Before anything of the graphics is loaded: with a display set it would be asked for.
        System.setProperty("java.awt.headless", "true");
        ImageIO.setUseCache(false);
    }

    /**
     * A picture of a chart.
     *
     * @return the PNG; empty where this machine can draw none
     */
    public Optional<ByteString> png(Chart chart, Look look) {
        return guarded(() -> {
            Drawing drawing = Drawing.of(chart, look);
            return png(image(drawing, SCALE));
        });
    }

    /**
     * A picture to travel inside a message: of at most 1,024 points each way, in few colours, and as large as has room.
     *
     * @param mostBytes of the PNG
     * @return the PNG; empty where this machine can draw none, or none that is so small
     */
    public Optional<ByteString> small(Chart chart, Look look, int mostBytes) {
        return guarded(() -> {
                    Drawing drawing = Drawing.of(chart, look);
                    double whole = Math.min(SCALE, (double) SMALL_SIDE / Math.max(drawing.width(), drawing.height()));
                    ByteString drawn = ByteString.EMPTY;
                    for (int smaller = 0; smaller < SIZES; smaller++) {
                        BufferedImage image = image(drawing, whole * Math.pow(SHRINKING, smaller));
                        drawn = png(Palette.of(image, look.meaning()));
                        if (drawn.size() <= mostBytes) {
                            break;
                        }
                    }
                    return drawn;
                })
                .filter(drawn -> drawn.size() <= mostBytes);
    }

    private Optional<ByteString> guarded(Supplier<ByteString> drawing) {
        seats.acquireUninterruptibly();
        try {
            return Optional.of(drawing.get());
        } catch (RuntimeException | Error e) {
            // The JDK's ways to say that there are no fonts, or not its graphics: a plain Error is among them.
            if (told.compareAndSet(false, true)) {
                LOG.warn("no pictures can be drawn here, so results have their tables alone; are there fonts?", e);
            }
            return Optional.empty();
        } finally {
            seats.release();
        }
    }

    private static BufferedImage image(Drawing drawing, double scale) {
        BufferedImage image = new BufferedImage(
                Math.toIntExact(Math.round(drawing.width() * scale)),
                Math.toIntExact(Math.round(drawing.height() * scale)),
                BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        try {
            graphics.scale(scale, scale);
            drawing.paint(graphics);
        } finally {
            graphics.dispose();
        }
        return image;
    }

    private static ByteString png(BufferedImage image) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return ByteString.of(bytes.toByteArray());
    }
}
