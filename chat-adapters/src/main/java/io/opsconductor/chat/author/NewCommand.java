package io.opsconductor.chat.author;

import io.opsconductor.chat.command.Surroundings;
import io.opsconductor.plan.Effect;
import io.opsconductor.tool.ExecutionMethod;
import io.opsconductor.tool.Lint;
import io.opsconductor.tool.ToolFileParser;
import io.opsconductor.tool.ToolLibrary;
import io.opsconductor.yaml.Finding;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code tools new}: a tool file from a few answers, or from options. */
@Command(
        name = "new",
        sortOptions = false,
        description = {
            "Writes a tool file, and says what could be better about it. At a terminal it asks for whatever no option says;"
                    + " otherwise the name, --description, --method and --command must be given. A file with mistakes is"
                    + " not written, and none that is there is overwritten."
        },
        footer = {
            "",
            "Exit codes: 0 written; 1 not written, because it would have mistakes or is there already; 2 wrong usage; 3 it"
                    + " could not be written.",
            "",
            "Examples:",
            "  tools new",
            "  tools new who --description \"Show who is logged in on a machine.\" --effect read --method ssh \\",
            "      --command who --example \"who is logged in on web-server-01\"",
            "  tools new big_files --method ssh --effect read --description \"Find the largest files below a folder.\" \\",
            "      --command \"find {path} -xdev -type f -size +100M\" \\",
            "      --parameter '{name: path, type: path, required: true, description: \"The folder to search\"}'"
        })
final class NewCommand implements Callable<Integer> {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,63}");
    private static final Pattern TIME = Pattern.compile("[1-9]\\d{0,3}[smh]");
    private static final Pattern PLACE = Pattern.compile("(?<![{$%])\\{([a-z][a-z0-9_]*)}(?!})");
    private static final Pattern DECLARED = Pattern.compile("\\bname:\\s*\"?([a-z][a-z0-9_]*)");

    @Spec
    private @Nullable CommandSpec spec;

    @ParentCommand
    private @Nullable AuthorCommand parent;

    @Parameters(arity = "0..1", paramLabel = "NAME", description = "The tool's name, such as find_large_files.")
    private String name = "";

    @Option(names = "--description", paramLabel = "TEXT", description = "What it shows or does, in a sentence.")
    private String description = "";

    @Option(names = "--method", paramLabel = "METHOD", description = "ssh, local-command, winrm, http or database.")
    private String method = "";

    @Option(
            names = "--command",
            paramLabel = "TEXT",
            description =
                    "What runs, with {name} where a value belongs: a command line; for winrm PowerShell; for database a"
                            + " statement; for http a method and a path, such as \"GET /health\".")
    private String command = "";

    @Option(
            names = "--effect",
            paramLabel = "EFFECT",
            description = "read (looks only), change (default) or destroy (cannot be undone).")
    private String effect = "";

    @Option(
            names = "--parameter",
            paramLabel = "MAPPING",
            description =
                    "A value that it takes, as in a tool file, such as '{name: count, type: integer, default: 10, min: 1,"
                            + " max: 100, description: \"How many\"}'. May be repeated.")
    private List<String> parameters = List.of();

    @Option(
            names = "--example",
            paramLabel = "TEXT",
            description = "A request as somebody would write it; at least four, better eight. May be repeated.")
    private List<String> examples = List.of();

    @Option(
            names = "--platform",
            paramLabel = "NAME",
            description = "What it works on (default: linux for ssh, windows for winrm, else any).")
    private String platform = "";

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            description = "The limit of one run, such as 30s or 5m (default: 30s).")
    private String timeout = "";

    @Option(names = "--folder", paramLabel = "DIR", description = "Where the file goes (default: ${DEFAULT-VALUE}).")
    private Path folder = Path.of("my-tools");

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this and exit.")
    @SuppressWarnings("unused") // Read by picocli.
    private boolean help;

    @Override
    public Integer call() throws IOException {
        AuthorCommand author = Objects.requireNonNull(parent);
        Surroundings surroundings = author.surroundings();
        BufferedReader answers = author.answers().orElse(null);
        if (answers == null) {
            demandAll();
        }
        checkWords();
        try {
            return write(author, surroundings.out(), answers == null ? null : new Asking(answers, surroundings.out()));
        } catch (Asking.EndedException e) {
            surroundings.err().println("tools: " + e.getMessage());
            return 1;
        }
    }

    private void demandAll() {
        List<String> missing = new ArrayList<>();
        List.of(
                        List.of("NAME", name),
                        List.of("--description", description),
                        List.of("--method", method),
                        List.of("--command", command))
                .stream()
                .filter(option -> option.getLast().isBlank())
                .forEach(option -> missing.add(option.getFirst()));
        if (!missing.isEmpty()) {
            throw wrong("nobody is there to be asked, so these are needed: " + String.join(", ", missing));
        }
    }

    private void checkWords() {
        if (!name.isEmpty() && !NAME.matcher(name).matches()) {
            throw wrong(
                    "NAME: expected lower-case letters, digits and _, beginning with a letter, found \"" + name + "\"");
        }
        if (!method.isEmpty() && !methods().contains(method)) {
            throw wrong("--method: expected one of " + String.join(", ", methods()) + ", found \"" + method + "\"");
        }
        if (!effect.isEmpty() && !effects().contains(effect)) {
            throw wrong("--effect: expected one of " + String.join(", ", effects()) + ", found \"" + effect + "\"");
        }
        if (!timeout.isEmpty() && !TIME.matcher(timeout).matches()) {
            throw wrong("--timeout: expected such as 30s or 5m, found \"" + timeout + "\"");
        }
        if (parameters.stream().anyMatch(parameter -> parameter.lines().count() > 1)) {
            throw wrong("--parameter: expected a mapping on one line");
        }
    }

    private int write(AuthorCommand author, PrintWriter out, @Nullable Asking asking) throws IOException {
        String called = !name.isEmpty() || asking == null
                ? name
                : asking.ask(
                        "Name",
                        "",
                        "lower-case letters, digits and _, beginning with a letter, such as find_large_files",
                        NAME.asMatchPredicate());
        Path file = folder.resolve(called + ".yaml");
        if (Files.exists(file)) {
            out.println(file + " is there already. Nothing was written: choose another name, or edit it.");
            return 1;
        }
        NewTool tool = asking == null ? ofOptions(called) : asked(called, asking);
        String text = tool.yaml(Files.exists(folder.resolve(SchemaCommand.FILE)));
        List<Finding> mistakes = mistakes(file, text);
        while (asking != null && isOfCommand(mistakes, tool.method())) {
            say(mistakes, out);
            tool = withCommand(tool, asking);
            text = tool.yaml(Files.exists(folder.resolve(SchemaCommand.FILE)));
            mistakes = mistakes(file, text);
        }
        if (!mistakes.isEmpty()) {
            say(mistakes, out);
            out.print(text.indent(4));
            out.println("Nothing was written: it would have mistakes, see above.");
            return 1;
        }
        Files.createDirectories(folder);
        Files.writeString(file, text, StandardCharsets.UTF_8, StandardOpenOption.CREATE_NEW);
        ToolLibrary.load(author.library())
                .library()
                .tool(called)
                .ifPresent(before -> out.println("It takes the place of the tool in " + before.source() + "."));
        out.println("Wrote " + file + ".");
        Lint.Report report = ExampleAdvice.report(author.library(), List.of(file), List.of());
        say(report.findings(), out);
        out.println("Next: ./opsconductor up --tools " + folder + ", then ./opsconductor tools try " + called
                + (tool.method().runsOnTargets() ? " --target NAME" : ""));
        out.flush();
        return 0;
    }

    private static boolean isOfCommand(List<Finding> mistakes, ExecutionMethod method) {
        return mistakes.stream().anyMatch(mistake -> mistake.path().startsWith(NewTool.key(method)));
    }

    private static void say(List<Finding> findings, PrintWriter out) {
        findings.forEach(finding -> out.println(finding.text()));
    }

    private static List<Finding> mistakes(Path file, String text) {
        return new ToolFileParser()
                .parse(file, text.getBytes(StandardCharsets.UTF_8)).findings().stream()
                        .filter(Finding::isError)
                        .toList();
    }

    private NewTool ofOptions(String called) {
        ExecutionMethod by = method(method);
        return new NewTool(
                called,
                description,
                effect(effect.isEmpty() ? Effect.CHANGE.word() : effect),
                platform.isEmpty() ? platform(by) : platform,
                by,
                command,
                parameters,
                timeout.isEmpty() ? "30s" : timeout,
                examples);
    }

    private NewTool asked(String called, Asking asking) throws IOException {
        String what = description.isEmpty()
                ? asking.ask("What it shows or does, in a sentence", "", "a sentence", said -> true)
                : description;
        String by = method.isEmpty() ? asking.choose("How it runs", methods(), "ssh") : method;
        String runs = command.isEmpty() ? askCommand(asking, method(by)) : command;
        String does = effect.isEmpty() ? asking.choose("Its effect", effects(), "read") : effect;
        List<String> all = new ArrayList<>(parameters);
        for (String place : undeclared(runs, parameters)) {
            all.add(asking.parameter(place));
        }
        String limit = timeout.isEmpty()
                ? asking.ask("How long one run may take", "30s", "such as 30s or 5m", TIME.asMatchPredicate())
                : timeout;
        List<String> requests = examples.isEmpty()
                ? asking.lines(
                        "Requests that should find it, as people write them: at least four, better eight; an empty"
                                + " line ends them.")
                : examples;
        return new NewTool(
                called,
                what,
                effect(does),
                platform.isEmpty() ? platform(method(by)) : platform,
                method(by),
                runs,
                all,
                limit,
                requests);
    }

    private NewTool withCommand(NewTool tool, Asking asking) throws IOException {
        String runs = askCommand(asking, tool.method());
        List<String> all = new ArrayList<>(tool.parameters());
        for (String place : undeclared(runs, all)) {
            all.add(asking.parameter(place));
        }
        return new NewTool(
                tool.name(),
                tool.description(),
                tool.effect(),
                tool.platform(),
                tool.method(),
                runs,
                all,
                tool.timeout(),
                tool.examples());
    }

    private static String askCommand(Asking asking, ExecutionMethod method) throws IOException {
        String question = switch (method) {
            case SSH -> "The command line on the target, {name} where a value belongs";
            case LOCAL_COMMAND -> "The program with its arguments, {name} where a value belongs";
            case WINRM -> "The PowerShell, {name} where a value belongs";
            case HTTP -> "Method and path, such as GET /orders/{order}";
            case DATABASE -> "The statement, {name} where a value belongs";
        };
        return asking.ask(question, "", "what should run", said -> true);
    }

    /** The names between braces that no parameter has. */
    private static Set<String> undeclared(String command, List<String> parameters) {
        Set<String> names = new LinkedHashSet<>();
        Matcher place = PLACE.matcher(command);
        while (place.find()) {
            names.add(place.group(1));
        }
        for (String parameter : parameters) {
            Matcher declared = DECLARED.matcher(parameter);
            if (declared.find()) {
                names.remove(declared.group(1));
            }
        }
        return names;
    }

    private static String platform(ExecutionMethod method) {
        return switch (method) {
            case SSH -> "linux";
            case WINRM -> "windows";
            case LOCAL_COMMAND, HTTP, DATABASE -> "";
        };
    }

    private static List<String> methods() {
        return Arrays.stream(ExecutionMethod.values())
                .map(ExecutionMethod::word)
                .toList();
    }

    private static List<String> effects() {
        return Arrays.stream(Effect.values()).map(Effect::word).toList();
    }

    private static ExecutionMethod method(String word) {
        return Arrays.stream(ExecutionMethod.values())
                .filter(method -> method.word().equals(word))
                .findFirst()
                .orElseThrow();
    }

    private static Effect effect(String word) {
        return Arrays.stream(Effect.values())
                .filter(effect -> effect.word().equals(word))
                .findFirst()
                .orElseThrow();
    }

    private ParameterException wrong(String message) {
        return new ParameterException(Objects.requireNonNull(spec).commandLine(), message);
    }
}
