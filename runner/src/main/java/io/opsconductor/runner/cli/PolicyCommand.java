package io.opsconductor.runner.cli;

import io.opsconductor.plan.Effect;
import io.opsconductor.runner.file.Reading;
import io.opsconductor.runner.policy.CaseOutcome;
import io.opsconductor.runner.policy.CaseReader;
import io.opsconductor.runner.policy.Explanation;
import io.opsconductor.runner.policy.Moment;
import io.opsconductor.runner.policy.Policy;
import io.opsconductor.runner.policy.PolicyCase;
import io.opsconductor.runner.policy.PolicyDecision;
import io.opsconductor.runner.policy.StepFacts;
import io.opsconductor.runner.policy.TargetFacts;
import io.opsconductor.text.Nearest;
import io.opsconductor.tool.CatalogueEntry;
import io.opsconductor.yaml.Finding;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code policy check}, {@code policy test} and {@code policy explain}. */
@Command(
        name = "policy",
        description = "Who may ask for what, and who must approve it.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND")
final class PolicyCommand implements Runnable {
    private static final String TESTS = "policy-tests.yaml";

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public void run() {
        throw wrong("policy needs a command: check, test or explain");
    }

    @Command(name = "check", description = "Looks for mistakes in the policy files.", mixinStandardHelpOptions = true)
    int check(@Mixin PolicySources sources) {
        return switch (sources.policy()) {
            case Reading.Bad<Policy> bad -> unusable(bad);
            case Reading.Good<Policy> good -> {
                good.warnings().forEach(w -> out().println(w.text()));
                out().println("the policy is good, version " + good.value().version());
                yield RunnerCli.DONE;
            }
        };
    }

    private int unusable(Reading.Bad<Policy> bad) {
        bad.problems().forEach(p -> out().println(p.text()));
        int mistakes = bad.problems().size();
        out().println((mistakes == 1 ? "1 mistake" : mistakes + " mistakes") + ": a runner would not use this policy");
        return RunnerCli.NO;
    }

    @Command(
            name = "test",
            description = "Asks the policy what its tests ask, and compares the answers.",
            mixinStandardHelpOptions = true)
    int test(
            @Parameters(
                            paramLabel = "FILE",
                            arity = "0..*",
                            description = "files of tests; without any, " + TESTS + " beside each policy file")
                    @Nullable
                    List<Path> given,
            @Mixin PolicySources sources) {
        List<Path> files = given == null || given.isEmpty() ? beside(sources.policyFiles()) : given;
        if (files.isEmpty()) {
            throw wrong("there is no " + TESTS + " beside the policy; write one, or name a file");
        }
        return switch (sources.policy()) {
            case Reading.Bad<Policy> bad -> unusable(bad);
            case Reading.Good<Policy> good -> tested(good.value(), files, sources);
        };
    }

    private int tested(Policy policy, List<Path> files, PolicySources sources) {
        Map<String, Effect> effects = new HashMap<>();
        sources.tools().forEach(tool -> effects.put(tool.name(), tool.effect()));
        CaseReader reader = new CaseReader(policy, effects, sources.targets());
        List<PolicyCase> cases =
                files.stream().flatMap(file -> reader.read(file).stream()).toList();
        List<Finding> problems = reader.problems();
        if (!problems.isEmpty()) {
            problems.forEach(p -> commandLine().getErr().println(p.text()));
            return CommandLine.ExitCode.USAGE;
        }
        Instant now = Instant.now();
        List<CaseOutcome> failed = cases.stream()
                .map(one -> CaseOutcome.of(one, policy, now))
                .filter(outcome -> !outcome.passes())
                .toList();
        failed.forEach(this::print);
        out().println((cases.size() == 1 ? "1 test" : cases.size() + " tests") + ": "
                + (failed.isEmpty()
                        ? "all pass"
                        : (cases.size() - failed.size()) + " pass, " + failed.size() + " fail"));
        return failed.isEmpty() ? RunnerCli.DONE : RunnerCli.NO;
    }

    private void print(CaseOutcome outcome) {
        PolicyCase tested = outcome.tested();
        out().println(tested.place() + ": " + (tested.name().isEmpty() ? tested.actor() : tested.name()));
        outcome.differences().forEach(line -> out().println("  " + line));
        outcome.explanation().verdict().forEach(line -> out().println("  " + line));
        outcome.explanation().lines().stream()
                .filter(line -> !line.startsWith("  no "))
                .forEach(line -> out().println("  " + line));
    }

    private static List<Path> beside(List<Path> policies) {
        Set<Path> found = new LinkedHashSet<>();
        for (Path policy : policies) {
            Path tests = policy.toAbsolutePath().resolveSibling(TESTS);
            if (Files.exists(tests)) {
                found.add(tests);
            }
        }
        return List.copyOf(found);
    }

    @Command(
            name = "explain",
            description = "Says who must approve something, and why, rule by rule.",
            mixinStandardHelpOptions = true)
    int explain(
            @Option(
                            names = "--actor",
                            paramLabel = "NAME",
                            required = true,
                            description = "who asks: the policy's name, or an identity")
                    String actor,
            @Option(names = "--tool", paramLabel = "TOOL", description = "what for: a tool") @Nullable String tool,
            @Option(names = "--effect", paramLabel = "EFFECT", description = "or an effect: read, change or destroy")
                    @Nullable
                    Effect effect,
            @Option(names = "--target", paramLabel = "TARGET", description = "where; without any, on the runner itself")
                    @Nullable
                    List<String> targets,
            @Option(
                            names = "--at",
                            paramLabel = "TIME",
                            description = "when, such as " + Moment.FORMS + "; now when left out")
                    @Nullable
                    String at,
            @Mixin PolicySources sources) {
        Optional<Instant> time = at == null ? Optional.of(Instant.now()) : Moment.read(at);
        if (time.isEmpty()) {
            throw wrong("--at needs a time with its zone, such as " + Moment.FORMS);
        }
        return switch (sources.policy()) {
            case Reading.Bad<Policy> bad -> unusable(bad);
            case Reading.Good<Policy> good -> {
                StepFacts step = step(tool, effect, targets == null ? List.of() : targets, sources);
                yield explained(good.value(), actor, sources.tenant().name(), step, time.get());
            }
        };
    }

    private int explained(Policy policy, String actor, String tenant, StepFacts step, Instant at) {
        String identity = policy.identityOf(actor);
        if (identity == null && actor.indexOf(':') < 0) {
            throw wrong("the policy has no actor " + actor + didYouMean(actor, policy.people()));
        }
        Explanation explanation = policy.explain(tenant, identity == null ? actor : identity, List.of(step), at);
        explanation.verdict().forEach(line -> out().println(line));
        if (!explanation.lines().isEmpty()) {
            out().println();
            explanation.lines().forEach(line -> out().println(line));
        }
        return explanation.decision() instanceof PolicyDecision.Refused ? RunnerCli.NO : RunnerCli.DONE;
    }

    private StepFacts step(@Nullable String tool, @Nullable Effect effect, List<String> named, PolicySources sources) {
        List<CatalogueEntry> tools = tool == null ? List.of() : sources.tools();
        Optional<CatalogueEntry> found =
                tools.stream().filter(one -> one.name().equals(tool)).findFirst();
        Effect judged = effect == null ? found.map(CatalogueEntry::effect).orElse(null) : effect;
        if (judged == null) {
            throw wrong(
                    tool == null
                            ? "explain needs --tool or --effect"
                            : "there is no tool " + tool
                                    + didYouMean(
                                            tool,
                                            tools.stream()
                                                    .map(CatalogueEntry::name)
                                                    .toList())
                                    + " With --effect it is judged all the same.");
        }
        List<TargetFacts> facts = new ArrayList<>();
        if (named.isEmpty() || found.filter(one -> !one.needsTarget()).isPresent()) {
            facts.add(TargetFacts.runner());
        }
        List<TargetFacts> known = named.isEmpty() ? List.of() : sources.targets();
        for (String name : named) {
            facts.add(known.stream()
                    .filter(target -> target.name().equalsIgnoreCase(name))
                    .findFirst()
                    .orElseThrow(() -> wrong("the inventory has no target " + name
                            + didYouMean(
                                    name, known.stream().map(TargetFacts::name).toList()))));
        }
        return new StepFacts(tool == null ? "" : tool, judged, facts);
    }

    private static String didYouMean(String name, Collection<String> known) {
        List<String> nearest = Nearest.of(name, known, 1);
        return nearest.isEmpty() ? "." : ". Did you mean " + nearest.getFirst() + "?";
    }

    private CommandLine.ParameterException wrong(String message) {
        return new CommandLine.ParameterException(commandLine(), message);
    }

    private PrintWriter out() {
        return commandLine().getOut();
    }

    private CommandLine commandLine() {
        return Objects.requireNonNull(spec, "picocli sets it").commandLine();
    }
}
