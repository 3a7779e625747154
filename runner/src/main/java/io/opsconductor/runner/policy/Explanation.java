package io.opsconductor.runner.policy;

import io.opsconductor.plan.DemandWords;
import io.opsconductor.runner.policy.Demand.Share;
import io.opsconductor.runner.policy.PolicyDecision.Allowed;
import io.opsconductor.runner.policy.PolicyDecision.Refused;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What the policy decides, and why, rule by rule.
 *
 * @param decision what it decides
 * @param lines what each rule has to say about each step on each target, in the file's order; none about somebody unknown
 */
public record Explanation(PolicyDecision decision, List<String> lines) {
    public Explanation {
        lines = List.copyOf(lines);
    }

    static Explanation of(PolicyDecision decision, List<Rule> rules, Actor actor, List<StepFacts> steps, Instant at) {
        List<String> lines = new ArrayList<>();
        for (StepFacts step : steps) {
            for (TargetFacts target : step.targets()) {
                lines.add((step.tool().isEmpty() ? "any tool" : step.tool()) + " ("
                        + step.effect().word() + ") on "
                        + target.name() + (target.environment().isEmpty() ? "" : " (" + target.environment() + ")")
                        + ":");
                rules.forEach(rule -> lines.add("  " + line(rule, actor, step, target, at)));
            }
        }
        return new Explanation(decision, lines);
    }

    private static String line(Rule rule, Actor actor, StepFacts step, TargetFacts target, Instant at) {
        String name = "\"" + rule.name() + "\"";
        if (!rule.isAbout(actor)) {
            return "no       " + name + " is not about " + actor.name();
        }
        String unmet = rule.scope().unmet(step, target, at);
        if (!unmet.isEmpty()) {
            return "no       " + name + ": " + unmet;
        }
        return rule.deny() ? "forbids  " + name : "applies  " + name + ": " + demand(rule.demand());
    }

    private static String demand(Demand demand) {
        return switch (demand.kind()) {
            case NONE -> "no approval";
            case REQUESTER -> "whoever asks may approve";
            case SOMEONE_ELSE ->
                demand.shares().stream().map(Explanation::share).collect(Collectors.joining(" and "))
                        + ", other than whoever asks"
                        + (demand.overlap() ? "; one person may count for each" : "");
        };
    }

    private static String share(Share share) {
        return (share.people() == 1 ? "1 person" : share.people() + " people")
                + (share.group() == null ? "" : " of " + share.group());
    }

    /** What was decided, in sentences. */
    public List<String> verdict() {
        return switch (decision) {
            case Refused(String code, String message, String hint) -> List.of("Refused: " + message, hint);
            case Allowed allowed -> {
                List<String> said = new ArrayList<>(DemandWords.sentences(allowed.approval(), allowed.requesterName()));
                said.add("Because of " + allowed.approval().reason() + ".");
                said.add("An approval may take " + words(allowed.expiry()) + ".");
                if (allowed.approval().breakGlass()) {
                    said.add("In an emergency " + allowed.requesterName() + " may break the glass.");
                }
                yield List.copyOf(said);
            }
        };
    }

    private static String words(Duration duration) {
        long minutes = duration.toMinutes();
        return minutes == 1 ? "1 minute" : minutes + " minutes";
    }
}
