package io.opsconductor.runner.trail;

/**
 * Something in the records that does not hold.
 *
 * @param place file, and line where there is one, such as {@code runner/journal/journal.jsonl:14}
 * @param sentence what is wrong with it, going on from the place
 * @param remedy what to do
 */
public record Defect(String place, String sentence, String remedy) {
    /** For a line that is not what it was. */
    static final String EVIDENCE =
            "Keep the file as evidence and compare it with a copy: what was exported, or a backup";

    /** All of it, on one line. */
    public String text() {
        return place + " " + sentence + ". " + remedy + ".";
    }
}
