package io.opsconductor.chat.terminal;

import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.ObjectWriter;
import io.opsconductor.chat.command.TimeOption;
import io.opsconductor.json.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.function.ToIntFunction;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code chat}: the conversation in a terminal, or one request of a script. */
@Command(
        name = "chat",
        sortOptions = false,
        description = {
            "Asks for operations in a terminal, over the same API as the page.",
            "",
            "Without TEXT it is a conversation: Ctrl-C cancels what runs, Ctrl-D leaves. With TEXT it asks once, shows"
                    + " the plan, and follows it to its end.",
            "",
            "At a terminal it asks before a plan runs. Without one it never asks: a plan is approved with --approve or"
                    + " --approve-as, denied with --deny, and otherwise shown and left waiting, with exit code 1."
        },
        footer = {
            "",
            "Exit codes: 0 answered or succeeded; 1 the answer is no (denied, failed, refused, or left waiting for an"
                    + " approval or an answer); 2 wrong usage; 3 it could not run (the chat does not answer).",
            "",
            "Examples:",
            "  chat \"check disk space on web-server-01\"",
            "  chat --user alice --approve-as bob \"restart nginx on web-server-01\"",
            "  chat --json --approve \"uptime of web-server-01\" | jq .type"
        })
public final class ChatCommand implements Callable<Integer> {
    private static final int COULD_NOT_RUN = 3;
    // The escapes of control characters alone would let other characters that steer a terminal through.
    private static final ObjectWriter ASCII_JSON =
            Json.mapper().writer().with(JsonWriteFeature.ESCAPE_NON_ASCII.mappedFeature());

    /** Where words go, and whether somebody is there to read and answer them. */
    record Surroundings(
            PrintWriter out,
            PrintWriter err,
            Map<String, String> environment,
            @Nullable Terminal terminal) {}

    private final Surroundings surroundings;

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(arity = "0..*", paramLabel = "TEXT", description = "What to ask for; without it, a conversation.")
    private List<String> words = List.of();

    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "Where the chat is (default: $OPSCONDUCTOR_CHAT_URL, else http://localhost:3005).")
    private @Nullable URI url;

    @Option(
            names = "--user",
            paramLabel = "NAME",
            description = "Who asks (default: $USER if the chat knows that name, else the first one it knows).")
    private @Nullable String user;

    @Option(names = "--conversation", paramLabel = "ID", description = "Go on in this conversation.")
    private @Nullable String conversation;

    @Option(names = "--approve", description = "Approve the plan that is shown, as the one who asks.")
    private boolean approve;

    @Option(
            names = "--approve-as",
            paramLabel = "NAME",
            split = ",",
            description = "Approve it as somebody else; several names when several people must approve.")
    private List<String> approveAs = List.of();

    @Option(names = "--deny", description = "Deny the plan that is shown (as the one named by --approve-as, if any).")
    private boolean deny;

    @Option(
            names = "--reason",
            paramLabel = "TEXT",
            description = "Why, with --deny; everybody in the conversation sees it.")
    private String reason = "";

    @Option(names = "--json", description = "Print the conversation's events as JSON, one a line. Asks nothing.")
    private boolean json;

    @Option(
            names = "--unless-standby",
            description = "Ask nothing, with exit code 0, where this chatbot stands by for another one that works: for"
                    + " asking each of several, of which one answers.")
    private boolean unlessStandby;

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            defaultValue = "10m",
            converter = TimeOption.class,
            description = "How long to wait for the end, such as 30s, 10m or 2h (default: ${DEFAULT-VALUE}).")
    private Duration timeout = Duration.ofMinutes(10);

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this and exit.")
    @SuppressWarnings("unused") // Read by picocli.
    private boolean help;

    ChatCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    public static void main(String[] args) throws IOException {
        System.exit(inProcess(surroundings -> run(surroundings, args)));
    }

    /** Runs a command in the surroundings of this process, at its terminal if it has one; the command's exit code. */
    static int inProcess(ToIntFunction<Surroundings> command) throws IOException {
        boolean interactive = isAtTerminal();
        PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        // In this process and by foreign functions: the other ways of JLine load a library or start programs.
        try (Terminal terminal = interactive
                ? TerminalBuilder.builder().provider("ffm").system(true).build()
                : null) {
            PrintWriter words = terminal == null ? out : terminal.writer();
            int exitCode = command.applyAsInt(new Surroundings(words, err, System.getenv(), terminal));
            words.flush();
            return exitCode;
        }
    }

    @SuppressWarnings("SystemConsoleNull") // JDK 25 went back to null when input or output is not a terminal.
    private static boolean isAtTerminal() {
        return System.console() != null && System.console().isTerminal();
    }

    /** Runs the command; the exit code as in its help. */
    static int run(Surroundings surroundings, String... args) {
        return new CommandLine(new ChatCommand(surroundings))
                .setOut(surroundings.out())
                .setErr(surroundings.err())
                .setParameterExceptionHandler((e, wrong) -> {
                    surroundings.err().println("chat: " + Style.line(String.valueOf(e.getMessage())));
                    surroundings.err().println("chat --help lists the options.");
                    return 2;
                })
                .setExecutionExceptionHandler((e, command, parsed) -> {
                    surroundings.err().println("chat: " + Style.line(String.valueOf(e.getMessage())));
                    return COULD_NOT_RUN;
                })
                .execute(args);
    }

    @Override
    public Integer call() {
        check();
        URI address = address();
        try (ChatClient client = new ChatClient(address)) {
            if (unlessStandby && client.standsBy()) {
                surroundings.err().println(Style.line(address + " stands by for another chatbot, which works."));
                return 0;
            }
            String name = user != null ? user : knownUser(client);
            return words.isEmpty() ? converse(client, name) : once(client, name, String.join(" ", words));
        } catch (CouldNotRunException e) {
            surroundings.err().println("chat: " + e.getMessage() + ".");
            surroundings.err().println(e.nextStep());
            return COULD_NOT_RUN;
        } catch (CancellationException e) {
            return 1;
        }
    }

    private void check() {
        if (deny && approve) {
            throw wrong("--approve and --deny exclude each other");
        }
        if (!reason.isEmpty() && !deny) {
            throw wrong("--reason says why a plan is denied: add --deny");
        }
        if (words.isEmpty() && (surroundings.terminal() == null || json)) {
            throw wrong("say what to ask for, such as: chat \"check disk space on web-server-01\""
                    + " (a conversation needs a terminal and no --json)");
        }
        if (words.isEmpty() && (approve || deny || !approveAs.isEmpty())) {
            throw wrong("--approve, --approve-as and --deny belong to one request: add its TEXT");
        }
    }

    private URI address() {
        String text = surroundings.environment().getOrDefault("OPSCONDUCTOR_CHAT_URL", "http://localhost:3005");
        try {
            URI address = url != null ? url : URI.create(text);
            if (address.getHost() != null && List.of("http", "https").contains(address.getScheme())) {
                return address;
            }
            text = address.toString();
        } catch (IllegalArgumentException e) {
            throw wrong(text + " is not an address: " + e.getMessage());
        }
        throw wrong(text + " is not an address of a chat; expected something like http://localhost:3005");
    }

    private ParameterException wrong(String message) {
        return new ParameterException(Objects.requireNonNull(spec).commandLine(), message);
    }

    private String knownUser(ChatClient client) {
        List<String> known = client.users().stream().map(ChatClient.User::name).toList();
        String login = surroundings.environment().getOrDefault("USER", "");
        if (known.contains(login)) {
            return login;
        }
        if (known.isEmpty()) {
            throw wrong("the chat knows no users by name: say who you are with --user NAME");
        }
        return known.getFirst();
    }

    private int once(ChatClient client, String name, String text) {
        Terminal terminal = json ? null : surroundings.terminal();
        Screen screen = screen(terminal);
        Person.Decision decision = Unattended.ofOptions(approve, deny, approveAs, name, reason);
        LineReader reader = terminal == null ? null : reader(terminal).build();
        Person person = terminal == null || reader == null
                ? new Unattended(screen, decision)
                : new AtTerminal(terminal, reader, screen, decision, name);
        Exchange exchange = new Exchange(client, listener(screen), screen, person, conversation);
        exchange.skipHistory();
        Instant deadline = Instant.now().plus(timeout);
        Ending ending = exchange.say(name, text, deadline);
        while (reader != null && ending.question()) {
            String answer = ask(reader, ending);
            if (answer == null) {
                return 1;
            }
            ending = exchange.say(name, answer, deadline);
        }
        if (ending.question()) {
            screen.print("Answer it with: ./opsconductor chat --user " + Style.line(name) + " --conversation "
                    + Style.line(String.valueOf(exchange.conversation()))
                    + " \""
                    + (ending.choices().isEmpty()
                            ? "..."
                            : Style.line(ending.choices().getFirst().reply()))
                    + "\"");
        }
        return ending.exitCode();
    }

    private static @Nullable String ask(LineReader reader, Ending ending) {
        try {
            String line = reader.readLine(ending.choices().isEmpty() ? "> " : "Number or text> ")
                    .strip();
            return line.isEmpty() ? null : Dialogue.chosen(line, ending.choices());
        } catch (UserInterruptException | EndOfFileException e) {
            return null;
        }
    }

    private int converse(ChatClient client, String name) {
        Terminal terminal = Objects.requireNonNull(surroundings.terminal());
        client.users(); // Says at once, and not after the first sentence, that nothing answers.
        Screen screen = screen(terminal);
        LineReaderBuilder builder = reader(terminal);
        String home = surroundings.environment().get("OPSCONDUCTOR_HOME");
        if (home != null) {
            builder.variable(LineReader.HISTORY_FILE, Path.of(home, "chat-history"));
        }
        LineReader reader = builder.build();
        AtTerminal person = new AtTerminal(terminal, reader, screen, new Person.Decision.Leave(), name);
        Exchange exchange = new Exchange(client, listener(screen), screen, person, conversation);
        new Dialogue(reader, screen, exchange, person, timeout, name).run();
        return 0;
    }

    private static LineReaderBuilder reader(Terminal terminal) {
        // An exclamation mark is part of what somebody says, not a command to the line editor.
        return LineReaderBuilder.builder().terminal(terminal).option(LineReader.Option.DISABLE_EVENT_EXPANSION, true);
    }

    private Screen screen(@Nullable Terminal terminal) {
        boolean coloured = terminal != null
                && !Terminal.TYPE_DUMB.equals(terminal.getType())
                && !surroundings.environment().containsKey("NO_COLOR");
        // With --json standard output is for programs alone.
        PrintWriter words = json ? surroundings.err() : surroundings.out();
        return new Screen(words, coloured ? Style.COLOURED : Style.PLAIN, terminal != null);
    }

    private Exchange.Listener listener(Screen screen) {
        if (!json) {
            return (received, own) -> screen.show(received.event(), own);
        }
        return (received, own) -> {
            try {
                surroundings.out().println(ASCII_JSON.writeValueAsString(received.json()));
                surroundings.out().flush();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        };
    }
}
