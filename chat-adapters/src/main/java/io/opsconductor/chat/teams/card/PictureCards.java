package io.opsconductor.chat.teams.card;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.opsconductor.brain.conversation.ChatEvent;
import io.opsconductor.brain.outputs.Chart;
import io.opsconductor.brain.outputs.OutputReading;
import io.opsconductor.chat.picture.Look;
import io.opsconductor.chat.picture.Pictures;
import io.opsconductor.json.Json;
import io.opsconductor.plan.Visible;
import java.util.List;
import java.util.Optional;

/**
 * What the outputs of a result say, as pictures below it, a message each; the result has the same in words and tables. A picture
 * travels in its message, for Teams cannot fetch it from here. Microsoft does not count pictures into the size of a message;
 * these fit into it all the same.
 */
public final class PictureCards {
    /** Of one result, so that a thread is not buried under pictures. */
    private static final int MOST = 3;

    private static final int WORDS = 300;
    /** Base64 makes four characters of three bytes, of two bytes each; the rest of the message has the rest of its room. */
    private static final int MOST_BYTES = 28_000;

    private final Pictures pictures;

    public PictureCards(Pictures pictures) {
        this.pictures = pictures;
    }

    /** In the order of the readings; none where nothing is to be drawn, or nothing can be. */
    public List<TeamsMessage> of(ChatEvent.Result result) {
        return result.readings().stream()
                .filter(reading -> reading.chart() != null)
                .limit(MOST)
                .flatMap(reading -> message(reading).stream())
                .toList();
    }

    /** In light colours: whether somebody has Teams in dark ones cannot be known. */
    private Optional<TeamsMessage> message(OutputReading reading) {
        Chart chart = reading.chart();
        return chart == null
                ? Optional.empty()
                : pictures.small(chart, Look.LIGHT, MOST_BYTES).map(png -> message(chart, reading, png.base64()));
    }

    private static TeamsMessage message(Chart chart, OutputReading reading, String png) {
        ObjectNode image = Json.mapper()
                .createObjectNode()
                .put("type", "Image")
                .put("url", "data:image/png;base64," + png)
                .put("altText", PlanCards.shortened(Visible.escape(chart.title() + ". " + reading.sentence()), WORDS))
                .put("size", "Stretch");
        // Pressed, it fills the screen.
        image.putObject("msteams").put("allowExpand", true);
        return new TeamsMessage(
                PlanCards.shortened(chart.title(), WORDS), new Card().add(image).json());
    }
}
