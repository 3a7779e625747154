package io.opsconductor.runner.preview;

import io.opsconductor.json.Digest;
import io.opsconductor.plan.Effect;
import io.opsconductor.plan.Preview.RenderedStep;
import io.opsconductor.plan.Preview.RenderedTarget;
import io.opsconductor.plan.Problem;
import io.opsconductor.plan.RenderedCommand;
import io.opsconductor.plan.Step;
import io.opsconductor.runner.credential.Credential;
import io.opsconductor.runner.inventory.HostKey;
import io.opsconductor.runner.inventory.Inventory;
import io.opsconductor.runner.inventory.Lookup;
import io.opsconductor.runner.inventory.Target;
import io.opsconductor.runner.policy.StepFacts;
import io.opsconductor.runner.policy.TargetFacts;
import io.opsconductor.runner.preview.ResolvedStep.ResolvedTarget;
import io.opsconductor.runner.selection.Selected;
import io.opsconductor.runner.selection.Selector;
import io.opsconductor.runner.step.Place;
import io.opsconductor.runner.step.StepCommand;
import io.opsconductor.text.Nearest;
import io.opsconductor.text.Shown;
import io.opsconductor.tool.CatalogueEntry;
import io.opsconductor.tool.CheckedParameters;
import io.opsconductor.tool.CommandRendering;
import io.opsconductor.tool.ExecutionMethod;
import io.opsconductor.tool.ParameterType;
import io.opsconductor.tool.RenderingException;
import io.opsconductor.tool.ToolDefinition;
import io.opsconductor.tool.ToolLibrary;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Renders the steps of one plan against the tools and the inventory of one moment. */
final class StepRendering {
    private static final int MAX_TARGETS = 1_000;

    private final ToolLibrary tools;
    private final Inventory inventory;
    private final String nonce;
    private final Instant issuedAt;

    StepRendering(ToolLibrary tools, Inventory inventory, String nonce, Instant issuedAt) {
        this.tools = tools;
        this.inventory = inventory;
        this.nonce = nonce;
        this.issuedAt = issuedAt;
    }

    /** A step as it would run, or everything that is wrong with it. */
    sealed interface StepResult {}

    /**
     * @param touched the targets that it runs on or that a parameter names
     */
    record Rendered(RenderedStep shown, ResolvedStep resolved, StepFacts facts, List<Target> touched)
            implements StepResult {}

    record Unusable(List<Problem.Detail> problems) implements StepResult {}

    /** What a binding is the digest of. */
    private record Binding(
            String nonce,
            String address,
            List<String> way,
            String account,
            String credential,
            List<String> secrets,
            List<String> hostKeys) {}

    /**
     * Host parameters with addresses in place of inventory names.
     *
     * @param named the targets that parameters name
     * @param meant these, and the targets that parameters mean by their address or within a URL
     */
    private record Resolved(Map<String, Object> values, Set<Target> named, Set<Target> meant) {}

    StepResult render(int index, int count, Step step) {
        String where = count == 1 ? "" : "Step " + (index + 1) + ": ";
        Optional<ToolDefinition> found = tools.tool(step.tool());
        if (found.isEmpty()) {
            List<String> names =
                    tools.tools().stream().map(ToolDefinition::name).toList();
            return new Unusable(List.of(problem(
                    "unknown_tool",
                    where + "There is no tool " + Shown.quoted(step.tool()) + ".",
                    Nearest.of(step.tool(), names, 3))));
        }
        List<Problem.Detail> problems = new ArrayList<>(OptionsCheck.problems(where, found.get(), step.options()));
        ToolDefinition tool = step.options().check() ? found.get().checking().orElse(found.get()) : found.get();
        Map<String, Object> values = switch (CheckedParameters.check(tool.catalogueEntry(), step.parameters())) {
            case CheckedParameters.Accepted accepted -> accepted.values();
            case CheckedParameters.Refused refused -> {
                refused.problems()
                        .forEach(p -> problems.add(new Problem.Detail(
                                "invalid_parameter", where + p.message() + ".", p.hint(), p.choices(), null)));
                yield Map.of();
            }
        };
        List<Target> targets = targets(where, tool, step.targets(), problems);
        Resolved resolved = resolve(where, tool, values, problems);
        if (!problems.isEmpty()) {
            return new Unusable(problems);
        }
        try {
            return rendered(tool, step, values, targets, resolved);
        } catch (RenderingException e) {
            return new Unusable(List.of(problem("invalid_parameter", where + e.getMessage() + ".", List.<String>of())));
        }
    }

    private Rendered rendered(
            ToolDefinition tool, Step asked, Map<String, Object> values, List<Target> targets, Resolved parameters) {
        ExecutionMethod method = tool.execution().method();
        List<RenderedTarget> shown = new ArrayList<>();
        List<ResolvedTarget> places = new ArrayList<>();
        List<TargetFacts> facts = new ArrayList<>();
        if (method.runsOnTargets()) {
            for (Target target : targets) {
                Way way = Way.to(target, method);
                RenderedCommand rendered =
                        CommandRendering.render(tool, parameters.values(), way.surroundings(), issuedAt);
                RenderedCommand command =
                        method == ExecutionMethod.SSH ? Elevation.of(rendered, tool, target, nonce) : rendered;
                shown.add(renderedTarget(target, way, command));
                places.add(new ResolvedTarget(new Place.OnTarget(target), command, machines(tool, List.of(target))));
                facts.add(TargetFacts.of(target));
            }
        } else {
            Place runner = new Place.OnRunner();
            RenderedCommand command = CommandRendering.render(tool, parameters.values());
            String binding = Digest.ofCanonical(new Binding(nonce, "", List.of(), "", "", List.of(), List.of()));
            shown.add(new RenderedTarget(runner.name(), "", "", "", binding, command, Display.of(command, null)));
            places.add(new ResolvedTarget(runner, command, machines(tool, parameters.meant())));
            facts.add(TargetFacts.runner());
        }
        parameters.meant().stream()
                .map(TargetFacts::of)
                .filter(f -> !facts.contains(f))
                .forEach(facts::add);
        Set<Target> touched = new LinkedHashSet<>(targets);
        touched.addAll(parameters.named());
        RenderedStep step = new RenderedStep(
                tool.name(),
                tool.digest(),
                tool.effect(),
                tool.idempotent(),
                tool.execution().method().word(),
                Math.toIntExact(tool.timeout().toSeconds()),
                values,
                shown,
                asked.options(),
                tool.effect() != Effect.READ && tool.check() != null);
        ResolvedStep resolved = new ResolvedStep(
                tool.name(),
                tool.effect(),
                tool.idempotent(),
                tool.timeout(),
                StepCommand.DEFAULT_OUTPUT_LIMIT_BYTES,
                places,
                asked.options());
        return new Rendered(step, resolved, new StepFacts(tool.name(), tool.effect(), facts), List.copyOf(touched));
    }

    /** What a change keeps other changes off: a machine with two names is one machine. */
    private static Set<String> machines(ToolDefinition tool, Collection<Target> targets) {
        return tool.effect() == Effect.READ
                ? Set.of()
                : targets.stream()
                        .map(target ->
                                target.address().isEmpty() ? target.name() : target.address() + ":" + target.port())
                        .collect(Collectors.toSet());
    }

    private RenderedTarget renderedTarget(Target target, Way way, RenderedCommand command) {
        Credential credential = way.credential();
        String account = credential == null ? "" : credential.account();
        String reference = credential == null ? "" : credential.name();
        Binding binding = new Binding(
                nonce,
                target.address(),
                way.settings(),
                account,
                reference,
                Way.places(credential),
                target.hostKeys().stream().map(HostKey::line).toList());
        return new RenderedTarget(
                target.name(),
                target.environment(),
                account,
                reference,
                Digest.ofCanonical(binding),
                command,
                Display.of(command, credential));
    }

    private List<Target> targets(String where, ToolDefinition tool, List<String> names, List<Problem.Detail> problems) {
        if (!tool.execution().method().runsOnTargets()) {
            if (!names.isEmpty()) {
                problems.add(Problem.of(
                                "invalid_targets",
                                where + tool.name() + " runs on the runner itself and takes no targets.",
                                "Leave the targets out; a host to work on is a parameter.")
                        .error());
            }
            return List.of();
        }
        if (names.isEmpty() || names.size() > MAX_TARGETS) {
            problems.add(Problem.of(
                            "invalid_targets",
                            where + tool.name() + " needs 1 to " + MAX_TARGETS + " targets; the step names "
                                    + names.size() + ".",
                            names.isEmpty() ? "Say on which targets it should run." : "Split the step.")
                    .error());
            return List.of();
        }
        Map<String, Target> targets = new LinkedHashMap<>();
        for (String name : names) {
            boolean several = Selector.isSelection(name);
            for (Target target : chosen(where, name, problems)) {
                if (targets.putIfAbsent(target.name(), target) != null && !several) {
                    problems.add(Problem.of(
                                    "invalid_targets",
                                    where + tool.name() + " names the target " + target.name() + " twice.",
                                    "Name each target once.")
                            .error());
                }
                if (!Way.exists(target, tool.execution().method())) {
                    String word = tool.execution().method().word();
                    problems.add(Problem.of(
                                    "no_way",
                                    where + tool.name() + " needs the " + word + " settings of " + target.name()
                                            + ", and the inventory has none.",
                                    "Choose another target, or describe them in the inventory below " + word + ":.")
                            .error());
                } else if (!fits(tool, target)) {
                    problems.add(Problem.of(
                                    "wrong_platform",
                                    where + tool.name() + " is for " + String.join(", ", tool.platforms()) + "; "
                                            + target.name() + " is "
                                            + (target.platform().isEmpty()
                                                    ? "of no platform that the inventory names"
                                                    : target.platform())
                                            + ".",
                                    "Choose another tool or another target, or correct the platform in the"
                                            + " inventory.")
                            .error());
                }
            }
        }
        if (targets.size() > MAX_TARGETS) {
            problems.add(Problem.of(
                            "invalid_targets",
                            where + tool.name() + " takes at most " + MAX_TARGETS + " targets; the step means "
                                    + targets.size() + ".",
                            "Split the step.")
                    .error());
        }
        return List.copyOf(targets.values());
    }

    /** The target of a name, or the targets of a selection; none when there are none, which is then a problem. */
    private List<Target> chosen(String where, String name, List<Problem.Detail> problems) {
        if (Selector.isSelection(name)) {
            return switch (new Selector(inventory).select(name)) {
                case Selected.Targets(List<Target> found) -> found;
                case Selected.Refused(String message, List<String> nearest) -> {
                    problems.add(problem("unknown_target", where + message, nearest));
                    yield List.of();
                }
            };
        }
        return switch (inventory.lookup(name)) {
            case Lookup.Found(Target target) -> List.of(target);
            case Lookup.Unknown(List<String> nearest) -> {
                problems.add(
                        problem("unknown_target", where + "There is no target " + Shown.quoted(name) + ".", nearest));
                yield List.of();
            }
        };
    }

    private static boolean fits(ToolDefinition tool, Target target) {
        return tool.platforms().isEmpty()
                || tool.platforms().stream().anyMatch(p -> p.equalsIgnoreCase(target.platform()));
    }

    /** An inventory name in a host's place means that target's address; a target parameter must be an inventory name. */
    private Resolved resolve(
            String where, ToolDefinition tool, Map<String, Object> values, List<Problem.Detail> problems) {
        Map<String, Object> addressed = new LinkedHashMap<>(values);
        Set<Target> named = new LinkedHashSet<>();
        Set<Target> meant = new LinkedHashSet<>();
        values.forEach((name, value) -> {
            ParameterType type =
                    tool.parameter(name).map(CatalogueEntry.Parameter::type).orElse(ParameterType.STRING);
            String host = switch (type) {
                case HOST, TARGET, IP -> value.toString();
                case URL -> hostOf(value.toString());
                case STRING, INTEGER, BOOLEAN, ENUM, DURATION, CIDR, PORT, PATH, SERVICE, SQL_IDENTIFIER, SECRET -> "";
            };
            switch (inventory.lookup(host)) {
                case Lookup.Found(Target target) -> {
                    meant.add(target);
                    if (type == ParameterType.HOST || type == ParameterType.TARGET) {
                        named.add(target);
                    }
                    if (type == ParameterType.HOST) {
                        addressed.put(name, target.address());
                    }
                }
                case Lookup.Unknown(List<String> nearest) -> {
                    if (type == ParameterType.TARGET) {
                        problems.add(problem(
                                "unknown_target",
                                where + tool.name() + ", " + name + ": there is no target " + Shown.quoted(host) + ".",
                                nearest));
                    }
                }
            }
            // A rule about a target would be void if its address were a way around it.
            meant.addAll(inventory.atAddress(host));
        });
        return new Resolved(addressed, named, meant);
    }

    private static String hostOf(String url) {
        try {
            String host = URI.create(url).getHost();
            return host == null ? "" : host.replace("[", "").replace("]", "");
        } catch (IllegalArgumentException e) {
            // The parameter check has accepted it as a URL; without a host that can be read no target is meant.
            return "";
        }
    }

    private static Problem.Detail problem(String code, String message, List<String> choices) {
        return new Problem.Detail(
                code,
                message,
                choices.isEmpty() ? "" : "Did you mean " + String.join(" or ", choices) + "?",
                choices,
                null);
    }
}
