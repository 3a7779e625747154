package io.opsconductor.tool;

import java.util.regex.Pattern;

/** Matches a tool's pattern with a limit on the work, since a careless pattern can take for ever on a chosen text. */
final class BoundedPattern {
    private static final int MAX_READS = 1_000_000;

    private BoundedPattern() {}

    /** The limit was hit. */
    static final class TooCostly extends RuntimeException {
        TooCostly() {
            super("the pattern took too many steps", null, false, false);
        }
    }

    /** Whether the whole text matches. */
    static boolean matches(String pattern, String text) {
        try {
            return Pattern.compile(pattern).matcher(new Counted(text)).matches();
        } catch (StackOverflowError e) {
            // The JDK's matcher recurses; a nested group over a long text exhausts the stack before the count.
            throw new TooCostly();
        }
    }

    private static final class Counted implements CharSequence {
        private final String text;
        private int reads;

        Counted(String text) {
            this.text = text;
        }

        @Override
        public char charAt(int index) {
            if (++reads > MAX_READS) {
                throw new TooCostly();
            }
            return text.charAt(index);
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return text.substring(start, end);
        }

        @Override
        public String toString() {
            return text;
        }
    }
}
