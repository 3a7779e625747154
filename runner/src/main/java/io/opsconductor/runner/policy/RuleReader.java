package io.opsconductor.runner.policy;

import io.opsconductor.plan.Effect;
import io.opsconductor.plan.Preview.ApprovalKind;
import io.opsconductor.runner.file.YamlValue;
import io.opsconductor.text.Shown;
import io.opsconductor.yaml.Finding;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the rules of a policy, whose people are known already. */
final class RuleReader {
    private static final List<String> KEYS = List.of(
            "name",
            "deny",
            "actors",
            "roles",
            "effects",
            "tools",
            "targets",
            "target_groups",
            "target_labels",
            "environments",
            "times",
            "approval",
            "expiry",
            "break_glass");

    private final PeopleReader people;
    private final DemandReader demands;
    private final List<Rule> rules = new ArrayList<>();
    private final List<Finding> warnings = new ArrayList<>();

    RuleReader(PeopleReader people) {
        this.people = people;
        this.demands = new DemandReader(people.groups().keySet());
    }

    List<Rule> rules() {
        return rules;
    }

    List<Finding> warnings() {
        return warnings;
    }

    void read(YamlValue value) {
        Map<String, YamlValue> fields = value.fields(KEYS);
        YamlValue nameValue = value.required(fields, "name", "name: changes need a colleague");
        String name = nameValue == null ? null : nameValue.text();
        if (name != null && rules.stream().anyMatch(r -> r.name().equals(name))) {
            value.mistake(
                    "expected a name of its own, found " + Shown.quoted(name) + " for a second rule",
                    "Rename one; reasons could not tell the rules apart.");
        }
        YamlValue denyValue = fields.get("deny");
        boolean deny = denyValue != null && Boolean.TRUE.equals(denyValue.truth());
        People about = people(value, fields);
        if (!deny && !fields.containsKey("actors") && !fields.containsKey("roles")) {
            value.mistake(
                    "expected roles or actors in a rule that allows, found neither",
                    "Say for whom it allows, for example roles: [operator].");
        }
        Scope scope = scope(fields);
        Demand demand = deny ? nothingElse(fields) : demand(value, fields);
        rules.add(new Rule(
                name == null ? value.path() : name,
                deny,
                about,
                scope,
                demand,
                deny ? Optional.empty() : expiry(fields.get("expiry")),
                deny ? Optional.empty() : breakGlass(fields.get("break_glass"), demand)));
    }

    private static Demand nothingElse(Map<String, YamlValue> fields) {
        for (String key : List.of("approval", "expiry", "break_glass")) {
            YamlValue given = fields.get(key);
            if (given != null) {
                given.mistake("expected no " + key + " in a rule that denies, found one", "Remove one of the two.");
            }
        }
        return Demand.NONE;
    }

    private Demand demand(YamlValue rule, Map<String, YamlValue> fields) {
        YamlValue required = rule.required(fields, "approval", "approval: someone_else");
        return required == null ? Demand.NONE : demands.read(required);
    }

    private static Optional<Duration> expiry(@Nullable YamlValue value) {
        return value == null ? Optional.empty() : Optional.ofNullable(PolicyReader.readExpiry(value));
    }

    private Optional<People> breakGlass(@Nullable YamlValue value, Demand demand) {
        if (value == null) {
            return Optional.empty();
        }
        if (demand.kind() != ApprovalKind.SOMEONE_ELSE) {
            value.mistake(
                    "expected break_glass where somebody else must approve, found it elsewhere",
                    "Remove it; there is nothing to do without.");
        }
        if (value.isScalar()) {
            return Boolean.TRUE.equals(value.truth()) ? Optional.of(People.EVERYBODY) : Optional.empty();
        }
        Map<String, YamlValue> fields = value.fields(List.of("roles", "actors"));
        if (value.isMapping() && fields.isEmpty()) {
            value.mistake("expected roles or actors, found neither", "Say who may, or write true.");
        }
        return Optional.of(people(value, fields));
    }

    private People people(YamlValue value, Map<String, YamlValue> fields) {
        Set<String> named = new LinkedHashSet<>();
        YamlValue actors = fields.get("actors");
        for (YamlValue item : actors == null ? List.<YamlValue>of() : conditions(actors)) {
            String person = item.text();
            if (person != null && people.isKnown(item, person)) {
                named.add(person);
            }
        }
        Set<String> roles = condition(fields, "roles");
        for (String role : roles) {
            if (!people.roles().contains(role)) {
                warnings.add(value.notice(
                        "nobody has the role " + Shown.quoted(role), PeopleReader.didYouMean(role, people.roles())));
            }
        }
        return new People(named, roles);
    }

    private static Scope scope(Map<String, YamlValue> fields) {
        return new Scope(
                effects(fields.get("effects")),
                condition(fields, "tools"),
                condition(fields, "targets"),
                condition(fields, "target_groups"),
                condition(fields, "environments"),
                labels(fields.get("target_labels")),
                WindowReader.read(fields.get("times")));
    }

    private static Map<String, Set<String>> labels(@Nullable YamlValue value) {
        Map<String, Set<String>> labels = new LinkedHashMap<>();
        if (value == null) {
            return labels;
        }
        Map<String, YamlValue> entries = value.entries();
        if (value.isMapping() && entries.isEmpty()) {
            value.mistake("expected at least one label, found none", "Give it one, or leave the key out.");
        }
        entries.forEach((key, wanted) -> labels.put(key, wanted.isScalar() ? one(wanted) : texts(conditions(wanted))));
        return labels;
    }

    private static Set<String> one(YamlValue value) {
        return texts(List.of(value));
    }

    /** A condition that is present and empty would silently hold for everything. */
    static List<YamlValue> conditions(YamlValue value) {
        List<YamlValue> items = value.items(PolicyReader.MOST);
        if (items.isEmpty()) {
            value.mistake("expected at least one entry, found none", "Give it one, or leave the key out.");
        }
        return items;
    }

    private static Set<String> condition(Map<String, YamlValue> fields, String key) {
        YamlValue value = fields.get(key);
        return value == null ? Set.of() : texts(conditions(value));
    }

    private static Set<String> texts(List<YamlValue> items) {
        Set<String> texts = new LinkedHashSet<>();
        for (YamlValue item : items) {
            String text = item.text();
            if (text != null) {
                texts.add(text);
            }
        }
        return texts;
    }

    private static Set<Effect> effects(@Nullable YamlValue value) {
        Set<Effect> effects = EnumSet.noneOf(Effect.class);
        for (YamlValue item : value == null ? List.<YamlValue>of() : conditions(value)) {
            String word = item.text();
            switch (word == null ? "" : word.toLowerCase(Locale.ROOT)) {
                case "read" -> effects.add(Effect.READ);
                case "change" -> effects.add(Effect.CHANGE);
                case "destroy" -> effects.add(Effect.DESTROY);
                default -> item.mistake("expected read, change or destroy, found something else", "");
            }
        }
        return effects;
    }
}
