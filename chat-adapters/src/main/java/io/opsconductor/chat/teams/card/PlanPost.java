package io.opsconductor.chat.teams.card;

import java.util.List;

/**
 * A plan's messages. The card comes first and is the one that changes; what does not fit on it follows in the same thread,
 * whole, and the card says so.
 */
public record PlanPost(TeamsMessage card, List<TeamsMessage> pages) {
    public PlanPost {
        pages = List.copyOf(pages);
    }
}
