package io.opsconductor.chat.teams.card;

import java.util.List;

/**
 * Who is concerned by a plan in one place.
 *
 * @param requester how the requester is called
 * @param viewers the ids of those whose card is made for them alone; at most {@value #MOST_VIEWERS}, which is Teams' limit
 * @param called who is to be called when the plan waits
 * @param forms whether clients open forms there; those of development do not, and get what is asked for on the card
 */
public record Cast(String requester, List<String> viewers, List<Mention> called, boolean forms) {
    public static final int MOST_VIEWERS = 60;

    public Cast {
        viewers = viewers.stream().limit(MOST_VIEWERS).toList();
        called = List.copyOf(called);
    }
}
