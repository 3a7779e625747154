package io.opsconductor.runner.step;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.apache.sshd.server.Environment;
import org.apache.sshd.server.ExitCallback;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.command.Command;

/**
 * The command line of a device on a terminal: it echoes what is typed, shows so many lines and then waits, has modes, and
 * refuses what it does not know in its family's words.
 */
class SimulatedDevice implements Command {
    private static final int PAGE = 24;
    private static final char INTERRUPT = 3;

    private final Family family;
    private final boolean turnsPagingOff;
    private InputStream in = InputStream.nullInputStream();
    private OutputStream out = OutputStream.nullOutputStream();
    private ExitCallback exit = (value, message, closeImmediately) -> {};
    private String mode = "";
    private boolean paging = true;
    private final List<String> known;
    private final List<String> output;
    private int at;

    enum Family {
        IOS("sw1", "#", " --More-- ", "\b\b\b\b\b\b\b\b\b\b          \b\b\b\b\b\b\b\b\b\b"),
        JUNOS("ops@router1", "> ", "---(more)---", "\r                \r");

        private final String name;
        private final String end;
        private final String more;
        private final String wipe;

        Family(String name, String end, String more, String wipe) {
            this.name = name;
            this.end = end;
            this.more = more;
            this.wipe = wipe;
        }
    }

    /** @param turnsPagingOff whether it knows the command for that */
    SimulatedDevice(Family family, boolean turnsPagingOff) {
        this(family, turnsPagingOff, List.of(), List.of());
    }

    /**
     * @param known the only lines that it does not refuse, beside those about its modes, in the order in which they must come
     * @param output what it answers to the last of them
     */
    SimulatedDevice(Family family, boolean turnsPagingOff, List<String> known, List<String> output) {
        this.family = family;
        this.turnsPagingOff = turnsPagingOff;
        this.known = known;
        this.output = output;
    }

    @Override
    public void setInputStream(InputStream in) {
        this.in = in;
    }

    @Override
    public void setOutputStream(OutputStream out) {
        this.out = out;
    }

    @Override
    public void setErrorStream(OutputStream err) {}

    @Override
    public void setExitCallback(ExitCallback callback) {
        this.exit = callback;
    }

    @Override
    public void start(ChannelSession channel, Environment env) {
        Thread.ofVirtual().start(() -> {
            try {
                if (!hasTerminal(env)) {
                    say("% A terminal is needed.\r\n");
                    exit.onExit(1);
                    return;
                }
                say(family == Family.IOS ? "\r\nAuthorised use only.\r\n\r\n" : "--- JUNOS 21.4R3 Kernel 64-bit\r\n");
                prompt();
                StringBuilder line = new StringBuilder();
                for (int c = in.read(); c >= 0; c = in.read()) {
                    if (c == INTERRUPT) {
                        say("^C\r\n");
                        line.setLength(0);
                        prompt();
                    } else if (c == '\r' || c == '\n') {
                        say("\r\n");
                        String typed = line.toString().strip();
                        line.setLength(0);
                        if (!run(typed)) {
                            break;
                        }
                    } else {
                        line.append((char) c);
                        say(String.valueOf((char) c));
                    }
                }
                exit.onExit(0);
            } catch (IOException e) {
                exit.onExit(1, e.toString());
            }
        });
    }

    /** Whether a terminal was asked for, wide enough to break no line. */
    private static boolean hasTerminal(Environment env) {
        return !env.getEnv().getOrDefault(Environment.ENV_TERM, "").isEmpty()
                && Integer.parseInt(env.getEnv().getOrDefault(Environment.ENV_COLUMNS, "0")) >= 200;
    }

    /** False when the session ends. */
    private boolean run(String typed) throws IOException {
        if (!known.isEmpty()) {
            script(typed);
            prompt();
            return true;
        }
        switch (typed) {
            case "" -> {}
            case "terminal length 0", "set cli screen-length 0" -> {
                if (turnsPagingOff && typed.startsWith("terminal") == (family == Family.IOS)) {
                    paging = false;
                    say(family == Family.IOS ? "" : "Screen length set to 0\r\n");
                } else {
                    refuse();
                }
            }
            case "show version" -> show(List.of(family.name + " Software, Version 17.3", "uptime is 5 weeks"));
            case "show interfaces" ->
                show(IntStream.rangeClosed(1, 60)
                        .mapToObj(i -> "GigabitEthernet1/0/" + i + " is up")
                        .toList());
            case "show tech" -> {
                return endless();
            }
            case "show secret" -> show(List.of("enable password correct-horse", "end"));
            case "show colours" -> show(List.of("\u001B[31mred\u001B[0m and plain"));
            case "configure terminal" -> mode = "(config)";
            case "interface GigabitEthernet1/0/1" -> mode = "(config-if)";
            case "shutdown" -> {
                if (!mode.equals("(config-if)")) {
                    refuse();
                }
            }
            case "end" -> mode = "";
            case "reload" -> {
                say("Proceed with reload? [confirm]");
                return true;
            }
            case "exit" -> {
                return false;
            }
            default -> refuse();
        }
        prompt();
        return true;
    }

    private void script(String typed) throws IOException {
        if (typed.isEmpty()) {
            return;
        }
        if (at >= known.size() || !typed.equals(known.get(at))) {
            refuse();
            return;
        }
        at++;
        mode = typed.equals("configure terminal")
                ? "(config)"
                : typed.startsWith("interface ") ? "(config-if)" : typed.equals("end") ? "" : mode;
        if (at == known.size()) {
            show(output);
        }
    }

    /** Writes until it is interrupted. */
    private boolean endless() throws IOException {
        while (in.available() == 0) {
            say("still working\r\n");
            // At a device's pace: a line a millisecond.
            LockSupport.parkNanos(1_000_000);
        }
        return true;
    }

    private void show(List<String> lines) throws IOException {
        int shown = 0;
        for (String line : lines) {
            if (paging && shown == PAGE) {
                say(family.more);
                int c = in.read();
                say(family.wipe);
                if (c != ' ') {
                    return;
                }
                shown = 0;
            }
            say(line + "\r\n");
            shown++;
        }
    }

    private void refuse() throws IOException {
        say(
                family == Family.IOS
                        ? "             ^\r\n% Invalid input detected at '^' marker.\r\n\r\n"
                        : "                 ^\r\nsyntax error, expecting <command>.\r\n\r\n");
    }

    void prompt() throws IOException {
        say(family.name + mode + family.end);
    }

    private void say(String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    @Override
    public void destroy(ChannelSession channel) {}
}
