package io.opsconductor.runner.policy;

import io.opsconductor.plan.Identity;
import io.opsconductor.runner.file.YamlValue;
import io.opsconductor.text.Nearest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads the people of a policy and their groups. */
final class PeopleReader {
    private final Map<String, Actor> actors = new LinkedHashMap<>();
    private final Map<String, String> personByIdentity = new HashMap<>();
    private final Map<String, List<String>> groups = new LinkedHashMap<>();

    Collection<Actor> actors() {
        return actors.values();
    }

    Map<String, List<String>> groups() {
        return groups;
    }

    /** The roles that somebody has. */
    Set<String> roles() {
        Set<String> inUse = new LinkedHashSet<>();
        actors.values().forEach(actor -> inUse.addAll(actor.roles()));
        return inUse;
    }

    void readActor(String name, YamlValue value) {
        Map<String, YamlValue> fields = value.fields(List.of("identities", "roles"));
        List<String> identities = new ArrayList<>();
        YamlValue listed = value.required(fields, "identities", "identities: [\"web:" + name + "\"]");
        for (YamlValue item : listed == null ? List.<YamlValue>of() : listed.items(PolicyReader.MOST)) {
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
        if (actors.putIfAbsent(
                        name, new Actor(name, identities, roles == null ? List.of() : roles.texts(PolicyReader.MOST)))
                != null) {
            value.mistake("expected each actor once, found one that another file describes already", "Keep one.");
        }
    }

    void readGroup(String name, YamlValue value) {
        List<String> members = new ArrayList<>();
        for (YamlValue item : value.items(PolicyReader.MOST)) {
            String member = item.text();
            if (member != null && isKnown(item, member)) {
                members.add(member);
            }
        }
        if (groups.putIfAbsent(name, List.copyOf(members)) != null) {
            value.mistake("expected each group once, found one that another file describes already", "Keep one.");
        }
    }

    /** Whether there is an actor of this name; otherwise the mistake is reported. */
    boolean isKnown(YamlValue value, String name) {
        if (actors.containsKey(name)) {
            return true;
        }
        value.mistake("expected an actor of this policy, found an unknown one", didYouMean(name, actors.keySet()));
        return false;
    }

    /** A hint, or nothing. */
    static String didYouMean(String name, Collection<String> names) {
        List<String> nearest = Nearest.of(name, names, 1);
        return nearest.isEmpty() ? "" : "Did you mean " + nearest.getFirst() + "?";
    }
}
