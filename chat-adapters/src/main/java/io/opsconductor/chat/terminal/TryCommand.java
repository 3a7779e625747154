package io.opsconductor.chat.terminal;

import io.opsconductor.json.Json;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tools try}: one tool with just these values, asked for in the chat like everything else. */
@Command(
        name = "try",
        sortOptions = false,
        description = {
            "Tries a tool with values of your choice, by the chat that is running: shows the command as it would run, and"
                    + " runs it when it is approved. The policy decides who must approve, as for every request."
        },
        footer = {
            "",
            "Exit codes: as of chat. 0 succeeded; 1 the answer is no (refused, denied, failed, left waiting); 2 wrong"
                    + " usage; 3 it could not run (the chat does not answer).",
            "",
            "Examples:",
            "  tools try check_disk_space --target web-server-01",
            "  tools try tail_log path=/var/log/syslog lines=20 --target web-server-01,web-server-02",
            "  tools try tail_log path=/var/log/syslog --target web-server-01 --user alice --approve"
        })
public final class TryCommand implements Callable<Integer> {
    private static final Pattern VALUE = Pattern.compile("([a-z][a-z0-9_]*)=(.*)", Pattern.DOTALL);
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,63}");
    private static final Pattern TARGET = Pattern.compile("[^\\s,]+");

    private final ChatCommand.Surroundings surroundings;

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(index = "0", paramLabel = "NAME", description = "The tool's name.")
    private String name = "";

    @Parameters(
            index = "1..*",
            arity = "0..*",
            paramLabel = "KEY=VALUE",
            description = "Its values; those left out have their defaults.")
    private List<String> values = List.of();

    @Option(
            names = "--target",
            paramLabel = "TARGET",
            split = ",",
            description = "Where: targets or groups of the inventory. May be repeated.")
    private List<String> targets = List.of();

    @Option(names = "--url", paramLabel = "URL", description = "Where the chat is, as of chat.")
    private @Nullable URI url;

    @Option(names = "--user", paramLabel = "NAME", description = "Who asks, as of chat.")
    private @Nullable String user;

    @Option(names = "--approve", description = "Approve the plan that is shown, as the one who asks.")
    private boolean approve;

    @Option(names = "--approve-as", paramLabel = "NAME", description = "Approve it as somebody else, as of chat.")
    private @Nullable String approveAs;

    @Option(names = "--json", description = "Print the conversation's events as JSON, one a line. Asks nothing.")
    private boolean json;

    @Option(names = "--timeout", paramLabel = "TIME", description = "How long to wait for the end, as of chat.")
    private @Nullable String timeout;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this and exit.")
    @SuppressWarnings("unused") // Read by picocli.
    private boolean help;

    TryCommand(ChatCommand.Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    public static void main(String[] args) throws IOException {
        System.exit(ChatCommand.inProcess(surroundings -> run(surroundings, args)));
    }

    /** Runs the command; the exit code as in its help. */
    static int run(ChatCommand.Surroundings surroundings, String... args) {
        return new CommandLine(new TryCommand(surroundings))
                .setOut(surroundings.out())
                .setErr(surroundings.err())
                .setParameterExceptionHandler((e, wrong) -> {
                    surroundings.err().println("tools try: " + Style.line(String.valueOf(e.getMessage())));
                    surroundings.err().println("tools try --help lists the options.");
                    return 2;
                })
                .execute(args);
    }

    @Override
    public Integer call() {
        List<String> chat = new ArrayList<>();
        option(chat, "--url", url);
        option(chat, "--user", user);
        option(chat, "--approve-as", approveAs);
        option(chat, "--timeout", timeout);
        if (approve) {
            chat.add("--approve");
        }
        if (json) {
            chat.add("--json");
        }
        chat.add("--");
        chat.add(request());
        return ChatCommand.run(surroundings, chat.toArray(String[]::new));
    }

    private static void option(List<String> chat, String option, @Nullable Object value) {
        if (value != null) {
            chat.add(option);
            chat.add(value.toString());
        }
    }

    /** The request as the chat reads it without understanding anything. */
    private String request() {
        if (!NAME.matcher(name).matches()) {
            throw wrong("\"" + name + "\" is no tool's name; ./opsconductor tools list lists them");
        }
        StringBuilder request = new StringBuilder("tool: ").append(name);
        for (String written : values) {
            Matcher value = VALUE.matcher(written);
            if (!value.matches()) {
                throw wrong("expected KEY=VALUE, found \"" + written + "\"");
            }
            request.append(' ').append(value.group(1)).append('=').append(Json.write(value.group(2)));
        }
        for (String target : targets) {
            if (!TARGET.matcher(target).matches()) {
                throw wrong("\"" + target + "\" is no target's name");
            }
        }
        return targets.isEmpty()
                ? request.toString()
                : request.append(" on ").append(String.join(", ", targets)).toString();
    }

    private ParameterException wrong(String message) {
        return new ParameterException(Objects.requireNonNull(spec).commandLine(), message);
    }
}
