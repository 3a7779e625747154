package io.opsconductor.brain.conversation;

import java.util.Locale;

/** To whom a message was said. */
public enum Addressing {
    /** To us: it gets an answer, whatever it says. */
    DIRECT,
    /**
     * In a thread where we take part, to whomever. Only what clearly asks for a tool, answers a question of ours or cancels
     * is for us; the rest is people's talk with each other, and gets no word.
     */
    OVERHEARD;

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Addressing of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
