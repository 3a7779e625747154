package io.opsconductor.kit.log;

import org.slf4j.MDC;

/** Puts the conversation and the execution on every log line of this thread until closed. */
public final class LogContext implements AutoCloseable {
    private static final String CONVERSATION = "conversation";
    private static final String EXECUTION = "execution";

    private LogContext() {}

    /** Opens a context; an empty text stands for none. */
    public static LogContext of(String conversation, String execution) {
        MDC.put(CONVERSATION, conversation);
        MDC.put(EXECUTION, execution);
        return new LogContext();
    }

    @Override
    public void close() {
        MDC.remove(CONVERSATION);
        MDC.remove(EXECUTION);
    }
}
