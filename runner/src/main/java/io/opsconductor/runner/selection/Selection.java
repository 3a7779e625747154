package io.opsconductor.runner.selection;

import org.jspecify.annotations.Nullable;

/** A way to choose among targets. */
public sealed interface Selection {
    /** Every target. */
    record Everything() implements Selection {}

    /** A target by its name or alias, or the targets of a group of that name. */
    record Word(Wanted wanted) implements Selection {}

    /** A target by its name or an alias. */
    record Named(Wanted wanted) implements Selection {}

    /** Targets in a group, directly or through others. */
    record InGroup(Wanted wanted) implements Selection {}

    record InEnvironment(Wanted wanted) implements Selection {}

    record OnPlatform(Wanted wanted) implements Selection {}

    /**
     * Targets with a label.
     *
     * @param value null when any value will do
     */
    record Labelled(Wanted label, @Nullable Wanted value) implements Selection {}

    record Not(Selection of) implements Selection {}

    record Both(Selection left, Selection right) implements Selection {}

    record Either(Selection left, Selection right) implements Selection {}

    /**
     * A text that something has to be like, without regard to case.
     *
     * @param pattern may hold {@code *} for any characters and {@code ?} for one
     * @param column where it stands in the selection, from 1
     */
    record Wanted(String pattern, int column) {
        /** Whether it may be like several texts. */
        boolean isPattern() {
            return pattern.indexOf('*') >= 0 || pattern.indexOf('?') >= 0;
        }

        /** Takes time in proportion to both lengths at most, whatever the pattern. */
        boolean matches(String text) {
            int p = 0;
            int t = 0;
            int star = -1;
            int resume = 0;
            while (t < text.length()) {
                char wanted = p < pattern.length() ? pattern.charAt(p) : '\0';
                if (wanted == '*') {
                    star = p++;
                    resume = t;
                } else if (p < pattern.length() && (wanted == '?' || same(wanted, text.charAt(t)))) {
                    p++;
                    t++;
                } else if (star >= 0) {
                    p = star + 1;
                    t = ++resume;
                } else {
                    return false;
                }
            }
            while (p < pattern.length() && pattern.charAt(p) == '*') {
                p++;
            }
            return p == pattern.length();
        }

        private static boolean same(char a, char b) {
            return Character.toLowerCase(a) == Character.toLowerCase(b);
        }
    }
}
