package io.opsconductor.brain.language;

/** Takes the commonest English endings off, so that "restarting", "restarted" and "restarts" are one word. */
public final class Stems {
    private Stems() {}

    /** The stem of a word in lower case. */
    public static String stem(String word) {
        String stem = able(plural(word));
        if (stem.length() > 5 && stem.endsWith("ing")) {
            stem = undouble(stem.substring(0, stem.length() - 3));
        } else if (stem.length() > 4 && stem.endsWith("ed")) {
            stem = undouble(stem.substring(0, stem.length() - 2));
        }
        return stem.length() > 3 && stem.endsWith("e") ? stem.substring(0, stem.length() - 1) : stem;
    }

    /** "pingable" is what answers a ping. */
    private static String able(String word) {
        int length = word.length();
        return length >= 8 && word.endsWith("able") ? undouble(word.substring(0, length - 4)) : word;
    }

    /** Without a plural's ending. */
    public static String plural(String word) {
        int length = word.length();
        if (length < 4 || !word.endsWith("s") || word.endsWith("ss") || word.endsWith("us") || word.endsWith("is")) {
            return word;
        }
        if (word.endsWith("ies") && length > 4) {
            return word.substring(0, length - 3) + "y";
        }
        if (word.endsWith("sses") || word.endsWith("xes") || word.endsWith("ches") || word.endsWith("shes")) {
            return word.substring(0, length - 2);
        }
        return word.equals("https") ? word : word.substring(0, length - 1);
    }

    private static String undouble(String stem) {
        int length = stem.length();
        boolean doubled = length > 3
                && stem.charAt(length - 1) == stem.charAt(length - 2)
                && "bdgmnprt".indexOf(stem.charAt(length - 1)) >= 0;
        return doubled ? stem.substring(0, length - 1) : stem;
    }
}
