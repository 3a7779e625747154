package io.opsconductor.runner.guard;

import java.io.IOException;

/** What no class outside of the step package may do; here to show that the rule sees it. */
final class StartsAProcess {
    private StartsAProcess() {}

    static Process start() throws IOException {
        return new ProcessBuilder("true").start();
    }

    static Process startOtherwise() throws IOException {
        return Runtime.getRuntime().exec(new String[] {"true"});
    }

    static Class<?> load(String name) throws ClassNotFoundException {
        return Class.forName(name);
    }
}
