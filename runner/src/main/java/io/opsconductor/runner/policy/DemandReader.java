package io.opsconductor.runner.policy;

import io.opsconductor.plan.Preview.ApprovalKind;
import io.opsconductor.runner.file.YamlValue;
import io.opsconductor.runner.policy.Demand.Share;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads an approval, which a rule asks for and a test of the policy expects. */
final class DemandReader {
    private static final int MOST_APPROVALS = 10;

    private final Set<String> groups;

    /** @param groups the policy's, which may grow until the first approval is read */
    DemandReader(Set<String> groups) {
        this.groups = groups;
    }

    Demand read(YamlValue value) {
        if (value.isScalar()) {
            return word(value);
        }
        Map<String, YamlValue> fields = value.fields(List.of("someone_else", "of", "overlap"));
        YamlValue count = value.required(fields, "someone_else", "someone_else: 1");
        YamlValue of = fields.get("of");
        YamlValue overlap = fields.get("overlap");
        if (count != null && count.isMapping()) {
            if (of != null) {
                of.mistake("expected no group besides those of someone_else, found one", "Remove it.");
            }
            boolean overlaps = overlap != null && Boolean.TRUE.equals(overlap.truth());
            return new Demand(ApprovalKind.SOMEONE_ELSE, shares(count), overlaps);
        }
        if (overlap != null) {
            overlap.mistake(
                    "expected overlap beside several groups, found it beside a number",
                    "Remove it, or write for example someone_else: { dbas: 2, leads: 1 }.");
        }
        return Demand.someoneElse(count == null ? 1 : number(count), of == null ? null : group(of, of.text()));
    }

    private static Demand word(YamlValue value) {
        String word = value.text();
        return switch (word == null ? "" : word) {
            case "none" -> Demand.NONE;
            case "requester" -> Demand.REQUESTER;
            case "someone_else" -> Demand.someoneElse(1, null);
            default -> {
                value.mistake(
                        "expected an approval, found something else",
                        "Write none, requester, someone_else, { someone_else: 2, of: approvers } or"
                                + " { someone_else: { dbas: 2, leads: 1 } }.");
                yield Demand.NONE;
            }
        };
    }

    private List<Share> shares(YamlValue value) {
        List<Share> shares = new ArrayList<>();
        value.entries().forEach((name, count) -> shares.add(new Share(number(count), group(count, name))));
        if (shares.isEmpty()) {
            value.mistake("expected at least one group, found none", "Write for example { dbas: 2, leads: 1 }.");
        }
        if (shares.stream().mapToInt(Share::people).sum() > MOST_APPROVALS) {
            value.mistake("expected at most " + MOST_APPROVALS + " people together, found more", "");
        }
        return shares;
    }

    private static int number(YamlValue value) {
        Integer count = value.integer(1, MOST_APPROVALS);
        return count == null ? 1 : count;
    }

    private @Nullable String group(YamlValue value, @Nullable String name) {
        if (name != null && !groups.contains(name)) {
            value.mistake(
                    "expected a group of this policy, found an unknown one", PeopleReader.didYouMean(name, groups));
        }
        return name;
    }
}
