package io.opsconductor.chat.teams.card;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** The room of a part of a card, in characters of JSON. */
final class Room {
    private int left;

    Room(int most) {
        left = most;
    }

    /** Takes room for something; false when there is not enough, and none from then on. */
    boolean takes(ObjectNode element) {
        left -= element.toString().length() + 1;
        return left >= 0;
    }
}
