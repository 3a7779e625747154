package io.opsconductor.brain.model;

/** The model gave no answer that can be used; the message is for people. Whoever catches it goes on without the model. */
public final class ModelUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String sentence;

    public ModelUnavailableException(String sentence) {
        super(sentence);
        this.sentence = sentence;
    }

    /** What happened, for people. */
    public String sentence() {
        return sentence;
    }
}
