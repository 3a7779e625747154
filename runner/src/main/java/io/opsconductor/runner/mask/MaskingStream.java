package io.opsconductor.runner.mask;

import java.util.BitSet;

/**
 * Masks text that comes in pieces, however it is cut. Text that may still turn out to be the beginning of a secret is
 * held back until it is decided.
 */
public final class MaskingStream {
    private static final int TELLING = 8;

    private final Automaton automaton;
    private final PrivateKeyBlocks blocks = new PrivateKeyBlocks();
    private final StringBuilder held = new StringBuilder();
    private final BitSet secret = new BitSet();
    private int state = Automaton.START;
    private boolean insideMask;

    MaskingStream(Automaton automaton) {
        this.automaton = automaton;
    }

    /** Takes the next piece and gives what is certain. */
    public String accept(String piece) {
        StringBuilder out = new StringBuilder(piece.length());
        for (int i = 0; i < piece.length(); i++) {
            char c = piece.charAt(i);
            state = automaton.step(state, c);
            int depth = automaton.depth(state);
            if (depth == 0 && held.isEmpty()) {
                insideMask = false;
                out.append(c);
                continue;
            }
            held.append(c);
            int match = automaton.match(state);
            if (match > 0) {
                secret.set(held.length() - match, held.length());
            }
            release(held.length() - depth, out);
        }
        return blocks.accept(out);
    }

    /**
     * Gives what was held back; the end of the text. A long beginning of a secret is masked even though the rest of it
     * never came.
     */
    public String finish() {
        StringBuilder out = new StringBuilder();
        int depth = automaton.depth(state);
        if (depth >= TELLING) {
            secret.set(held.length() - depth, held.length());
        }
        release(held.length(), out);
        return blocks.accept(out) + blocks.finish();
    }

    /** Drops what was held back: the text is cut here. */
    public void abandon() {
        held.setLength(0);
        secret.clear();
        state = Automaton.START;
    }

    /** Neighbouring masked characters become one mask, which does not tell the secret's length. */
    private void release(int count, StringBuilder out) {
        if (count == 0) {
            return;
        }
        for (int i = 0; i < count; i++) {
            if (!secret.get(i)) {
                insideMask = false;
                out.append(held.charAt(i));
            } else if (!insideMask) {
                insideMask = true;
                out.append(Masker.MASK);
            }
        }
        held.delete(0, count);
        BitSet rest = secret.get(count, Math.max(count, secret.length()));
        secret.clear();
        secret.or(rest);
    }
}
