package io.opsconductor.runner.step;

import io.opsconductor.runner.mask.Masker;
import io.opsconductor.runner.step.OutputListener.Channel;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.ReentrantLock;

/** Both channels of one command. */
final class OutputCapture {
    private static final int PIECE = 32 * 1024;

    private final ReentrantLock lock = new ReentrantLock();
    private final ChannelCapture stdout;
    private final ChannelCapture stderr;

    OutputCapture(Masker masker, int limitBytes, OutputListener listener) {
        stdout = new ChannelCapture(Channel.STDOUT, limitBytes, masker.stream(), listener);
        stderr = new ChannelCapture(Channel.STDERR, limitBytes, masker.stream(), listener);
    }

    /** Reads a channel to its end. Beyond the limit it reads on, so that the command is not held up. */
    void drain(Channel channel, InputStream in) throws IOException {
        byte[] piece = new byte[PIECE];
        for (int read = in.read(piece); read >= 0; read = in.read(piece)) {
            lock.lock();
            try {
                of(channel).accept(piece, read);
            } finally {
                lock.unlock();
            }
        }
    }

    /** Takes text that the runner itself words, such as a table. */
    void write(Channel channel, String text) {
        write(channel, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Takes a piece of a channel's bytes; a character may continue in the next one. */
    void write(Channel channel, byte[] bytes) {
        lock.lock();
        try {
            of(channel).accept(bytes, bytes.length);
        } finally {
            lock.unlock();
        }
    }

    /** What came; the channel is closed by it. */
    Captured finish(Channel channel) {
        lock.lock();
        try {
            return of(channel).finish();
        } finally {
            lock.unlock();
        }
    }

    private ChannelCapture of(Channel channel) {
        return switch (channel) {
            case STDOUT -> stdout;
            case STDERR -> stderr;
        };
    }
}
