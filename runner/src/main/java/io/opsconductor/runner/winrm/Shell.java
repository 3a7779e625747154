package io.opsconductor.runner.winrm;

import io.opsconductor.runner.winrm.Session.Fault;
import io.opsconductor.runner.winrm.WinRmException.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;

/**
 * A shell at the service, and the one command in it. The service ends a shell, with all that runs in it, that nobody asked
 * about for three minutes; so what cannot be ended from here ends by itself.
 */
public final class Shell {
    /** How much input goes in one message; well below what a service takes. */
    private static final int INPUT_PIECE_BYTES = 64 * 1024;

    /** For messages that the service answers at once. */
    private static final Duration PROMPT = Duration.ofSeconds(20);

    /** How long one question for output waits when there is none. */
    private static final Duration OUTPUT_WAIT = Duration.ofSeconds(20);

    private static final String IDLE_LIMIT = "PT180S";
    private static final String TERMINATE = Envelope.SHELL + "/signal/terminate";

    private final String id;

    private Shell(String id) {
        this.id = id;
    }

    /**
     * How far the command is.
     *
     * @param exitCode its exit code, once it has ended
     */
    public record Progress(boolean ended, OptionalInt exitCode) {}

    /** Told about output, in the order in which it came; a character may continue in the next piece. */
    public interface Streams {
        void stdout(byte[] piece);

        void stderr(byte[] piece);
    }

    /**
     * Opens a shell whose programs write UTF-8.
     *
     * @param limit for its creation
     */
    public static Shell create(Session session, Duration limit) throws WinRmException, IOException {
        Element answer = said(
                session,
                Envelope.of(Envelope.TRANSFER + "/Create")
                        .option("WINRS_NOPROFILE", "FALSE")
                        .option("WINRS_CODEPAGE", "65001")
                        .body("<rsp:Shell><rsp:InputStreams>stdin</rsp:InputStreams>"
                                + "<rsp:OutputStreams>stdout stderr</rsp:OutputStreams><rsp:IdleTimeOut>" + IDLE_LIMIT
                                + "</rsp:IdleTimeOut></rsp:Shell>"),
                limit);
        String id = Xml.all(answer, Envelope.WSMAN, "Selector").stream()
                .filter(selector -> selector.getAttribute("Name").equals("ShellId"))
                .map(Xml::text)
                .findFirst()
                .or(() -> Xml.first(answer, Envelope.SHELL, "ShellId").map(Xml::text))
                .orElse("");
        return new Shell(identifier(id, "a shell"));
    }

    /**
     * Starts the command; a failure of the connection leaves open whether it did.
     *
     * @param line what the command interpreter gets
     * @param input whether input follows, to be sent by {@link #send}; otherwise its input is an empty console
     * @return the command's id
     */
    public String start(Session session, String line, boolean input) throws WinRmException, IOException {
        Element answer = said(
                session,
                Envelope.of(Envelope.SHELL + "/Command")
                        .shell(id)
                        .option("WINRS_CONSOLEMODE_STDIN", input ? "FALSE" : "TRUE")
                        .option("WINRS_SKIP_CMD_SHELL", "FALSE")
                        .body("<rsp:CommandLine><rsp:Command>" + Xml.escape(line) + "</rsp:Command></rsp:CommandLine>"),
                PROMPT);
        return identifier(
                Xml.first(answer, Envelope.SHELL, "CommandId").map(Xml::text).orElse(""), "a command");
    }

    /** Sends the command's whole input, in ASCII, and its end. */
    public void send(Session session, String command, String input) throws WinRmException, IOException {
        byte[] bytes = input.getBytes(StandardCharsets.US_ASCII);
        int at = 0;
        do {
            int to = Math.min(bytes.length, at + INPUT_PIECE_BYTES);
            String piece = Base64.getEncoder().encodeToString(Arrays.copyOfRange(bytes, at, to));
            said(
                    session,
                    Envelope.of(Envelope.SHELL + "/Send")
                            .shell(id)
                            .body("<rsp:Send><rsp:Stream Name=\"stdin\" CommandId=\"" + Xml.escape(command) + "\""
                                    + (to == bytes.length ? " End=\"true\"" : "") + ">" + piece
                                    + "</rsp:Stream></rsp:Send>"),
                    PROMPT);
            at = to;
        } while (at < bytes.length);
    }

    /** Waits for output or the end, for some seconds; there may be none. */
    public Progress receive(Session session, String command, Streams streams) throws WinRmException, IOException {
        try {
            return progress(
                    session.ask(
                            Envelope.of(Envelope.SHELL + "/Receive")
                                    .shell(id)
                                    .body("<rsp:Receive><rsp:DesiredStream CommandId=\"" + Xml.escape(command)
                                            + "\">stdout stderr</rsp:DesiredStream></rsp:Receive>"),
                            OUTPUT_WAIT),
                    streams);
        } catch (Fault e) {
            if (e.fault().isTimeOut()) {
                return new Progress(false, OptionalInt.empty());
            }
            throw e.fault().exception();
        }
    }

    private static Progress progress(Element answer, Streams streams) throws WinRmException {
        for (Element stream : Xml.all(answer, Envelope.SHELL, "Stream")) {
            String name = stream.getAttribute("Name");
            String text = Xml.text(stream);
            if (name.equals("stdout")) {
                streams.stdout(bytes(text));
            } else if (name.equals("stderr")) {
                streams.stderr(bytes(text));
            }
        }
        Element state = Xml.first(answer, Envelope.SHELL, "CommandState").orElse(null);
        boolean ended = state != null && state.getAttribute("State").endsWith("/Done");
        return new Progress(ended, exitCode(state));
    }

    private static byte[] bytes(String base64) throws WinRmException {
        try {
            return Base64.getMimeDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw new WinRmException(Kind.GARBAGE, "output that is not in base64", e);
        }
    }

    private static OptionalInt exitCode(@Nullable Element state) throws WinRmException {
        String code = state == null
                ? ""
                : Xml.first(state, Envelope.SHELL, "ExitCode").map(Xml::text).orElse("");
        if (code.isEmpty()) {
            return OptionalInt.empty();
        }
        if (!code.matches("-?[0-9]{1,10}")) {
            throw new WinRmException(Kind.GARBAGE, "an exit code that is no number");
        }
        // Windows counts them without a sign, and its own tools show them with one.
        return OptionalInt.of((int) Long.parseLong(code));
    }

    /** Ends the command; returns normally when the service says that it did, or has no such command any more. */
    public void terminate(Session session, String command) throws WinRmException, IOException {
        gone(
                session,
                Envelope.of(Envelope.SHELL + "/Signal")
                        .shell(id)
                        .body("<rsp:Signal CommandId=\"" + Xml.escape(command) + "\"><rsp:Code>" + TERMINATE
                                + "</rsp:Code></rsp:Signal>"));
    }

    /** Ends the shell with everything in it; returns normally when the service says that it did, or has none any more. */
    public void delete(Session session) throws WinRmException, IOException {
        gone(session, Envelope.of(Envelope.TRANSFER + "/Delete").shell(id));
    }

    private static void gone(Session session, Envelope message) throws WinRmException, IOException {
        try {
            session.ask(message, PROMPT);
        } catch (Fault e) {
            if (!e.fault().isUnknownShell()) {
                throw e.fault().exception();
            }
        }
    }

    private static Element said(Session session, Envelope message, Duration limit) throws WinRmException, IOException {
        try {
            return session.ask(message, limit);
        } catch (Fault e) {
            throw e.fault().exception();
        }
    }

    private static String identifier(String id, String what) throws WinRmException {
        if (!id.matches("[A-Za-z0-9-]{1,64}")) {
            throw new WinRmException(Kind.GARBAGE, what + " without an identifier");
        }
        return id;
    }
}
