package io.opsconductor.brain.revision;

import io.opsconductor.brain.Refusal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** What became of an edit. */
public sealed interface Edited {
    /**
     * The old card is superseded and a new one is shown in the same conversation.
     *
     * @param approval id of the new request
     */
    record Shown(String approval, String conversation) implements Edited {}

    /**
     * It changed nothing: 400 nothing to change, 403 not the requester, 404 no such plan, 409 decided or another digest, 410
     * expired, 503 no runner, or what the runner's preview refused.
     */
    record Refused(Refusal refusal) implements Edited {}

    /**
     * It changed nothing, because values may not be used.
     *
     * @param problems for each field that is wrong, by its key, a message for people; at least one
     */
    record Invalid(Map<String, String> problems) implements Edited {
        public Invalid {
            problems = Collections.unmodifiableMap(new LinkedHashMap<>(problems));
        }
    }
}
