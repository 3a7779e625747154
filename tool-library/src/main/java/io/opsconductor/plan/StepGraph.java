package io.opsconductor.plan;

import io.opsconductor.text.Nearest;
import io.opsconductor.text.Shown;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which step of a plan waits for which. It has no cycle, so that steps which each wait for theirs come to an end.
 *
 * @param nodes one for each step, in the plan's order
 */
public record StepGraph(List<Node> nodes) {
    public StepGraph {
        nodes = List.copyOf(nodes);
    }

    /**
     * What one step waits for, by index.
     *
     * @param after the steps that must have ended before it
     * @param condition the step whose outcome is its condition; one of {@code after}; null for none
     * @param verified the step that it verifies; the only one of {@code after}; null when it verifies none
     */
    public record Node(
            SortedSet<Integer> after,
            @Nullable Integer condition,
            @Nullable Integer verified) {}

    /** What came of reading the options of steps. */
    public sealed interface Read {
        /** It can be run. */
        record Sound(StepGraph graph) implements Read {}

        /**
         * It cannot be run.
         *
         * @param problems a sentence each that names the step, at least one
         */
        record Broken(List<String> problems) implements Read {
            public Broken {
                problems = List.copyOf(problems);
            }
        }
    }

    /** Reads which step waits for which. */
    public static Read read(List<StepOptions> steps) {
        Reading reading = new Reading(steps);
        List<Node> nodes = reading.nodes();
        if (reading.problems.isEmpty()) {
            cycle(nodes).ifPresent(reading.problems::add);
        }
        return reading.problems.isEmpty() ? new Read.Sound(new StepGraph(nodes)) : new Read.Broken(reading.problems);
    }

    /** The steps that verify this one, in order. */
    public List<Integer> verifiersOf(int step) {
        List<Integer> verifiers = new ArrayList<>();
        for (int at = 0; at < nodes.size(); at++) {
            Integer verified = nodes.get(at).verified();
            if (verified != null && verified == step) {
                verifiers.add(at);
            }
        }
        return verifiers;
    }

    private static final class Reading {
        private final List<StepOptions> steps;
        private final Map<String, Integer> byId = new HashMap<>();
        private final List<String> problems = new ArrayList<>();

        Reading(List<StepOptions> steps) {
            this.steps = steps;
            for (int at = 0; at < steps.size(); at++) {
                String id = steps.get(at).id();
                Integer before = id.isEmpty() ? null : byId.putIfAbsent(id, at);
                if (before != null) {
                    problems.add(step(at) + ": its id " + id + " is that of step " + (before + 1) + " as well.");
                }
            }
        }

        List<Node> nodes() {
            List<Node> nodes = new ArrayList<>();
            for (int at = 0; at < steps.size(); at++) {
                nodes.add(node(at));
            }
            return nodes;
        }

        private Node node(int at) {
            StepOptions options = steps.get(at);
            SortedSet<Integer> after = new TreeSet<>();
            List<String> others = options.dependsOn();
            if (others == null) {
                int before = options.verify() ? changeBefore(at) : at - 1;
                if (before >= 0) {
                    after.add(before);
                }
            } else {
                others.forEach(other -> add(after, at, "depends on", other));
            }
            Integer verified = options.verify() ? verified(at, after) : null;
            When when = options.when();
            Integer condition = when == null ? null : add(after, at, "has its condition on", when.step());
            return new Node(after, condition, verified);
        }

        private @Nullable Integer add(Set<Integer> after, int at, String how, String other) {
            Integer found = byId.get(other);
            if (found == null) {
                List<String> nearest =
                        Nearest.of(other, byId.keySet().stream().sorted().toList(), 3);
                problems.add(step(at) + ": it " + how + " " + Shown.quoted(other) + ", and no step has that id"
                        + (nearest.isEmpty() ? "." : "; did you mean " + String.join(" or ", nearest) + "?"));
            } else {
                after.add(found);
            }
            return found;
        }

        private int changeBefore(int at) {
            int before = at - 1;
            while (before >= 0 && steps.get(before).verify()) {
                before--;
            }
            return before;
        }

        private @Nullable Integer verified(int at, Set<Integer> after) {
            StepOptions options = steps.get(at);
            if (options.when() != null
                    || !options.pace().equals(Pace.FREE)
                    || !options.failures().equals(Failures.STOP)
                    || options.deadlineSeconds() > 0) {
                problems.add(
                        step(at) + ": a step that verifies goes along with the step that it verifies; it has no pace,"
                                + " condition, deadline or limit of failures of its own.");
            }
            if (after.size() != 1 || steps.get(after.iterator().next()).verify()) {
                problems.add(
                        step(at) + ": a step that verifies depends on exactly one step, which itself verifies none.");
                return null;
            }
            return after.iterator().next();
        }
    }

    private static Optional<String> cycle(List<Node> nodes) {
        Set<Integer> done = new HashSet<>();
        for (int start = 0; start < nodes.size(); start++) {
            Deque<Integer> way = new ArrayDeque<>();
            if (leadsBack(nodes, start, way, done)) {
                List<Integer> round = new ArrayList<>(way);
                List<Integer> circle = round.subList(round.indexOf(round.getLast()), round.size());
                return Optional.of(circle.stream()
                                .map(at -> at.equals(circle.getFirst()) ? step(at) : "step " + (at + 1))
                                .collect(Collectors.joining(" waits for "))
                        + ": no step of these could ever start.");
            }
        }
        return Optional.empty();
    }

    /** Whether the way from a step comes to a step twice; then the way ends with that step. */
    private static boolean leadsBack(List<Node> nodes, int step, Deque<Integer> way, Set<Integer> done) {
        if (way.contains(step)) {
            way.addLast(step);
            return true;
        }
        if (done.contains(step)) {
            return false;
        }
        way.addLast(step);
        for (int other : nodes.get(step).after()) {
            if (leadsBack(nodes, other, way, done)) {
                return true;
            }
        }
        way.removeLast();
        done.add(step);
        return false;
    }

    private static String step(int at) {
        return "Step " + (at + 1);
    }
}
