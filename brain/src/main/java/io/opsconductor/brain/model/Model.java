package io.opsconductor.brain.model;

import java.time.Duration;

/** A language model somewhere: one question, one answer, no memory. Thread-safe. */
public interface Model extends AutoCloseable {
    /** How people know it: {@code qwen3:4b (ollama)}. */
    String described();

    /**
     * Asks once.
     *
     * @param atMost when to give up, the body of the answer included
     */
    ModelAnswer ask(ModelRequest request, Duration atMost);

    @Override
    void close();
}
