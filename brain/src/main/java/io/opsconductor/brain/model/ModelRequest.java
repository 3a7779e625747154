package io.opsconductor.brain.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One question to a model. It never offers tools: whatever comes back is words.
 *
 * @param instructions what to do, ours
 * @param turns what follows, oldest first, beginning and ending with ours
 * @param format the JSON schema of the answer; null for plain text
 */
public record ModelRequest(
        String instructions, List<Turn> turns, @Nullable JsonNode format) {
    /** Characters of a token, on the safe side for English and JSON. */
    private static final int CHARACTERS_OF_TOKEN = 3;

    public ModelRequest {
        turns = List.copyOf(turns);
    }

    /**
     * What one side said.
     *
     * @param ours whether we did, not the model
     */
    public record Turn(boolean ours, String text) {}

    /** A question with one turn. */
    public static ModelRequest of(String instructions, String text, @Nullable JsonNode format) {
        return new ModelRequest(instructions, List.of(new Turn(true, text)), format);
    }

    /** The same with the model's answer and our words to it. */
    public ModelRequest then(String answer, String ours) {
        List<Turn> more = new java.util.ArrayList<>(turns);
        more.add(new Turn(false, answer));
        more.add(new Turn(true, ours));
        return new ModelRequest(instructions, more, format);
    }

    /** About how many tokens it is. */
    int tokens() {
        int characters = instructions.length()
                + turns.stream().mapToInt(turn -> turn.text.length()).sum();
        return (characters + (format == null ? 0 : format.toString().length())) / CHARACTERS_OF_TOKEN;
    }

    static int tokens(String text) {
        return text.length() / CHARACTERS_OF_TOKEN;
    }
}
