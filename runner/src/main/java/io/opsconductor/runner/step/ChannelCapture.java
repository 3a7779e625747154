package io.opsconductor.runner.step;

import io.opsconductor.runner.mask.MaskingStream;
import io.opsconductor.runner.step.OutputListener.Channel;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** The way of one channel's bytes: cut at the limit, decoded, masked, made visible, kept and passed on. */
final class ChannelCapture {
    private final Channel channel;
    private final int limitBytes;
    private final OutputListener listener;
    private final MaskingStream masking;
    private final ControlText controls = new ControlText();
    private final CharsetDecoder decoder = StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPLACE)
            .onUnmappableCharacter(CodingErrorAction.REPLACE);
    private final StringBuilder kept = new StringBuilder();
    private byte[] undecoded = new byte[0];
    private long totalBytes;
    private boolean finished;

    ChannelCapture(Channel channel, int limitBytes, MaskingStream masking, OutputListener listener) {
        this.channel = channel;
        this.limitBytes = limitBytes;
        this.masking = masking;
        this.listener = listener;
    }

    /** Bytes after the end are ignored: their command is over. */
    void accept(byte[] bytes, int length) {
        if (finished) {
            return;
        }
        int room = (int) Math.max(0, limitBytes - totalBytes);
        totalBytes += length;
        if (room > 0) {
            pass(controls.accept(masking.accept(decode(bytes, Math.min(room, length), false))));
        }
    }

    Captured finish() {
        if (!finished) {
            finished = true;
            if (totalBytes > limitBytes) {
                // What is held back may be the first half of a secret, so the cut takes it along.
                masking.abandon();
                pass((kept.isEmpty() || kept.charAt(kept.length() - 1) == '\n' ? "" : "\n") + "[output cut here: "
                        + limitBytes + " of " + totalBytes + " bytes are shown]\n");
            } else {
                String rest = decode(new byte[0], 0, true);
                pass(controls.accept(masking.accept(rest) + masking.finish()) + controls.finish());
            }
        }
        return new Captured(kept.toString(), totalBytes > limitBytes, totalBytes);
    }

    private void pass(String text) {
        if (!text.isEmpty()) {
            kept.append(text);
            listener.output(channel, text);
        }
    }

    /** The first bytes of a character that is split between pieces wait for the rest of it. */
    private String decode(byte[] bytes, int length, boolean end) {
        ByteBuffer in = ByteBuffer.allocate(undecoded.length + length)
                .put(undecoded)
                .put(bytes, 0, length)
                .flip();
        CharBuffer out = CharBuffer.allocate(in.remaining() + 2);
        decoder.decode(in, out, end);
        if (end) {
            decoder.flush(out);
        }
        undecoded = new byte[in.remaining()];
        in.get(undecoded);
        return out.flip().toString();
    }
}
