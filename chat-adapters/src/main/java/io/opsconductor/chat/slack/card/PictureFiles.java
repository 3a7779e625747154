package io.opsconductor.chat.slack.card;

import io.opsconductor.brain.conversation.ChatEvent;
import io.opsconductor.brain.outputs.Chart;
import io.opsconductor.brain.outputs.OutputReading;
import io.opsconductor.chat.picture.Look;
import io.opsconductor.chat.picture.Pictures;
import java.util.List;
import java.util.Optional;

/** What the outputs of a result say, as pictures for the thread; the message has the same in words. */
public final class PictureFiles {
    /** Of one result, so that a thread is not buried under pictures. */
    private static final int MOST = 3;

    private static final int TITLE = 200;

    private final Pictures pictures;

    public PictureFiles(Pictures pictures) {
        this.pictures = pictures;
    }

    /** In the order of the readings; none where nothing is to be drawn, or nothing can be. */
    public List<SlackFile> of(ChatEvent.Result result) {
        return result.readings().stream()
                .filter(reading -> reading.chart() != null)
                .limit(MOST)
                .flatMap(reading -> file(reading).stream())
                .toList();
    }

    /** In light colours: whether somebody has Slack in dark ones cannot be known. */
    private Optional<SlackFile> file(OutputReading reading) {
        Chart chart = reading.chart();
        return chart == null
                ? Optional.empty()
                : pictures.png(chart, Look.LIGHT)
                        .map(png -> new SlackFile(
                                reading.tool().replaceAll("[^a-z0-9_]", "-") + ".png",
                                Cut.to(chart.title() + ". " + reading.sentence(), TITLE),
                                png));
    }
}
