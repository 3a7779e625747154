package io.opsconductor.brain.eval;

import io.opsconductor.tool.CatalogueEntry;
import io.opsconductor.tool.CatalogueEntry.Parameter;
import io.opsconductor.tool.ParameterCheck;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What is right for a request. */
public sealed interface Expected {
    /**
     * This plan.
     *
     * @param steps in order, at least one; steps that differ in their targets alone become one
     */
    record Planned(List<WantedStep> steps) implements Expected {
        public Planned {
            steps = joined(steps);
        }

        private static List<WantedStep> joined(List<WantedStep> steps) {
            List<WantedStep> joined = new ArrayList<>();
            for (WantedStep step : steps) {
                WantedStep last = joined.isEmpty() ? null : joined.getLast();
                if (last != null && last.tool.equals(step.tool) && last.values.equals(step.values)) {
                    List<String> targets = new ArrayList<>(last.targets);
                    targets.addAll(step.targets);
                    joined.set(joined.size() - 1, new WantedStep(step.tool, targets, step.values, step.comparison));
                } else {
                    joined.add(step);
                }
            }
            return List.copyOf(joined);
        }

        /** The tools, in order, each once for steps of one tool that follow each other. */
        List<String> tools() {
            List<String> tools = new ArrayList<>();
            for (WantedStep step : steps) {
                if (tools.isEmpty() || !tools.getLast().equals(step.tool)) {
                    tools.add(step.tool);
                }
            }
            return tools;
        }
    }

    /**
     * A question.
     *
     * @param missing the parameter asked for, {@code target} or {@code tool}
     * @param tool the tool that is meant; empty when that is what is asked
     */
    record Asked(String missing, String tool) implements Expected {}

    /**
     * Nothing planned and nothing asked.
     *
     * @param code the refusal's fixed word, such as {@code unknown_target}; empty when any will do, and also "not for us"
     */
    record Refused(String code) implements Expected {}

    /** Nothing planned: a refusal, words or a question. */
    record Unplanned() implements Expected {}

    /**
     * An answer in words.
     *
     * @param kind {@code tools}, {@code targets}, {@code target}, {@code usable-tools}, {@code which-tool}, {@code history},
     *     {@code small-talk} or {@code cancel}
     */
    record Answered(String kind) implements Expected {}

    /**
     * A step of a plan.
     *
     * @param tool its tool
     * @param targets in any order
     * @param values for each parameter those that are right, in the form of {@code comparison}; an empty text where it may be
     *     left out as well
     * @param comparison when a value is one of them
     */
    record WantedStep(String tool, List<String> targets, Map<String, List<String>> values, Comparison comparison) {
        public WantedStep {
            targets = List.copyOf(targets);
            values = new LinkedHashMap<>(values);
        }

        /** How many of its targets and values a step has right, and of how many. */
        Share rightIn(List<String> gotTargets, Map<String, Object> gotValues, CatalogueEntry tool) {
            int right = 0;
            int all = 0;
            if (!targets.isEmpty() || !gotTargets.isEmpty()) {
                all++;
                right += Set.copyOf(gotTargets).equals(Set.copyOf(targets)) ? 1 : 0;
            }
            Set<String> names = new HashSet<>(values.keySet());
            names.addAll(gotValues.keySet());
            for (String name : names) {
                boolean fits = fits(name, text(gotValues.get(name)), tool);
                if (values.containsKey(name) || !fits) {
                    all++;
                    right += fits ? 1 : 0;
                }
            }
            return new Share(right, all);
        }

        /** @param got empty when it was left out, so that the tool's default counts */
        private boolean fits(String name, String got, CatalogueEntry tool) {
            String standard = normal(tool, name, defaultOf(tool, name));
            List<String> wanted = values.get(name);
            if (wanted == null) {
                return got.isEmpty() || got.equals(standard);
            }
            String counts = got.isEmpty() ? standard : got;
            return (got.isEmpty() && wanted.contains(""))
                    || (!counts.isEmpty()
                            && wanted.stream()
                                    .filter(value -> !value.isEmpty())
                                    .map(value -> comparison == Comparison.EXACT ? normal(tool, name, value) : value)
                                    .anyMatch(value -> comparison.same(value, counts)));
        }

        private static String normal(CatalogueEntry tool, String parameter, String value) {
            return tool.parameters().stream()
                    .filter(one -> one.name().equals(parameter) && !value.isEmpty())
                    .map(one -> ParameterCheck.check(one, value))
                    .map(check -> check instanceof ParameterCheck.Valid valid ? text(valid.value()) : value)
                    .findFirst()
                    .orElse(value);
        }

        private static String defaultOf(CatalogueEntry tool, String parameter) {
            return tool.parameters().stream()
                    .filter(one -> one.name().equals(parameter))
                    .map(Parameter::defaultValue)
                    .map(Expected::text)
                    .findFirst()
                    .orElse("");
        }
    }

    private static String text(@Nullable Object value) {
        return value == null ? "" : value.toString();
    }

    /** In a few words, in the form of {@link Outcome#brief()}. */
    default String brief() {
        return switch (this) {
            case Planned planned -> planned.steps.stream().map(Expected::brief).collect(Collectors.joining(" ; "));
            case Asked asked -> "ask " + asked.missing;
            case Refused refused -> ("refuse " + refused.code).strip();
            case Unplanned _ -> "no plan";
            case Answered answered ->
                switch (answered.kind) {
                    case "tools" -> "help";
                    case "small-talk" -> "talk";
                    default -> answered.kind;
                };
        };
    }

    private static String brief(WantedStep step) {
        String values = new TreeMap<>(step.values)
                .entrySet().stream()
                        .map(value -> " " + value.getKey() + "=" + String.join("|", value.getValue()))
                        .collect(Collectors.joining());
        String targets = step.targets.isEmpty() ? "" : " @ " + String.join(",", step.targets);
        return step.tool + values + targets;
    }
}
