package io.opsconductor.runner.policy;

import io.opsconductor.plan.Preview.ApprovalRule;
import io.opsconductor.runner.policy.Demand.Share;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What is asked for in a form that can be compared, whether a plan's rule or a test's expectation says it. */
final class Demands {
    private static final List<String> NONE = List.of("none");
    private static final List<String> REQUESTER = List.of("requester");

    private Demands() {}

    static List<String> of(ApprovalRule rule) {
        return switch (rule.kind()) {
            case NONE -> NONE;
            case REQUESTER -> REQUESTER;
            case SOMEONE_ELSE ->
                rule.demands().stream()
                        .map(demand -> joined(demand.of().stream().map(quota -> part(quota.people(), quota.group()))))
                        .distinct()
                        .sorted()
                        .toList();
        };
    }

    static List<String> of(List<Demand> demands) {
        List<String> all = new ArrayList<>();
        for (Demand demand : demands) {
            switch (demand.kind()) {
                case NONE -> all.addAll(NONE);
                case REQUESTER -> all.addAll(REQUESTER);
                case SOMEONE_ELSE -> {
                    List<String> parts =
                            demand.shares().stream().map(Demands::part).toList();
                    all.addAll(demand.overlap() ? parts : List.of(joined(parts.stream())));
                }
            }
        }
        return all.stream().distinct().sorted().toList();
    }

    private static String joined(Stream<String> parts) {
        return parts.sorted().collect(Collectors.joining(" and "));
    }

    private static String part(Share share) {
        return part(share.people(), share.group() == null ? "" : share.group());
    }

    private static String part(int people, String group) {
        return people + (people == 1 ? " other person" : " other people") + (group.isEmpty() ? "" : " of " + group);
    }
}
