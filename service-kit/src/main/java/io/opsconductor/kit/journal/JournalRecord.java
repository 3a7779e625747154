package io.opsconductor.kit.journal;

import java.util.Map;

/**
 * What a caller wants recorded.
 *
 * @param type what happened, a fixed word
 * @param conversation the chat thread, or empty
 * @param execution the execution id, or empty
 * @param digest the preview's digest, or empty
 * @param data further fields; values that JSON can hold; never a secret
 */
public record JournalRecord(String type, String conversation, String execution, String digest, Map<String, ?> data) {
    public JournalRecord {
        data = Map.copyOf(data);
    }
}
