package io.opsconductor.yaml;

/**
 * Something to say about a file.
 *
 * @param severity how bad it is
 * @param file the file as the user named it
 * @param place where in the file
 * @param path the key concerned, such as {@code parameters[0].type}; empty for the file as a whole
 * @param message what was expected and what was found; no full stop at its end
 * @param fix what to do, a sentence; empty when the message says it
 */
public record Finding(Severity severity, String file, Place place, String path, String message, String fix) {
    /** How bad a finding is. */
    public enum Severity {
        /** The file is not used. */
        ERROR,
        /** Worth knowing: a tool that overrides another, or that this version cannot run. */
        NOTICE,
        /** The file works and could be better. */
        ADVICE
    }

    public static Finding error(String file, Place place, String path, String message, String fix) {
        return new Finding(Severity.ERROR, file, place, path, message, fix);
    }

    public boolean isError() {
        return severity == Severity.ERROR;
    }

    /** {@code file:line:column: path: message. Fix.}, with the severity's word unless it is an error. */
    public String text() {
        return file + ":" + place + ": "
                + switch (severity) {
                    case ERROR -> "";
                    case NOTICE -> "notice: ";
                    case ADVICE -> "advice: ";
                }
                + (path.isEmpty() ? "" : path + ": ")
                + message
                + (fix.isEmpty() ? "" : ". " + fix);
    }
}
