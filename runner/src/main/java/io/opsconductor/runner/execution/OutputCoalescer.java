package io.opsconductor.runner.execution;

import io.opsconductor.runner.step.OutputListener;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

/**
 * Joins small pieces of a command's output: the first piece is told at once, later ones at most every {@value
 * #INTERVAL_MILLIS} ms or when {@value #PIECE_CHARS} characters have come, in pieces of at most that size.
 */
final class OutputCoalescer implements OutputListener, AutoCloseable {
    static final int PIECE_CHARS = 8192;
    private static final int INTERVAL_MILLIS = 50;
    private static final long INTERVAL_NANOS = TimeUnit.MILLISECONDS.toNanos(INTERVAL_MILLIS);

    private final BiConsumer<Channel, String> told;
    private final ScheduledExecutorService timer;
    private final StringBuilder stdout = new StringBuilder();
    private final StringBuilder stderr = new StringBuilder();
    private long lastTold = System.nanoTime() - INTERVAL_NANOS;
    private boolean scheduled;

    OutputCoalescer(BiConsumer<Channel, String> told, ScheduledExecutorService timer) {
        this.told = told;
        this.timer = timer;
    }

    @Override
    public synchronized void output(Channel channel, String text) {
        StringBuilder buffer = channel == Channel.STDOUT ? stdout : stderr;
        buffer.append(text);
        long since = System.nanoTime() - lastTold;
        if (since >= INTERVAL_NANOS || buffer.length() >= PIECE_CHARS) {
            tell();
        } else if (!scheduled) {
            scheduled = true;
            var _ = timer.schedule(this::onTimer, INTERVAL_NANOS - since, TimeUnit.NANOSECONDS);
        }
    }

    private synchronized void onTimer() {
        scheduled = false;
        tell();
    }

    private void tell() {
        lastTold = System.nanoTime();
        tell(Channel.STDOUT, stdout);
        tell(Channel.STDERR, stderr);
    }

    private void tell(Channel channel, StringBuilder buffer) {
        String text = buffer.toString();
        buffer.setLength(0);
        int from = 0;
        while (from < text.length()) {
            int to = Math.min(from + PIECE_CHARS, text.length());
            if (to < text.length() && Character.isHighSurrogate(text.charAt(to - 1))) {
                to--;
            }
            told.accept(channel, text.substring(from, to));
            from = to;
        }
    }

    /** Tells what is left. */
    @Override
    public synchronized void close() {
        tell();
    }
}
