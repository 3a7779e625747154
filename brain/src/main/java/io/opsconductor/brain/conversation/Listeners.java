package io.opsconductor.brain.conversation;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Those who want to know that a conversation has grown. */
final class Listeners {
    private static final Logger LOG = LoggerFactory.getLogger(Listeners.class);

    private final List<Consumer<String>> all = new CopyOnWriteArrayList<>();

    void add(Consumer<String> listener) {
        all.add(listener);
    }

    /** Tells everyone; what one of them throws keeps it from nobody else. */
    void appended(String conversation) {
        for (Consumer<String> listener : all) {
            try {
                listener.accept(conversation);
            } catch (RuntimeException e) {
                LOG.error("a listener failed; it was not told that conversation {} has grown", conversation, e);
            }
        }
    }
}
