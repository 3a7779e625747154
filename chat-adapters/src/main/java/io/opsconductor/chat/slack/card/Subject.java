package io.opsconductor.chat.slack.card;

/**
 * Whom one of our sentences begins with.
 *
 * @param name as the sentence has it
 * @param mention as {@link Mentions} name that person
 */
public record Subject(String name, String mention) {
    /** Whether a sentence begins with that person. */
    boolean begins(String sentence) {
        return sentence.startsWith(name + " ");
    }

    /** The beginning of a sentence that begins so, as a mention. */
    Line line() {
        return new Line().person(mention);
    }

    /** What follows in the sentence. */
    String rest(String sentence) {
        return sentence.substring(name.length());
    }
}
