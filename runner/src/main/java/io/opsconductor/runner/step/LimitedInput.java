package io.opsconductor.runner.step;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Input that ends at a limit, and says whether there was more. */
final class LimitedInput extends FilterInputStream {
    private long left;
    private boolean cut;

    LimitedInput(InputStream in, long limitBytes) {
        super(in);
        this.left = limitBytes;
    }

    boolean isCut() {
        return cut;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (left == 0) {
            cut = cut || super.read() >= 0;
            return -1;
        }
        int read = super.read(bytes, offset, (int) Math.min(length, left));
        left -= Math.max(0, read);
        return read;
    }
}
