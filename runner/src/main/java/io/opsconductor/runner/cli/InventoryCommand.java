package io.opsconductor.runner.cli;

import io.opsconductor.json.Json;
import io.opsconductor.runner.credential.CredentialSource;
import io.opsconductor.runner.file.Reading;
import io.opsconductor.runner.inventory.Inventory;
import io.opsconductor.runner.inventory.InventoryReader;
import io.opsconductor.runner.inventory.Target;
import io.opsconductor.runner.mask.Masker;
import io.opsconductor.runner.selection.Selected;
import io.opsconductor.runner.selection.Selector;
import io.opsconductor.runner.step.Condition;
import io.opsconductor.tool.TargetDirectory;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code inventory list} and {@code inventory check}. */
@Command(
        name = "inventory",
        description = "The machines that tools can run on.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND")
final class InventoryCommand implements Runnable {
    private static final String SELECTION =
            "which targets, such as: group:web and not web-07, label:team=db or platform:windows, web-* (default: all)";

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public void run() {
        throw new CommandLine.ParameterException(commandLine(), "inventory needs a command: list, check");
    }

    @Command(
            name = "list",
            description = "Lists the targets, or every mistake of the files.",
            mixinStandardHelpOptions = true)
    int list(
            @Mixin TenantOption tenant,
            @Parameters(arity = "0..*", paramLabel = "SELECTION", description = SELECTION) @Nullable List<String> words,
            @Option(names = "--json", description = "as the chatbot gets it, without addresses") boolean json) {
        Inventory inventory = read(tenant, true);
        if (inventory == null) {
            return RunnerCli.NO;
        }
        if (words == null && json) {
            commandLine().getOut().println(Json.write(inventory.directory()));
            return RunnerCli.DONE;
        }
        List<Target> targets = chosen(inventory, words);
        if (targets == null) {
            return RunnerCli.NO;
        }
        print(inventory, targets, json);
        return RunnerCli.DONE;
    }

    @Command(
            name = "check",
            description = {
                "Connects to each target: does it answer, is it the machine that known_hosts knows, is the login accepted,",
                "what platform does it say it is. Nothing is changed on it."
            },
            mixinStandardHelpOptions = true)
    int check(
            @Mixin TenantOption tenant,
            @Parameters(arity = "0..*", paramLabel = "SELECTION", description = SELECTION) @Nullable List<String> words,
            @Option(names = "--json", description = "one JSON object instead of the table") boolean json,
            @Option(
                            names = "--parallel",
                            paramLabel = "N",
                            defaultValue = "16",
                            description = "targets at once, 1 to 64 (default: ${DEFAULT-VALUE})")
                    int parallel,
            @Option(
                            names = "--timeout",
                            paramLabel = "SECONDS",
                            defaultValue = "10",
                            description = "for each target, 1 to 120 (default: ${DEFAULT-VALUE})")
                    int seconds) {
        if (parallel < 1 || parallel > 64 || seconds < 1 || seconds > 120) {
            throw new CommandLine.ParameterException(
                    commandLine(), "--parallel takes 1 to 64, and --timeout takes 1 to 120");
        }
        Inventory inventory = read(tenant, false);
        List<Target> targets = inventory == null ? null : chosen(inventory, words);
        if (targets == null) {
            return RunnerCli.NO;
        }
        Masker masker = new Masker();
        CredentialSource secrets = new CredentialSource(
                masker, RunnerCli.environment(commandLine()), tenant.files().ageKeys());
        try (InventoryCheck check = new InventoryCheck(secrets, masker, parallel, Duration.ofSeconds(seconds))) {
            List<Condition> conditions =
                    check.look(targets, Progress.on(commandLine().getErr(), check.count(targets)));
            ConditionTable.print(conditions, json, commandLine().getOut());
            return conditions.stream().allMatch(Condition::isWell) ? RunnerCli.DONE : RunnerCli.NO;
        }
    }

    /** The inventory; null when it has mistakes, which were printed. */
    private @Nullable Inventory read(TenantOption tenant, boolean withNotices) {
        Reading<Inventory> reading = InventoryReader.read(tenant.files().inventory());
        return switch (reading) {
            case Reading.Bad<Inventory> bad -> {
                bad.problems().forEach(p -> commandLine().getErr().println(p.text()));
                yield null;
            }
            case Reading.Good<Inventory> good -> {
                if (withNotices) {
                    good.warnings().forEach(w -> commandLine().getErr().println(w.text()));
                }
                yield good.value();
            }
        };
    }

    /** The targets that the words mean, all without words; null when they mean none, which was printed. */
    private @Nullable List<Target> chosen(Inventory inventory, @Nullable List<String> words) {
        if (words == null || words.isEmpty()) {
            return inventory.targets();
        }
        return switch (new Selector(inventory).select(String.join(" ", words))) {
            case Selected.Targets(List<Target> targets) -> targets;
            case Selected.Refused(String message, List<String> nearest) -> {
                commandLine()
                        .getErr()
                        .println(message
                                + (nearest.isEmpty() ? "" : " Did you mean " + String.join(" or ", nearest) + "?"));
                yield null;
            }
        };
    }

    private void print(Inventory inventory, List<Target> targets, boolean json) {
        PrintWriter out = commandLine().getOut();
        if (json) {
            List<TargetDirectory.Entry> entries = inventory.directory().targets().stream()
                    .filter(entry -> targets.stream().anyMatch(t -> t.name().equals(entry.name())))
                    .toList();
            out.println(Json.write(Map.of("targets", entries)));
        } else {
            for (Target target : targets) {
                out.println("%-24s %-30s %-12s %-10s %s%s"
                        .formatted(
                                target.name(),
                                target.address() + ":" + target.port(),
                                target.environment().isEmpty() ? "-" : target.environment(),
                                target.platform().isEmpty() ? "-" : target.platform(),
                                String.join(",", target.groups()),
                                target.hostKeys().isEmpty() ? "  (no host key is known)" : ""));
            }
            out.println(targets.size() + " targets, " + inventory.groups().size() + " groups");
        }
        out.flush();
    }

    private CommandLine commandLine() {
        return Objects.requireNonNull(spec, "picocli sets it").commandLine();
    }
}
