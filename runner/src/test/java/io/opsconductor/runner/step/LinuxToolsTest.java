package io.opsconductor.runner.step;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.opsconductor.plan.RenderedCommand;
import io.opsconductor.runner.credential.CredentialSource;
import io.opsconductor.runner.inventory.Target;
import io.opsconductor.runner.mask.Masker;
import io.opsconductor.runner.step.DisposableMachine.Where;
import io.opsconductor.tool.CatalogueEntry;
import io.opsconductor.tool.CheckedParameters;
import io.opsconductor.tool.CommandRendering;
import io.opsconductor.tool.ParameterType;
import io.opsconductor.tool.ToolDefinition;
import io.opsconductor.tool.ToolLibrary;
import io.opsconductor.yaml.YamlFile;
import io.opsconductor.yaml.YamlReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every tool for Linux as it is shipped, on a real machine, through the runner's own rendering and SSH. What is asked and what must
 * come of it is the table {@code linux-tools.yaml}.
 */
@Timeout(120)
class LinuxToolsTest {
    private static final List<Path> TOOLS =
            List.of(Path.of("../tool-library/tools/linux"), Path.of("../tool-library/more-tools/linux"));
    private static final Path TABLE = Path.of("src/test/resources/io/opsconductor/runner/step/linux-tools.yaml");
    private static final int AT_ONCE = 12;

    @TempDir
    static Path folder;

    private static RealSshd machine;
    private static SshExecutor executor;

    private final ToolLibrary library = ToolLibrary.load(TOOLS).library();
    private final JsonNode table = table();

    @BeforeAll
    static void start() throws Exception {
        Masker masker = new Masker();
        executor = new SshExecutor(new CredentialSource(masker, Map.of(), Path.of("age.txt")), masker);
        machine = DisposableMachine.start(folder);
    }

    @AfterAll
    static void stop() throws Exception {
        executor.close();
        if (machine != null) {
            DisposableMachine.stop(machine);
        }
    }

    @Test
    void everyToolForLinuxIsInTheTableAndNothingElse() {
        assertThat(names())
                .containsExactlyElementsOf(library.tools().stream()
                        .map(ToolDefinition::name)
                        .sorted()
                        .toList());
    }

    @Test
    void everyToolIsTriedWithSuccess() {
        for (ToolDefinition tool : library.tools()) {
            List<JsonNode> cases = each(table.path("tools").path(tool.name())).toList();
            assertThat(cases)
                    .as(tool.name())
                    .anyMatch(one -> one.path("exit").asInt(0) == 0 && !one.has("refused"))
                    .allMatch(one -> one.has("prints") || one.has("exit") || one.has("refused"));
        }
    }

    @Test
    void eachToolDoesWhatTheTableSays() throws Exception {
        Optional<String> withoutSystemd = SystemdPlace.missing(folder);
        withoutSystemd.ifPresent(
                why -> System.out.println("not tried here, what asks a systemd, for want of one: " + why));
        parallel(each(table.path("first")).toList(), line -> {
            if (where(line) == Where.SYSTEMD && withoutSystemd.isPresent()) {
                return;
            }
            TargetOutcome.Exited made = exited(shell(line.path("run").asText(line.asText()), where(line)));
            assertThat(made.exitCode()).as("%s: %s", line, made.stderr()).isZero();
        });
        Queue<String> wrong = new ConcurrentLinkedQueue<>();
        Map<String, Lock> turns = new ConcurrentHashMap<>();
        parallel(library.tools(), tool -> {
            for (JsonNode one : table.path("tools").path(tool.name())) {
                String about = tool.name() + " " + one;
                if (where(one) == Where.SYSTEMD && withoutSystemd.isPresent()) {
                    continue;
                }
                if (one.has("needs")
                        && exited(shell(one.path("needs").asText(), where(one))).exitCode() != 0) {
                    System.out.println("not tried here, for want of " + one.path("needs") + ": " + about);
                    continue;
                }
                Lock turn = turns.computeIfAbsent(one.path("turn").asText(about), name -> new ReentrantLock());
                turn.lock();
                try {
                    check(tool, one).stream()
                            .map(problem -> about + "\n    " + problem)
                            .forEach(wrong::add);
                } finally {
                    turn.unlock();
                }
            }
        });
        assertThat(wrong).isEmpty();
    }

    private static Where where(JsonNode one) {
        return switch (one.path("where").asText()) {
            case "" -> Where.MACHINE;
            case "own network" -> Where.OWN_NETWORK;
            case "systemd" -> Where.SYSTEMD;
            default -> throw new AssertionError("There is no such place: " + one);
        };
    }

    private static TargetOutcome shell(String line, Where where) throws Exception {
        return command(new RenderedCommand.Shell(filled(line)), where);
    }

    /** A value of the table; {@code PIDOF:sleep 997} begins such a process and is its id, {@code SSHD} the server's port. */
    private static String value(String text) throws Exception {
        if (text.startsWith("PIDOF:")) {
            String program = text.substring(6);
            String line = "setsid " + program + " >/dev/null 2>&1 </dev/null & until grep -qx "
                    + program.split(" ", 2)[0] + " /proc/$!/comm; do sleep 0.02; done; echo $!";
            return exited(shell(line, Where.MACHINE)).stdout().text().strip();
        }
        return text.equals("SSHD") ? Integer.toString(machine.port()) : filled(text);
    }

    private static List<String> check(ToolDefinition tool, JsonNode one) throws Exception {
        Map<String, Object> given = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> entry : one.path("with").properties()) {
            given.put(entry.getKey(), value(entry.getValue().asText()));
        }
        CheckedParameters checked = CheckedParameters.check(tool.catalogueEntry(), given);
        if (!(checked instanceof CheckedParameters.Accepted accepted)) {
            return one.has("refused")
                    ? missing(one, "refused", checked.toString()).toList()
                    : List.of("refused: " + checked);
        }
        if (one.has("refused")) {
            return List.of("not refused");
        }
        Where where = where(one);
        if (one.has("first")) {
            exited(shell(one.path("first").asText(), where));
        }
        TargetOutcome outcome = command(CommandRendering.render(tool, accepted.values()), where);
        if (!(outcome instanceof TargetOutcome.Exited exited)) {
            return List.of("did not end: " + outcome);
        }
        List<String> wrong = new ArrayList<>();
        if (exited.exitCode() != one.path("exit").asInt(0)) {
            wrong.add("exit code " + exited.exitCode() + ": " + exited.stderr().text()
                    + exited.stdout().text());
        }
        missing(one, "prints", exited.stdout().text()).forEach(wrong::add);
        missing(one, "says", exited.stderr().text()).forEach(wrong::add);
        if (one.has("then")) {
            TargetOutcome.Exited after = exited(shell(one.path("then").asText(), where));
            if (after.exitCode() != 0) {
                wrong.add("afterwards: " + after.exitCode() + " "
                        + after.stdout().text() + after.stderr().text());
            }
        }
        return wrong;
    }

    private static Stream<String> missing(JsonNode one, String key, String text) {
        boolean found = Pattern.compile(filled(one.path(key).asText()), Pattern.MULTILINE)
                .matcher(text)
                .find();
        return found ? Stream.empty() : Stream.of(key + ": " + one.path(key) + " is not in: " + text);
    }

    /** Each value goes to each place where a request may put free text, into tools that look and into tools that change. */
    @Test
    void noValueIsAnythingButData() throws Exception {
        Path sign = folder.resolve("ran");
        List<String> values = List.of(
                "x$(touch " + sign + ")`touch " + sign + "`; touch " + sign + " | tee " + sign + " > " + sign,
                "x' ; touch " + sign + " ; '\" ; touch " + sign + " ; \"${IFS}touch${IFS}" + sign,
                "x' -exec touch " + sign + " {} + ' *",
                "x\n touch " + sign,
                "-rf",
                "--help",
                "*",
                "\u202e\u0430dmin",
                "%n%s \u6f22\u5b57 \ud83d\ude00",
                "x".repeat(1_000),
                "x".repeat(1_025));
        Queue<String> wrong = new ConcurrentLinkedQueue<>();
        Queue<String> ran = new ConcurrentLinkedQueue<>();
        List<Trial> trials = new ArrayList<>();
        for (ToolDefinition tool : library.tools()) {
            for (CatalogueEntry.Parameter parameter : tool.parameters()) {
                for (String value : values) {
                    if (parameter.type() == ParameterType.PATH && value.startsWith("-")) {
                        continue;
                    }
                    trial(tool, parameter, parameter.type() == ParameterType.PATH ? "/nowhere/" + value : value, wrong)
                            .forEach(trials::add);
                }
            }
        }
        parallel(trials, one -> {
            TargetOutcome outcome = command(one.command(), Where.OWN_NETWORK);
            ran.add(one.about());
            if (!(outcome instanceof TargetOutcome.Exited)) {
                wrong.add(one.about() + " " + outcome);
            }
        });
        assertThat(wrong).isEmpty();
        assertThat(sign).doesNotExist();
        assertThat(ran).hasSizeGreaterThan(100);
    }

    private record Trial(String about, RenderedCommand command) {}

    private static Stream<Trial> trial(
            ToolDefinition tool, CatalogueEntry.Parameter parameter, String value, Collection<String> wrong) {
        Map<String, Object> given = new LinkedHashMap<>();
        for (CatalogueEntry.Parameter other : tool.parameters()) {
            if (other.required()) {
                given.put(other.name(), harmless(other));
            }
        }
        given.put(parameter.name(), value);
        return switch (CheckedParameters.check(tool.catalogueEntry(), given)) {
            case CheckedParameters.Refused refused -> {
                if (refused.problems().stream()
                        .anyMatch(problem -> !problem.parameter().equals(parameter.name()))) {
                    wrong.add(tool.name() + ": no harmless value: " + refused);
                }
                yield Stream.empty();
            }
            case CheckedParameters.Accepted accepted ->
                Stream.of(new Trial(
                        tool.name() + " " + parameter.name() + "=" + value,
                        CommandRendering.render(tool, accepted.values())));
        };
    }

    private static String harmless(CatalogueEntry.Parameter parameter) {
        return switch (parameter.type()) {
            case ENUM -> parameter.allowed().getFirst();
            case INTEGER -> "4194303";
            case BOOLEAN -> "false";
            case DURATION -> "60s";
            case PORT -> "1";
            case HOST -> "host.invalid";
            case IP -> "192.0.2.1";
            case CIDR -> "192.0.2.0/24";
            case URL -> "http://host.invalid/";
            case PATH -> "/nowhere/at/all";
            case STRING ->
                switch (parameter.name()) {
                    case "mode" -> "640";
                    case "zone" -> "Mars/Base";
                    case "oid", "subtree" -> "1.3.6.1.2.1.1.5.0";
                    default -> "nobody1";
                };
            case SERVICE, SQL_IDENTIFIER, TARGET, SECRET -> "nothing";
        };
    }

    private static TargetOutcome command(RenderedCommand command, Where where) throws Exception {
        Target real = machine.target();
        Target target = new Target(
                where.name().toLowerCase(Locale.ROOT),
                List.of(),
                where.address(),
                machine.port(),
                "linux",
                "production",
                List.of(),
                Map.of(),
                real.credential(),
                real.hostKeys());
        return executor.run(
                new StepCommand(
                        "execution-1",
                        command,
                        new Place.OnTarget(target),
                        Duration.ofSeconds(30),
                        StepCommand.DEFAULT_OUTPUT_LIMIT_BYTES),
                (channel, text) -> {},
                new Cancellation());
    }

    private static TargetOutcome.Exited exited(TargetOutcome outcome) {
        assertThat(outcome).isInstanceOf(TargetOutcome.Exited.class);
        return (TargetOutcome.Exited) outcome;
    }

    private interface Work<T> {
        void on(T one) throws Exception;
    }

    private static <T> void parallel(Collection<T> all, Work<T> work) throws Exception {
        try (ExecutorService workers = Executors.newFixedThreadPool(AT_ONCE)) {
            var running = all.stream()
                    .map(one -> workers.submit(() -> {
                        work.on(one);
                        return one;
                    }))
                    .toList();
            for (var one : running) {
                one.get();
            }
        }
    }

    private Collection<String> names() {
        TreeSet<String> names = new TreeSet<>();
        table.path("tools").fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static Stream<JsonNode> each(JsonNode list) {
        return Stream.iterate(0, at -> at < list.size(), at -> at + 1).map(list::get);
    }

    private static String filled(String text) {
        return text.replace("DIR", folder.resolve("files").toString());
    }

    private static JsonNode table() {
        try {
            YamlFile file = new YamlReader(200_000, 10, 10_000).read(TABLE.toString(), Files.readAllBytes(TABLE));
            assertThat(file.findings()).isEmpty();
            return file.root();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
