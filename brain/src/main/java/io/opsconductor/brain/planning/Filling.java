package io.opsconductor.brain.planning;

import io.opsconductor.brain.intent.Entity;
import io.opsconductor.brain.language.Indexes.Index;
import io.opsconductor.brain.language.Mention;
import io.opsconductor.brain.language.Reading;
import io.opsconductor.brain.language.TypedCommand;
import io.opsconductor.plan.Effect;
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
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Puts what a clause names into a tool's parameters. What it does not name stays open; nothing is made up. */
final class Filling {
    private static final Pattern OPTION = Pattern.compile("/[a-z]{2,12}");
    /** "PT4KHLK", "KB5034441": names one thing, and nothing else than that thing was meant. */
    private static final Pattern CODE = Pattern.compile("(?=.*\\d)(?=.*[A-Z])[A-Z0-9]{5,}");

    private static final String ENVIRONMENT = "environment";

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
        return index.typed(reading.text(), reading.language())
                .filter(command -> command.tool().equals(tool))
                .map(command -> typed(command, reading, entities))
                .orElseGet(() -> said(tool, reading, entities));
    }

    /** Of a typed command nothing is left over; where it does not say on what it runs, that is what the clauses around it say. */
    private Filled typed(TypedCommand command, Reading reading, List<Entity> entities) {
        List<Entity> place = command.place().isEmpty()
                ? entities.stream()
                        .filter(entity ->
                                Index.isTarget(entity) && !reading.text().contains(entity.text()))
                        .toList()
                : command.place();
        Set<String> targets = new LinkedHashSet<>();
        for (Entity entity : place) {
            if (command.tool().needsTarget() && entity instanceof Entity.Targets named) {
                targets.addAll(named.names());
            }
        }
        Map<String, Object> values = new LinkedHashMap<>(command.values());
        values.replaceAll((name, value) -> called(command.tool(), name, value));
        Step step = new Step(command.tool().name(), values, List.copyOf(targets));
        return new Filled(List.of(step), unknown(command.tool(), reading, place, Set.of()), List.of());
    }

    /** "nc -zv db-01 5432": a host is called as the inventory calls it. */
    private Object called(CatalogueEntry tool, String parameter, Object value) {
        boolean host = tool.parameters().stream()
                .filter(one -> one.name().equals(parameter))
                .map(Candidates::type)
                .anyMatch(type -> type == ParameterType.HOST || type == ParameterType.TARGET);
        Set<String> named = host ? Set.copyOf(index.targets().named(value.toString())) : Set.of();
        return named.size() == 1 ? named.iterator().next() : value;
    }

    private Filled said(CatalogueEntry tool, Reading reading, List<Entity> entities) {
        Candidates candidates = new Candidates(tool, reading, entities, index);
        Map<String, List<String>> values = new LinkedHashMap<>();
        Set<String> used = new HashSet<>();
        for (Parameter parameter : tool.parameters()) {
            Map<String, String> found = new LinkedHashMap<>(candidates.of(parameter));
            List<Parameter> rivals = tool.parameters().stream()
                    .filter(other -> Candidates.type(other) == Candidates.type(parameter))
                    .toList();
            if (rivals.size() > 1 && parameter.allowed().isEmpty()) {
                found.values().removeIf(text -> used.contains(text) || isWritten(text, used));
                found.keySet().retainAll(found.keySet().stream().limit(1).toList());
            }
            if (!found.isEmpty()) {
                values.put(parameter.name(), List.copyOf(found.keySet()));
                used.addAll(found.values());
            }
        }
        Optional<Entity.Targets> environment =
                values.containsKey(ENVIRONMENT) ? Optional.empty() : environment(tool, reading);
        environment.ifPresent(named -> values.put(ENVIRONMENT, List.of(named.text())));
        Set<String> targets = new LinkedHashSet<>();
        if (tool.needsTarget()) {
            for (Entity entity : entities) {
                if (entity instanceof Entity.Targets named) {
                    used.add(named.text());
                    if (!environment.equals(Optional.of(named))) {
                        targets.addAll(named.names());
                    }
                }
            }
        }
        return new Filled(
                steps(tool, values, List.copyOf(targets)),
                unknown(tool, reading, entities, used),
                unused(tool, reading, used));
    }

    /** "deploy v2.1 of acme/shop to staging on gh-corp": what a group is called, where the target is another and the tool takes one. */
    private Optional<Entity.Targets> environment(CatalogueEntry tool, Reading reading) {
        if (tool.parameters().stream().noneMatch(parameter -> parameter.name().equals(ENVIRONMENT))) {
            return Optional.empty();
        }
        List<Mention> targets =
                reading.mentions().stream().filter(Mention::isTargets).toList();
        return targets.stream()
                .filter(mention -> targets.size() > 1
                        && mention.from() > 0
                        && mention.to() == mention.from() + 1
                        && index.language()
                                .is(
                                        "environment-before",
                                        reading.words().get(mention.from() - 1).lower()))
                .flatMap(mention -> mention.entities().stream())
                .filter(Entity.Targets.class::isInstance)
                .map(Entity.Targets.class::cast)
                .filter(named -> named.names().stream().noneMatch(named.text()::equalsIgnoreCase))
                .findFirst();
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

    private Optional<Entity.UnknownTarget> unknown(
            CatalogueEntry tool, Reading reading, List<Entity> entities, Set<String> used) {
        boolean takesHost = tool.parameters().stream()
                .anyMatch(parameter -> Candidates.type(parameter) == ParameterType.HOST && !tool.needsTarget());
        boolean wantsPlace = tool.needsTarget() || takesHost;
        return entities.stream()
                .filter(Entity.UnknownTarget.class::isInstance)
                .map(Entity.UnknownTarget.class::cast)
                .filter(unknown -> wantsPlace && !isUsed(unknown.text(), used))
                .filter(unknown -> tool.effect() != Effect.READ || !index.isThing(unknown, reading))
                .findFirst();
    }

    /** "acme/shop", of which each part is a value already. */
    private static boolean isWritten(String text, Set<String> used) {
        return text.indexOf('/') > 0 && List.of(text.split("/", -1)).stream().allMatch(used::contains);
    }

    /** By itself, or as a part of "platform/base-images". */
    private static boolean isUsed(String text, Set<String> used) {
        return used.contains(text)
                || used.stream()
                        .filter(value -> !value.startsWith("/") && value.indexOf(' ') < 0)
                        .anyMatch(value -> List.of(value.split("/", -1)).contains(text));
    }

    private List<String> unused(CatalogueEntry tool, Reading reading, Set<String> used) {
        List<String> unused = new ArrayList<>();
        for (Entity entity : reading.entities()) {
            boolean strong = entity instanceof Entity.Value value && value.type() != ParameterType.STRING;
            boolean elsewhere = Index.isTarget(entity)
                    || reading.entities().stream()
                            .anyMatch(other -> !other.equals(entity)
                                    && other.text().equals(entity.text())
                                    && (Index.isTarget(other) || used.contains(other.text())));
            if (strong
                    && !elsewhere
                    && !isOption(tool, entity)
                    && !used.contains(entity.text())
                    && !unused.contains(entity.text())) {
                unused.add(entity.text());
            }
        }
        for (int at = 0; at < reading.words().size(); at++) {
            String text = reading.words().get(at).text();
            boolean code = CODE.matcher(text).matches()
                    && reading.mentionAt(at).isEmpty()
                    && !index.tools().knows(reading.words().get(at).stem());
            if (code && used.stream().noneMatch(value -> value.contains(text)) && !unused.contains(text)) {
                unused.add(text);
            }
        }
        return unused;
    }

    /** "ipconfig /flushdns": no path, but an option that the tool's own examples are written with. */
    private static boolean isOption(CatalogueEntry tool, Entity entity) {
        String text = entity.text().toLowerCase(Locale.ROOT);
        return OPTION.matcher(text).matches()
                && tool.parameters().stream().noneMatch(parameter -> Candidates.type(parameter) == ParameterType.PATH)
                && tool.examples().stream()
                        .anyMatch(example -> List.of(example.split(" ", -1)).contains(text));
    }
}
