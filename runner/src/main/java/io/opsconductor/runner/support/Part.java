package io.opsconductor.runner.support;

/**
 * One file of the archive.
 *
 * @param name with slashes, such as {@code logs/runner.log}
 * @param text makes what it says; where that fails, the reason is what it says
 */
record Part(String name, Text text) {
    /** Makes a text when it is needed. */
    @FunctionalInterface
    interface Text {
        String get() throws Exception;
    }
}
