package io.opsconductor.runner.step;

/**
 * A command line as another account, by sudo. It says on its error output when it began, so that a refusal by sudo is told
 * apart from a command that failed, and a password is only ever sent to a question that carries the mark.
 */
public final class SudoLine {
    private static final String ASKS = "-asks:";
    private static final String BEGAN = "-began";

    private SudoLine() {}

    /**
     * The line under sudo.
     *
     * @param line for a POSIX shell
     * @param account whom it becomes
     * @param mark letters, digits and hyphens that the command's own output cannot hold by chance
     * @param asks whether sudo may ask for a password, which it then reads from the input; otherwise it must not ask
     */
    public static String of(String line, String account, String mark, boolean asks) {
        String who = account.equals("root") ? "" : "-u " + quoted(account) + " ";
        return (asks ? "sudo -k -S -p " + question(mark) + " " : "sudo -n ") + who + "-- sh -c "
                + quoted("echo " + mark + BEGAN + " >&2; " + line);
    }

    /** What sudo asks with. */
    static String question(String mark) {
        return mark + ASKS;
    }

    /** What the line says when it began. */
    static String began(String mark) {
        return mark + BEGAN + "\n";
    }

    private static String quoted(String text) {
        return text.matches("[A-Za-z0-9_./:@%+,-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
    }
}
