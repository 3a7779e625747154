package io.opsconductor.runner.mask;

import java.util.HashSet;
import java.util.Set;

/**
 * Knows the secrets that have been used and takes them out of text, as they are and in the encodings that programs put
 * them in: base64 (also inside a longer text), percent-encoding, JSON, hexadecimal. Private key blocks in PEM form are
 * taken out whether known or not.
 *
 * <p>A secret of fewer than {@value #SHORTEST} characters is not masked: it would take out common text. Secrets stay
 * registered for the life of the process, because output that holds one may come long after its use.
 */
public final class Masker {
    /** What stands in the place of a secret. */
    public static final String MASK = "\u2022\u2022\u2022\u2022";

    /** Characters that a secret must have to be masked. */
    public static final int SHORTEST = 4;

    private final Set<String> patterns = new HashSet<>();
    private volatile Automaton automaton = Automaton.of(Set.of());

    /** Makes a secret known. Text that is already on its way is not masked for it afterwards. */
    public void register(byte[] secret) {
        Set<String> found = Encodings.of(secret);
        synchronized (patterns) {
            if (patterns.addAll(found)) {
                automaton = Automaton.of(patterns);
            }
        }
    }

    /** Masks a whole text. */
    public String mask(String text) {
        MaskingStream stream = stream();
        return stream.accept(text) + stream.finish();
    }

    /** A masker for text that comes in pieces; one for each output channel, not shared between threads. */
    public MaskingStream stream() {
        return new MaskingStream(automaton);
    }

    /** Says how many texts are masked, never which. */
    @Override
    public String toString() {
        synchronized (patterns) {
            return "Masker[" + patterns.size() + " patterns]";
        }
    }
}
