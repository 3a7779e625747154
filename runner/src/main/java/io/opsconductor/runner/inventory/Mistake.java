package io.opsconductor.runner.inventory;

/** Reports what is wrong at one place of a file. */
@FunctionalInterface
interface Mistake {
    /**
     * Reports it.
     *
     * @param message what was expected and found
     * @param fix what to do; empty when the message says it
     */
    void report(String message, String fix);
}
