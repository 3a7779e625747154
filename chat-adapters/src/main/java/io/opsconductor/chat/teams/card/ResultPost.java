package io.opsconductor.chat.teams.card;

import java.util.List;

/**
 * A result's messages.
 *
 * @param summary how it ended, where, and what the outputs say
 * @param outputs in order, of one target or several each
 */
public record ResultPost(TeamsMessage summary, List<TeamsMessage> outputs) {
    public ResultPost {
        outputs = List.copyOf(outputs);
    }
}
