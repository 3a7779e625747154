package io.opsconductor.runner.step;

import io.opsconductor.runner.step.OutputListener.Channel;
import io.opsconductor.runner.winrm.ClixmlText;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The stderr of a command on Windows. PowerShell's is kept until it is whole and then turned into text; any other is passed
 * on as it comes.
 */
final class ErrorText {
    private static final byte[] MARK = "#< CLIXML".getBytes(StandardCharsets.US_ASCII);

    /** Beyond it the text is passed on as it came. */
    private static final int MAX_KEPT_BYTES = 8 * 1024 * 1024;

    private final ReentrantLock lock = new ReentrantLock();
    private final OutputCapture capture;
    private ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private boolean passing;

    ErrorText(OutputCapture capture) {
        this.capture = capture;
    }

    void accept(byte[] bytes) {
        lock.lock();
        try {
            if (passing) {
                capture.write(Channel.STDERR, bytes);
                return;
            }
            kept.writeBytes(bytes);
            byte[] all = kept.toByteArray();
            int compared = Math.min(all.length, MARK.length);
            boolean mayBeMarked = Arrays.equals(all, 0, compared, MARK, 0, compared);
            if (!mayBeMarked || all.length > MAX_KEPT_BYTES) {
                pass(all);
            }
        } finally {
            lock.unlock();
        }
    }

    void finish() {
        lock.lock();
        try {
            if (!passing) {
                String text = kept.toString(StandardCharsets.UTF_8);
                pass(ClixmlText.of(text).getBytes(StandardCharsets.UTF_8));
            }
        } finally {
            lock.unlock();
        }
    }

    private void pass(byte[] bytes) {
        passing = true;
        kept = new ByteArrayOutputStream();
        capture.write(Channel.STDERR, bytes);
    }
}
