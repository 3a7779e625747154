package io.opsconductor.kit.log;

import org.slf4j.bridge.SLF4JBridgeHandler;

/** Starts logging for a process; called first in its Main. */
public final class Logs {
    private Logs() {}

    /** Names the process on every line and takes over what libraries write to java.util.logging. */
    public static void start(String process) {
        System.setProperty("opsconductor.process", process);
        SLF4JBridgeHandler.removeHandlersForRootLogger();
        SLF4JBridgeHandler.install();
    }
}
