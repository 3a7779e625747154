package io.opsconductor.chat.slack.handle;

import io.opsconductor.chat.act.Act;

/** Brings whole outputs into the threads of their executions, as files. */
public interface AskedFiles {
    /**
     * Asks for it; it does not wait until it is there.
     *
     * @param arrival id of what asks; it is brought once for each
     * @return false when there is no such output
     */
    boolean bring(String arrival, String conversation, Act.FullOutput output);
}
