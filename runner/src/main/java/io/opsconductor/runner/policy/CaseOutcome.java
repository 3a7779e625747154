package io.opsconductor.runner.policy;

import io.opsconductor.runner.policy.PolicyCase.Expectation;
import io.opsconductor.runner.policy.PolicyDecision.Allowed;
import io.opsconductor.runner.policy.PolicyDecision.Refused;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What came of a test of a policy.
 *
 * @param tested the test
 * @param differences where the policy decides otherwise than expected, a line each; none when the test passes
 * @param explanation what the policy decides, rule by rule
 */
public record CaseOutcome(PolicyCase tested, List<String> differences, Explanation explanation) {
    public CaseOutcome {
        differences = List.copyOf(differences);
    }

    /**
     * Asks the policy.
     *
     * @param now for a test without a time
     */
    public static CaseOutcome of(PolicyCase tested, Policy policy, Instant now) {
        Explanation explanation = policy.explain(
                tested.tenant(),
                tested.identity(),
                List.of(tested.step()),
                tested.at().orElse(now));
        return new CaseOutcome(tested, differences(tested.expected(), explanation.decision()), explanation);
    }

    public boolean passes() {
        return differences.isEmpty();
    }

    private static List<String> differences(Expectation expected, PolicyDecision found) {
        List<String> differences = new ArrayList<>();
        String asked = switch (found) {
            case Refused refused -> "refused, " + refused.code();
            case Allowed allowed -> words(Demands.of(allowed.approval()));
        };
        boolean refused = found instanceof Refused;
        String wanted = expected.demands().map(CaseOutcome::words).orElse("refused");
        if (expected.demands().isEmpty() ? !refused : !wanted.equals(asked)) {
            differences.add("expected " + wanted + ", found " + asked);
            return differences;
        }
        switch (found) {
            case Refused(String code, String message, String hint) ->
                expected.because()
                        .filter(because -> !because.equals(code))
                        .ifPresent(because ->
                                differences.add("expected a refusal because of " + because + ", found " + code));
            case Allowed allowed -> {
                differ(
                        differences,
                        "the rules",
                        expected.rules(),
                        allowed.rules().stream().sorted().toList());
                differ(
                        differences,
                        "the approvers",
                        expected.approvers(),
                        allowed.approval().approvers());
                differ(
                        differences,
                        "an expiry of",
                        expected.expiry().map(Duration::toMinutes),
                        allowed.expiry().toMinutes());
                differ(
                        differences,
                        "break_glass",
                        expected.breakGlass(),
                        allowed.approval().breakGlass());
            }
        }
        return differences;
    }

    private static <T> void differ(List<String> differences, String what, Optional<T> expected, T found) {
        if (expected.isPresent() && !expected.get().equals(found)) {
            differences.add("expected " + what + " " + expected.get() + ", found " + found);
        }
    }

    private static String words(List<String> demands) {
        return String.join("; ", demands);
    }
}
