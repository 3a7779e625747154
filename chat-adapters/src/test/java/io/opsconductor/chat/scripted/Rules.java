package io.opsconductor.chat.scripted;

import io.opsconductor.plan.Preview.ApprovalKind;
import io.opsconductor.plan.Preview.ApprovalRule;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What the scripted runner's policy says.
 *
 * @param kind who counts
 * @param approvals how many
 * @param approvers names
 * @param expiry of previews
 * @param breakGlass whether requesters may do without
 */
public record Rules(ApprovalKind kind, int approvals, List<String> approvers, Duration expiry, boolean breakGlass) {
    public static Rules someoneElse() {
        return new Rules(ApprovalKind.SOMEONE_ELSE, 1, List.of("bob", "carol"), Duration.ofMinutes(15), false);
    }

    public static Rules two() {
        return new Rules(ApprovalKind.SOMEONE_ELSE, 2, List.of("bob", "carol"), Duration.ofMinutes(15), false);
    }

    public static Rules nobody() {
        return new Rules(ApprovalKind.NONE, 0, List.of(), Duration.ofMinutes(15), false);
    }

    /** The same for others, by name or identity. */
    public Rules approvedBy(String... who) {
        return new Rules(kind, approvals, List.of(who), expiry, breakGlass);
    }

    public Rules expiringAfter(Duration expiry) {
        return new Rules(kind, approvals, approvers, expiry, breakGlass);
    }

    /** The same where requesters may do without. */
    public Rules withGlass() {
        return new Rules(kind, approvals, approvers, expiry, true);
    }

    /** @param people names by the identities of chat platforms; who is not there is called by the identity itself */
    ApprovalRule rule(Map<String, String> people) {
        Map<String, List<String>> identities =
                approvers.stream().filter(who -> who.contains(":")).collect(Collectors.toMap(who -> who, List::of));
        people.forEach((identity, name) -> {
            if (approvers.contains(name)) {
                identities.put(name, List.of(identity));
            }
        });
        ApprovalRule rule = new ApprovalRule(kind, approvals, approvers, identities, "the test says so");
        return new ApprovalRule(kind, rule.demands(), rule.identities(), rule.reason(), breakGlass);
    }

    /** For a requester who does without. */
    ApprovalRule alone(String requester) {
        return rule(Map.of()).without(List.of(requester), Map.of(), "break glass");
    }
}
