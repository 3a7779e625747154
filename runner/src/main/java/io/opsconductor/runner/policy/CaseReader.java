package io.opsconductor.runner.policy;

import io.opsconductor.plan.Effect;
import io.opsconductor.runner.file.SourceFiles;
import io.opsconductor.runner.file.YamlValue;
import io.opsconductor.runner.policy.PolicyCase.Expectation;
import io.opsconductor.yaml.Finding;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the tests that somebody wrote beside a policy. */
public final class CaseReader {
    private static final List<String> CASE_KEYS = List.of(
            "name",
            "actor",
            "tenant",
            "tool",
            "effect",
            "target",
            "targets",
            "at",
            "expect",
            "because",
            "rules",
            "approvers",
            "expiry",
            "break_glass");
    private static final List<String> CODES =
            List.of("unknown_actor", "unknown_tenant", "denied_by_policy", "no_rule", "not_enough_approvers");

    private final Policy policy;
    private final Map<String, Effect> tools;
    private final Map<String, TargetFacts> inventory;
    private final DemandReader demands;
    private final List<Finding> problems = new ArrayList<>();

    /**
     * For one policy.
     *
     * @param tools effects by the names of tools
     * @param inventory targets that a test may name besides its own
     */
    public CaseReader(Policy policy, Map<String, Effect> tools, List<TargetFacts> inventory) {
        this.policy = policy;
        this.tools = Map.copyOf(tools);
        this.inventory = new HashMap<>();
        inventory.forEach(target -> this.inventory.put(Scope.fold(target.name()), target));
        this.demands = new DemandReader(policy.groups());
    }

    /** Every mistake that was found in the files read so far. */
    public List<Finding> problems() {
        return List.copyOf(problems);
    }

    /** The cases of a file, without those that have a mistake. */
    public List<PolicyCase> read(Path file) {
        List<PolicyCase> cases = new ArrayList<>();
        byte[] bytes = SourceFiles.bytes(file, problems);
        YamlValue root = bytes == null ? null : SourceFiles.yaml(file, bytes, problems);
        if (root == null) {
            return cases;
        }
        Map<String, YamlValue> fields = root.fields(List.of("targets", "cases"));
        Map<String, TargetFacts> targets = new HashMap<>(inventory);
        YamlValue own = fields.get("targets");
        if (own != null) {
            own.entries().forEach((name, value) -> targets.put(Scope.fold(name), target(name, value)));
        }
        YamlValue listed = root.required(fields, "cases", "cases: [{ actor: alice, effect: read, expect: requester }]");
        for (YamlValue value : listed == null ? List.<YamlValue>of() : listed.items(PolicyReader.MOST)) {
            int before = problems.size();
            PolicyCase read = read(value, targets);
            if (problems.size() == before) {
                cases.add(read);
            }
        }
        return cases;
    }

    private static TargetFacts target(String name, YamlValue value) {
        Map<String, YamlValue> fields = value.fields(List.of("environment", "groups", "labels"));
        YamlValue environment = fields.get("environment");
        String placed = environment == null ? "" : environment.text();
        YamlValue groups = fields.get("groups");
        Map<String, String> labels = new HashMap<>();
        YamlValue labelled = fields.get("labels");
        if (labelled != null) {
            labelled.entries().forEach((key, label) -> {
                String text = label.text();
                labels.put(key, text == null ? "" : text);
            });
        }
        return new TargetFacts(
                name,
                placed == null ? "" : placed,
                groups == null ? List.of() : groups.texts(PolicyReader.MOST),
                labels);
    }

    private PolicyCase read(YamlValue value, Map<String, TargetFacts> targets) {
        Map<String, YamlValue> fields = value.fields(CASE_KEYS);
        YamlValue actorValue = value.required(fields, "actor", "actor: alice");
        String actor = actorValue == null ? null : actorValue.text();
        String identity = actor == null ? null : policy.identityOf(actor);
        if (actorValue != null && actor != null && identity == null && actor.indexOf(':') < 0) {
            actorValue.mistake(
                    "expected an actor of the policy or an identity, found another",
                    PeopleReader.didYouMean(actor, policy.people()));
        }
        return new PolicyCase(
                value.where(),
                text(fields.get("name")).orElse(""),
                text(fields.get("tenant")).orElse("default"),
                identity == null ? String.valueOf(actor) : identity,
                String.valueOf(actor),
                step(value, fields, targets),
                at(fields.get("at")),
                expectation(value, fields));
    }

    private StepFacts step(YamlValue value, Map<String, YamlValue> fields, Map<String, TargetFacts> targets) {
        YamlValue toolValue = fields.get("tool");
        String tool = text(toolValue).orElse("");
        YamlValue effectValue = fields.get("effect");
        Effect effect = effectValue == null ? tools.get(tool) : effect(effectValue);
        if (effect == null && effectValue == null) {
            if (toolValue == null) {
                value.mistake("expected a tool or an effect, found neither", "Write for example effect: change.");
            } else {
                toolValue.mistake(
                        "expected a tool of the runner, found another",
                        PeopleReader.didYouMean(tool, tools.keySet()) + " Add its effect to test it all the same.");
            }
        }
        List<YamlValue> named = new ArrayList<>();
        if (fields.containsKey("target")) {
            named.add(fields.get("target"));
        }
        if (fields.containsKey("targets")) {
            named.addAll(fields.get("targets").items(PolicyReader.MOST));
        }
        List<TargetFacts> facts = new ArrayList<>();
        for (YamlValue one : named) {
            String name = one.text();
            TargetFacts target = name == null ? null : find(name, targets);
            if (target != null) {
                facts.add(target);
            } else if (name != null) {
                one.mistake(
                        "expected a target of this file or the inventory, found another",
                        PeopleReader.didYouMean(name, targets.keySet()));
            }
        }
        return new StepFacts(
                tool,
                effect == null ? Effect.DESTROY : effect,
                facts.isEmpty() ? List.of(TargetFacts.runner()) : facts);
    }

    private static @Nullable TargetFacts find(String name, Map<String, TargetFacts> targets) {
        return name.equals(TargetFacts.RUNNER) ? TargetFacts.runner() : targets.get(Scope.fold(name));
    }

    private static @Nullable Effect effect(YamlValue value) {
        String word = value.text();
        for (Effect effect : Effect.values()) {
            if (word != null && effect.word().equals(word.toLowerCase(Locale.ROOT))) {
                return effect;
            }
        }
        value.mistake("expected read, change or destroy, found something else", "");
        return null;
    }

    private static Optional<Instant> at(@Nullable YamlValue value) {
        String text = value == null ? null : value.text();
        Optional<Instant> at = text == null ? Optional.empty() : Moment.read(text);
        if (value != null && text != null && at.isEmpty()) {
            value.mistake(
                    "expected a time with its zone, found something else", "Write for example " + Moment.FORMS + ".");
        }
        return at;
    }

    private Expectation expectation(YamlValue value, Map<String, YamlValue> fields) {
        YamlValue expect = value.required(fields, "expect", "expect: refused");
        Optional<List<String>> asked = Optional.empty();
        if (expect != null && !(expect.isScalar() && "refused".equals(expect.text()))) {
            List<YamlValue> approvals =
                    expect.isScalar() || expect.isMapping() ? List.of(expect) : RuleReader.conditions(expect);
            asked = Optional.of(Demands.of(approvals.stream().map(demands::read).toList()));
        }
        YamlValue becauseValue = fields.get("because");
        Optional<String> because = text(becauseValue);
        if (becauseValue != null && because.isPresent() && !CODES.contains(because.get())) {
            becauseValue.mistake("expected one of " + String.join(", ", CODES) + ", found another", "");
        }
        YamlValue expiry = fields.get("expiry");
        Duration wanted = expiry == null ? null : PolicyReader.readExpiry(expiry);
        YamlValue breakGlass = fields.get("break_glass");
        return new Expectation(
                asked,
                because,
                texts(fields.get("rules")),
                texts(fields.get("approvers")),
                Optional.ofNullable(wanted),
                breakGlass == null ? Optional.empty() : Optional.ofNullable(breakGlass.truth()));
    }

    private static Optional<List<String>> texts(@Nullable YamlValue value) {
        return value == null
                ? Optional.empty()
                : Optional.of(value.texts(PolicyReader.MOST).stream().sorted().toList());
    }

    private static Optional<String> text(@Nullable YamlValue value) {
        return value == null ? Optional.empty() : Optional.ofNullable(value.text());
    }
}
