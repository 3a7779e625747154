package io.opsconductor.chat.teams.card;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.opsconductor.chat.act.Act;
import io.opsconductor.chat.act.ActJson;
import io.opsconductor.chat.card.Amounts;
import io.opsconductor.json.Json;
import io.opsconductor.plan.TargetResult;
import java.nio.charset.StandardCharsets;

/**
 * An output as a file, which Teams has in talks between two alone: the person is asked first, because it is stored among that
 * person's own files.
 */
public final class FileCards {
    private static final String CONSENT = "application/vnd.microsoft.teams.card.file.consent";
    private static final String INFO = "application/vnd.microsoft.teams.card.file.info";

    private FileCards() {}

    /**
     * A file.
     *
     * @param name with letters, digits, dots, dashes and underscores alone
     */
    public record Output(String name, String text) {
        /** As it is stored. */
        public byte[] bytes() {
            return text.getBytes(StandardCharsets.UTF_8);
        }
    }

    /** All that a target wrote. */
    public static Output output(TargetResult one) {
        String name = (one.target() + "-" + one.tool() + "-" + (one.step() + 1)).replaceAll("[^A-Za-z0-9._-]", "_");
        return new Output(name + ".txt", Outputs.written(one));
    }

    /** Asks whether a file may be stored. */
    public static TeamsMessage consent(Output output, Act.FullOutput act) {
        ObjectNode content = Json.mapper()
                .createObjectNode()
                .put("description", "The whole output of " + act.target())
                .put("sizeInBytes", output.bytes().length);
        ObjectNode context = Json.mapper().createObjectNode();
        context.set(Buttons.ACT, Json.tree(ActJson.write(act)));
        content.set("acceptContext", context);
        content.set("declineContext", context.deepCopy());
        return new TeamsMessage("A file: " + output.name(), content, CONSENT, output.name());
    }

    /**
     * The file that was stored.
     *
     * @param url where Teams shows it
     */
    public static TeamsMessage stored(Output output, String url, String uniqueId) {
        ObjectNode content = Json.mapper()
                .createObjectNode()
                .put("uniqueId", uniqueId)
                .put("fileType", "txt")
                .put("contentUrl", url);
        return new TeamsMessage("The file " + output.name(), content, INFO, output.name());
    }

    /** In words, instead of a consent that was given or refused. */
    public static TeamsMessage answered(Output output, boolean accepted) {
        return Words.note(
                accepted
                        ? output.name() + " (" + Amounts.grouped(output.bytes().length) + " bytes"
                                + ") is among your files now."
                        : output.name() + " was not stored. The output is in the store of OpsConductor still.");
    }
}
