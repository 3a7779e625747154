package io.opsconductor.chat.teams.handle;

import com.fasterxml.jackson.databind.JsonNode;
import io.opsconductor.chat.act.Act;
import io.opsconductor.chat.act.ActJson;
import io.opsconductor.chat.teams.card.Buttons;
import io.opsconductor.chat.teams.receive.Activity;
import io.opsconductor.chat.teams.thread.TeamsPlace;
import java.util.Optional;

/**
 * A button was pressed.
 *
 * @param arrival id of what brought it
 * @param identity of who pressed
 * @param entered what was entered on the card, or in a form, by the ids of the fields
 */
record Press(String arrival, TeamsPlace place, String identity, JsonNode entered) {
    /** What the brain knows this by; the same each time that Teams or a restart brings it. */
    String act() {
        return "teams:" + arrival;
    }

    /** Whose work it can be about: that of the place's tenant. */
    String origin() {
        return place.origin();
    }

    /** A text that was entered; empty for none. */
    String text(String field, int most) {
        String text = Activity.text(entered, field).strip();
        return text.length() <= most ? text : text.substring(0, most);
    }

    /** The act in what a button sends, of any of its ways; empty when it is none of ours. */
    static Optional<Act> act(Activity activity) {
        JsonNode value = activity.body().path("value");
        JsonNode act = value.path("action").path("data").path(Buttons.ACT);
        if (act.isMissingNode()) {
            act = value.path("data").path(Buttons.ACT);
        }
        if (act.isMissingNode()) {
            act = value.path(Buttons.ACT);
        }
        return read(act);
    }

    /** The act in the data that we gave along. */
    static Optional<Act> act(JsonNode data) {
        return read(data.path(Buttons.ACT));
    }

    private static Optional<Act> read(JsonNode act) {
        return act.isObject() ? ActJson.read(act.toString()) : Optional.empty();
    }
}
