package io.opsconductor.brain.planning;

import io.opsconductor.brain.intent.Entity;
import io.opsconductor.brain.language.Indexes.Index;
import io.opsconductor.brain.language.Reading;
import io.opsconductor.plan.Plan;
import io.opsconductor.plan.Step;
import io.opsconductor.tool.CatalogueEntry;
import io.opsconductor.tool.CatalogueEntry.Parameter;
import io.opsconductor.tool.ParameterType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Puts what a clause names into a tool's parameters. What it does not name stays open; nothing is made up. */
final class Filling {
    private final Index index;

    Filling(Index index) {
        this.index = index;
    }

    /**
     * A filled clause.
     *
     * @param steps one, or one per value where several are named for a parameter that takes one
     * @param unknown a host that the tool needs and the inventory does not know
     * @param unused what was named and has no place in the tool
     */
    record Filled(List<Step> steps, Optional<Entity.UnknownTarget> unknown, List<String> unused) {}

    Filled fill(CatalogueEntry tool, Reading reading, List<Entity> entities) {
        Candidates candidates = new Candidates(tool, reading, entities, index);
        Map<String, List<String>> values = new LinkedHashMap<>();
        Set<String> used = new HashSet<>();
        for (Parameter parameter : tool.parameters()) {
            Map<String, String> found = new LinkedHashMap<>(candidates.of(parameter));
            List<Parameter> rivals = tool.parameters().stream()
                    .filter(other -> Candidates.type(other) == Candidates.type(parameter))
                    .toList();
            if (rivals.size() > 1 && parameter.allowed().isEmpty()) {
                found.values().removeIf(used::contains);
                found.keySet().retainAll(found.keySet().stream().limit(1).toList());
            }
            if (!found.isEmpty()) {
                values.put(parameter.name(), List.copyOf(found.keySet()));
                used.addAll(found.values());
            }
        }
        Set<String> targets = new LinkedHashSet<>();
        if (tool.needsTarget()) {
            for (Entity entity : entities) {
                if (entity instanceof Entity.Targets named) {
                    targets.addAll(named.names());
                    used.add(named.text());
                }
            }
        }
        return new Filled(
                steps(tool, values, List.copyOf(targets)), unknown(tool, entities, used), unused(reading, used));
    }

    private static List<Step> steps(CatalogueEntry tool, Map<String, List<String>> values, List<String> targets) {
        List<Map<String, Object>> rows = new ArrayList<>();
        rows.add(new LinkedHashMap<>());
        for (Map.Entry<String, List<String>> value : values.entrySet()) {
            List<Map<String, Object>> longer = new ArrayList<>();
            for (Map<String, Object> row : rows) {
                for (String one : value.getValue()) {
                    Map<String, Object> copy = new LinkedHashMap<>(row);
                    copy.put(value.getKey(), one);
                    longer.add(copy);
                    if (longer.size() > Plan.MAX_STEPS) {
                        break;
                    }
                }
            }
            rows = longer;
        }
        return rows.stream().map(row -> new Step(tool.name(), row, targets)).toList();
    }

    private static Optional<Entity.UnknownTarget> unknown(
            CatalogueEntry tool, List<Entity> entities, Set<String> used) {
        boolean takesHost = tool.parameters().stream()
                .anyMatch(parameter -> Candidates.type(parameter) == ParameterType.HOST && !tool.needsTarget());
        boolean wantsPlace = tool.needsTarget() || takesHost;
        return entities.stream()
                .filter(Entity.UnknownTarget.class::isInstance)
                .map(Entity.UnknownTarget.class::cast)
                .filter(unknown -> wantsPlace && !used.contains(unknown.text()))
                .findFirst();
    }

    private static List<String> unused(Reading reading, Set<String> used) {
        List<String> unused = new ArrayList<>();
        for (Entity entity : reading.entities()) {
            boolean strong = entity instanceof Entity.Value value && value.type() != ParameterType.STRING;
            boolean elsewhere = Index.isTarget(entity)
                    || reading.entities().stream()
                            .anyMatch(other -> !other.equals(entity)
                                    && other.text().equals(entity.text())
                                    && (Index.isTarget(other) || used.contains(other.text())));
            if (strong && !elsewhere && !used.contains(entity.text()) && !unused.contains(entity.text())) {
                unused.add(entity.text());
            }
        }
        return unused;
    }
}
