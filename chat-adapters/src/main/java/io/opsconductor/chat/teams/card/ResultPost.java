package io.opsconductor.chat.teams.card;

import java.util.List;

/**
 * A result's messages.
 *
 * @param summary stands where the progress was
 * @param outputs in order, one or more for each target that wrote something
 */
public record ResultPost(TeamsMessage summary, List<TeamsMessage> outputs) {
    public ResultPost {
        outputs = List.copyOf(outputs);
    }
}
