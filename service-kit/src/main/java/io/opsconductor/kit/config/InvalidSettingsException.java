package io.opsconductor.kit.config;

import java.util.List;

/** Every mistake of a configuration, one line each, with its key and the remedy. */
public final class InvalidSettingsException extends RuntimeException {
    private final List<String> mistakes;

    public InvalidSettingsException(List<String> mistakes) {
        super("the configuration has " + mistakes.size() + (mistakes.size() == 1 ? " mistake:" : " mistakes:")
                + "\n  - " + String.join("\n  - ", mistakes));
        this.mistakes = List.copyOf(mistakes);
    }

    /** One sentence per mistake. */
    public List<String> mistakes() {
        return mistakes;
    }
}
