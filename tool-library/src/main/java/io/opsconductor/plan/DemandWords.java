package io.opsconductor.plan;

import io.opsconductor.plan.DecisionCheck.Wanted;
import io.opsconductor.plan.Preview.ApprovalRule;
import io.opsconductor.plan.Preview.Demand;
import io.opsconductor.plan.Preview.Quota;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Who must approve, in words. */
public final class DemandWords {
    private DemandWords() {}

    /**
     * A sentence for each demand; one that nothing is needed where nothing is, and one of who may stop it besides.
     *
     * @param requester the policy's name for who asked
     */
    public static List<String> sentences(ApprovalRule rule, String requester) {
        List<String> approvals = approvals(rule, requester);
        return rule.stoppers().isEmpty()
                ? approvals
                : Stream.concat(approvals.stream(), Stream.of("May be stopped by " + oneOf(rule.stoppers()) + "."))
                        .toList();
    }

    private static List<String> approvals(ApprovalRule rule, String requester) {
        return switch (rule.kind()) {
            case NONE -> List.of("No approval is needed.");
            case REQUESTER ->
                rule.approvers().isEmpty()
                        ? List.of(requester + " may approve.")
                        : List.of("May be approved by " + oneOf(rule.approvers()) + ".");
            case SOMEONE_ELSE ->
                rule.demands().stream().map(DemandWords::sentence).toList();
        };
    }

    private static String sentence(Demand demand) {
        String who = demand.of().size() == 1
                ? one(demand.of().getFirst())
                : demand.of().stream().map(DemandWords::quota).collect(Collectors.joining(" and "))
                        + " must approve; nobody counts twice.";
        return capital(steps(demand.steps()) + who);
    }

    private static String one(Quota quota) {
        return quota.people() == 1
                ? "may be approved by " + oneOf(quota.approvers()) + "."
                : quota.people() + " of these must approve: " + String.join(", ", quota.approvers()) + ".";
    }

    /** Such as {@code 2 of dba (carol, dora or erin)}. */
    public static String quota(Quota quota) {
        return quota.people() + " of "
                + (quota.group().isEmpty()
                        ? oneOf(quota.approvers())
                        : quota.group() + " (" + oneOf(quota.approvers()) + ")");
    }

    /** Such as {@code step 2: } or {@code steps 1 and 3: }; empty where every step is meant. */
    public static String steps(List<Integer> steps) {
        return switch (steps.size()) {
            case 0 -> "";
            case 1 -> "step " + steps.getFirst() + ": ";
            default -> "steps " + joined(steps.stream().map(String::valueOf).toList(), " and ") + ": ";
        };
    }

    /** What is still needed, such as {@code one more is needed, of dba: erin or frank}; empty when nothing is. */
    public static String still(List<Wanted> wanted) {
        return wanted.stream()
                .map(one -> steps(one.steps())
                        + (one.people() == 1 ? "one more is needed" : one.people() + " more are needed")
                        + (one.groups().isEmpty() ? "" : ", of " + oneOf(one.groups()))
                        + (one.approvers().isEmpty() ? "" : ": " + oneOf(one.approvers())))
                .collect(Collectors.joining("; "));
    }

    /** Such as {@code alice, bob or carol}. */
    public static String oneOf(List<String> people) {
        return people.isEmpty() ? "nobody" : joined(people, " or ");
    }

    private static String joined(List<String> words, String last) {
        return words.size() == 1
                ? words.getFirst()
                : String.join(", ", words.subList(0, words.size() - 1)) + last + words.getLast();
    }

    private static String capital(String text) {
        return Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }
}
