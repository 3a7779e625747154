package io.opsconductor.chat;

import io.opsconductor.chat.web.LocalChat;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A chatbot that is up. */
public final class Chatbot implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Chatbot.class);

    private final LocalChat chat;
    private final List<AutoCloseable> parts;
    private final CountDownLatch replaced = new CountDownLatch(1);

    /** @param parts what to close besides the chat, in this order */
    Chatbot(LocalChat chat, List<AutoCloseable> parts) {
        this.chat = chat;
        this.parts = List.copyOf(parts);
    }

    /** The port of the page and the chat API. */
    public int port() {
        return chat.port();
    }

    /** Another one has the store by now: this one can store nothing, and so does nothing any more. */
    void replaced() {
        replaced.countDown();
    }

    /** Returns when another one has the store, and not before. */
    void awaitReplaced() throws InterruptedException {
        replaced.await();
    }

    /** Takes nothing more, finishes what is being answered, and closes; what is open goes on at the next start. */
    @Override
    public void close() {
        closed(chat);
        parts.forEach(Chatbot::closed);
        LOG.info("chatbot stopped");
    }

    private static void closed(AutoCloseable part) {
        try {
            part.close();
        } catch (Exception e) {
            LOG.warn("{} did not close in order", part.getClass().getSimpleName(), e);
        }
    }
}
