package io.opsconductor.runner.policy;

import io.opsconductor.json.Digest;
import io.opsconductor.plan.Effect;
import io.opsconductor.plan.Identity;
import io.opsconductor.runner.file.Reading;
import io.opsconductor.runner.file.SourceFiles;
import io.opsconductor.runner.file.YamlValue;
import io.opsconductor.text.Nearest;
import io.opsconductor.text.Shown;
import io.opsconductor.yaml.Finding;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a policy from one file or several, which together are one policy. */
public final class PolicyReader {
    private static final Duration DEFAULT_EXPIRY = Duration.ofMinutes(15);
    private static final int MOST = 10_000;
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
    private final Map<String, Actor> actors = new LinkedHashMap<>();
    private final Map<String, String> personByIdentity = new HashMap<>();
    private final Map<String, YamlValue> groupValues = new LinkedHashMap<>();
    private final Map<String, List<String>> groups = new LinkedHashMap<>();
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
        contents.forEach(c -> given(c, "actors").forEach(this::readActor));
        contents.forEach(c -> given(c, "groups").forEach(this::readGroup));
        contents.forEach(this::readRest);
        if (!problems.isEmpty()) {
            return new Reading.Bad<>(problems, files);
        }
        String version = digests.size() == 1 ? digests.getFirst() : Digest.of(String.join("\n", digests));
        Policy policy =
                new Policy(version, tenants, actors.values(), groups, rules, expiry == null ? DEFAULT_EXPIRY : expiry);
        return new Reading.Good<>(policy, warnings, files);
    }

    private static Map<String, YamlValue> given(Map<String, YamlValue> content, String key) {
        YamlValue value = content.get(key);
        return value == null ? Map.of() : value.entries();
    }

    private void readActor(String name, YamlValue value) {
        Map<String, YamlValue> fields = value.fields(List.of("identities", "roles"));
        List<String> identities = new ArrayList<>();
        YamlValue listed = value.required(fields, "identities", "identities: [\"web:" + name + "\"]");
        for (YamlValue item : listed == null ? List.<YamlValue>of() : listed.items(MOST)) {
            String identity = item.text();
            if (identity == null) {
                continue;
            }
            if (!Identity.isValid(identity)) {
                item.mistake(
                        "expected an identity, found something else",
                        "Write web:NAME, slack:TEAM/USER or teams:TENANT/OBJECTID.");
                continue;
            }
            String other = personByIdentity.putIfAbsent(identity, name);
            if (other != null) {
                item.mistake(
                        "expected each identity once, found one that belongs to " + other + " already",
                        "Remove one; an identity is one person.");
                continue;
            }
            identities.add(identity);
        }
        if (listed != null && listed.isEmptyList()) {
            listed.mistake("expected at least one identity, found none", "");
        }
        YamlValue roles = fields.get("roles");
        if (actors.putIfAbsent(name, new Actor(name, identities, roles == null ? List.of() : roles.texts(MOST)))
                != null) {
            value.mistake("expected each actor once, found one that another file describes already", "Keep one.");
        }
    }

    private void readGroup(String name, YamlValue value) {
        List<String> members = new ArrayList<>();
        for (YamlValue item : value.items(MOST)) {
            String member = item.text();
            if (member != null && knownActor(item, member)) {
                members.add(member);
            }
        }
        groups.put(name, List.copyOf(members));
        if (groupValues.putIfAbsent(name, value) != null) {
            value.mistake("expected each group once, found one that another file describes already", "Keep one.");
        }
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
        Set<String> people = new LinkedHashSet<>();
        YamlValue peopleValue = fields.get("actors");
        for (YamlValue item : peopleValue == null ? List.<YamlValue>of() : conditions(peopleValue)) {
            String person = item.text();
            if (person != null && knownActor(item, person)) {
                people.add(person);
            }
        }
        Set<String> roles = condition(fields, "roles");
        for (String role : roles) {
            if (actors.values().stream().noneMatch(a -> a.roles().contains(role))) {
                warnings.add(value.notice("nobody has the role " + Shown.quoted(role), didYouMean(role, rolesInUse())));
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
                people,
                roles,
                effects(fields.get("effects")),
                condition(fields, "tools"),
                condition(fields, "targets"),
                condition(fields, "target_groups"),
                condition(fields, "environments"),
                demand));
    }

    private Set<String> rolesInUse() {
        Set<String> roles = new LinkedHashSet<>();
        actors.values().forEach(actor -> roles.addAll(actor.roles()));
        return roles;
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
        if (group != null && groupValue != null && !groups.containsKey(group)) {
            groupValue.mistake(
                    "expected a group of this policy, found an unknown one", didYouMean(group, groups.keySet()));
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

    private boolean knownActor(YamlValue value, String name) {
        if (actors.containsKey(name)) {
            return true;
        }
        value.mistake("expected an actor of this policy, found an unknown one", didYouMean(name, actors.keySet()));
        return false;
    }

    private static String didYouMean(String name, Collection<String> names) {
        List<String> nearest = Nearest.of(name, names, 1);
        return nearest.isEmpty() ? "" : "Did you mean " + nearest.getFirst() + "?";
    }
}
