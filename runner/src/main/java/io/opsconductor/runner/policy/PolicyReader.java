package io.opsconductor.runner.policy;

import io.opsconductor.json.Digest;
import io.opsconductor.plan.Effect;
import io.opsconductor.runner.file.Reading;
import io.opsconductor.runner.file.SourceFiles;
import io.opsconductor.runner.file.YamlValue;
import io.opsconductor.text.Shown;
import io.opsconductor.yaml.Finding;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a policy from one file or several, which together are one policy. */
public final class PolicyReader {
    private static final Duration DEFAULT_EXPIRY = Duration.ofMinutes(15);
    static final int MOST = 10_000;
    private static final int MOST_APPROVALS = 10;
    private static final List<String> FILE_KEYS = List.of("actors", "groups", "rules", "expiry", "tenants");
    private static final List<String> RULE_KEYS = List.of(
            "name",
            "deny",
            "actors",
            "roles",
            "effects",
            "tools",
            "targets",
            "target_groups",
            "environments",
            "approval");

    private final List<Finding> problems = new ArrayList<>();
    private final List<Finding> warnings = new ArrayList<>();
    private final Set<String> tenants = new LinkedHashSet<>();
    private final PeopleReader people = new PeopleReader();
    private final List<Rule> rules = new ArrayList<>();
    private @Nullable Duration expiry;

    private PolicyReader() {}

    /**
     * Reads the files.
     *
     * @param files at least one
     */
    public static Reading<Policy> read(List<Path> files) {
        return new PolicyReader().readAll(files);
    }

    private Reading<Policy> readAll(List<Path> files) {
        List<String> digests = new ArrayList<>();
        List<Map<String, YamlValue>> contents = new ArrayList<>();
        for (Path file : files) {
            byte[] bytes = SourceFiles.bytes(file, problems);
            YamlValue root = bytes == null ? null : SourceFiles.yaml(file, bytes, problems);
            if (bytes != null && root != null) {
                digests.add(Digest.of(bytes));
                contents.add(root.fields(FILE_KEYS));
            }
        }
        // People first, over all files, so that a rule may name somebody whom a later file describes.
        contents.forEach(c -> given(c, "actors").forEach(people::readActor));
        contents.forEach(c -> given(c, "groups").forEach(people::readGroup));
        contents.forEach(this::readRest);
        if (!problems.isEmpty()) {
            return new Reading.Bad<>(problems, files);
        }
        String version = digests.size() == 1 ? digests.getFirst() : Digest.of(String.join("\n", digests));
        Policy policy = new Policy(
                version, tenants, people.actors(), people.groups(), rules, expiry == null ? DEFAULT_EXPIRY : expiry);
        return new Reading.Good<>(policy, warnings, files);
    }

    private static Map<String, YamlValue> given(Map<String, YamlValue> content, String key) {
        YamlValue value = content.get(key);
        return value == null ? Map.of() : value.entries();
    }

    private void readRest(Map<String, YamlValue> content) {
        YamlValue tenantsValue = content.get("tenants");
        if (tenantsValue != null) {
            tenants.addAll(tenantsValue.texts(MOST));
        }
        YamlValue expiryValue = content.get("expiry");
        if (expiryValue != null) {
            if (expiry != null) {
                expiryValue.mistake("expected expiry once, found it in another file already", "Keep one.");
            }
            expiry = readExpiry(expiryValue);
        }
        YamlValue rulesValue = content.get("rules");
        if (rulesValue != null) {
            rulesValue.items(MOST).forEach(this::readRule);
        }
    }

    private static @Nullable Duration readExpiry(YamlValue value) {
        String text = value.text();
        if (text == null) {
            return null;
        }
        if (text.matches("[0-9]{1,6}[smh]")) {
            long number = Long.parseLong(text.substring(0, text.length() - 1));
            Duration duration = switch (text.charAt(text.length() - 1)) {
                case 's' -> Duration.ofSeconds(number);
                case 'm' -> Duration.ofMinutes(number);
                default -> Duration.ofHours(number);
            };
            if (duration.compareTo(Duration.ofMinutes(1)) >= 0 && duration.compareTo(Duration.ofHours(24)) <= 0) {
                return duration;
            }
        }
        value.mistake("expected a duration from 1m to 24h, found something else", "Write for example 15m.");
        return null;
    }

    private void readRule(YamlValue value) {
        Map<String, YamlValue> fields = value.fields(RULE_KEYS);
        YamlValue nameValue = value.required(fields, "name", "name: changes need a colleague");
        String name = nameValue == null ? null : nameValue.text();
        if (name != null && rules.stream().anyMatch(r -> r.name().equals(name))) {
            value.mistake(
                    "expected a name of its own, found " + Shown.quoted(name) + " for a second rule",
                    "Rename one; reasons could not tell the rules apart.");
        }
        YamlValue denyValue = fields.get("deny");
        boolean deny = denyValue != null && Boolean.TRUE.equals(denyValue.truth());
        Set<String> named = new LinkedHashSet<>();
        YamlValue peopleValue = fields.get("actors");
        for (YamlValue item : peopleValue == null ? List.<YamlValue>of() : conditions(peopleValue)) {
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
        if (!deny && !fields.containsKey("actors") && !fields.containsKey("roles")) {
            value.mistake(
                    "expected roles or actors in a rule that allows, found neither",
                    "Say for whom it allows, for example roles: [operator].");
        }
        Demand demand = Demand.NONE;
        YamlValue approval = fields.get("approval");
        if (deny && approval != null) {
            approval.mistake("expected no approval in a rule that denies, found one", "Remove one of the two.");
        } else if (!deny) {
            YamlValue required = value.required(fields, "approval", "approval: someone_else");
            demand = required == null ? Demand.NONE : readDemand(required);
        }
        rules.add(new Rule(
                name == null ? value.path() : name,
                deny,
                named,
                roles,
                effects(fields.get("effects")),
                condition(fields, "tools"),
                condition(fields, "targets"),
                condition(fields, "target_groups"),
                condition(fields, "environments"),
                demand));
    }

    private Demand readDemand(YamlValue value) {
        if (value.isScalar()) {
            String word = value.text();
            switch (word == null ? "" : word) {
                case "none":
                    return Demand.NONE;
                case "requester":
                    return Demand.REQUESTER;
                case "someone_else":
                    return Demand.someoneElse(1, null);
                default:
                    value.mistake(
                            "expected an approval, found something else",
                            "Write none, requester, someone_else or { someone_else: 2, of: approvers }.");
                    return Demand.NONE;
            }
        }
        Map<String, YamlValue> fields = value.fields(List.of("someone_else", "of"));
        YamlValue countValue = value.required(fields, "someone_else", "someone_else: 1");
        Integer count = countValue == null ? null : countValue.integer(1, MOST_APPROVALS);
        YamlValue groupValue = fields.get("of");
        String group = groupValue == null ? null : groupValue.text();
        if (group != null && groupValue != null && !people.groups().containsKey(group)) {
            groupValue.mistake(
                    "expected a group of this policy, found an unknown one",
                    PeopleReader.didYouMean(group, people.groups().keySet()));
        }
        return Demand.someoneElse(count == null ? 1 : count, group);
    }

    /** A condition that is present and empty would silently hold for everything. */
    private static List<YamlValue> conditions(YamlValue value) {
        List<YamlValue> items = value.items(MOST);
        if (items.isEmpty()) {
            value.mistake("expected at least one entry, found none", "Give it one, or leave the key out.");
        }
        return items;
    }

    private static Set<String> condition(Map<String, YamlValue> fields, String key) {
        YamlValue value = fields.get(key);
        Set<String> names = new LinkedHashSet<>();
        for (YamlValue item : value == null ? List.<YamlValue>of() : conditions(value)) {
            String name = item.text();
            if (name != null) {
                names.add(name);
            }
        }
        return names;
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
