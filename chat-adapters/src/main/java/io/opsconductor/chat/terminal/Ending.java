package io.opsconductor.chat.terminal;

import java.util.List;

/**
 * How a request ended.
 *
 * @param yes whether it was answered or succeeded; false when it was denied, failed, refused or left open
 * @param choices what may be answered next; empty when nothing was asked
 * @param question whether the bot waits for an answer
 */
record Ending(boolean yes, List<ChatEvent.Choice> choices, boolean question) {
    static final Ending YES = new Ending(true, List.of(), false);
    static final Ending NO = new Ending(false, List.of(), false);

    int exitCode() {
        return yes ? 0 : 1;
    }
}
