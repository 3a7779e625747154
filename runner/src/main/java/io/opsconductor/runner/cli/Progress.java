package io.opsconductor.runner.cli;

import io.opsconductor.runner.step.Condition;
import java.io.Console;
import java.io.PrintWriter;
import java.util.function.Consumer;

/** One line that counts, for somebody who watches; a file or a pipe gets none of it. */
final class Progress implements Consumer<Condition> {
    private final PrintWriter err;
    private final int total;
    private int done;
    private int notWell;

    private Progress(PrintWriter err, int total) {
        this.err = err;
        this.total = total;
    }

    // NullAway knows only that the console was null for pipes before JDK 22.
    @SuppressWarnings("SystemConsoleNull")
    static Consumer<Condition> on(PrintWriter err, int total) {
        Console console = System.console();
        return console != null && console.isTerminal() ? new Progress(err, total) : condition -> {};
    }

    @Override
    public void accept(Condition condition) {
        done++;
        notWell += condition.isWell() ? 0 : 1;
        // Back to the line's beginning, and over what stood there.
        err.print("\r\u001B[K" + (done < total ? done + " of " + total + " checked, " + notWell + " not well" : ""));
        err.flush();
    }
}
