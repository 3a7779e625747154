package io.opsconductor.chat.command;

import java.io.PrintWriter;

/** What a check found, said as it is found. */
public final class Findings {
    private final PrintWriter out;
    private boolean wrong;
    private boolean unreachable;

    public Findings(PrintWriter out) {
        this.out = out;
    }

    public void right(String what) {
        out.println("ok       " + what);
    }

    /** Something that works and could be better. */
    public void note(String what, String remedy) {
        out.println("note     " + what);
        out.println("         " + remedy);
    }

    public void wrong(String what, String remedy) {
        wrong = true;
        out.println("MISSING  " + what);
        out.println("         " + remedy);
    }

    public void unreachable(String what, String remedy) {
        unreachable = true;
        out.println("UNKNOWN  " + what);
        out.println("         " + remedy);
    }

    /** 0 when all is right, 1 when something is not, 3 when it could not be found out. */
    public int exitCode() {
        if (wrong) {
            return 1;
        }
        return unreachable ? 3 : 0;
    }
}
