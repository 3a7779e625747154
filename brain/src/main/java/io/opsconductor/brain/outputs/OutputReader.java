package io.opsconductor.brain.outputs;

import io.opsconductor.plan.Step;
import io.opsconductor.plan.TargetResult;
import io.opsconductor.tool.Catalogue;
import io.opsconductor.tool.CatalogueEntry;
import io.opsconductor.tool.ParameterType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads what the steps of an execution wrote, each by the kind that its tool's file names. Thread-safe. */
public final class OutputReader {
    private static final Set<ParameterType> PLACES =
            Set.of(ParameterType.HOST, ParameterType.IP, ParameterType.URL, ParameterType.TARGET);
    private static final int NAMED = 3;

    private final Map<String, Kind<?>> kinds = Map.ofEntries(
            Map.entry("df", new DiskFree()),
            Map.entry("du", new FolderSizes()),
            Map.entry("free", new MemoryFree()),
            Map.entry("uptime", new Uptime()),
            Map.entry("vmstat", new Samples()),
            Map.entry("course", new Course()),
            Map.entry("systemctl", new ServiceState()),
            Map.entry("units", new Units()),
            Map.entry("ping", new Ping()),
            Map.entry("http", new HttpStatus()),
            Map.entry("ps", new Processes()),
            Map.entry("ss", new Listening()),
            Map.entry("interfaces", new Interfaces()),
            Map.entry("who", new Sessions()),
            Map.entry("dns", new Resolved()),
            Map.entry("json", new JsonRows()),
            Map.entry("pairs", new Pairs()),
            Map.entry("columns", new Columns()),
            Map.entry("table", new Rows()));

    /** Steps of one tool with the same values but for where they run: their outputs can be compared. */
    private record Group(String tool, Map<String, Object> values) {}

    /** A result that belongs to the plan, and the name of what it is about. */
    record Part(Step step, String subject, TargetResult result) {}

    /**
     * Reads a result. A target that the plan does not have is passed over.
     *
     * @param steps of the plan that ran
     * @param results what came of them
     */
    public ResultReading read(List<Step> steps, List<TargetResult> results, Catalogue tools) {
        Map<Group, List<Part>> groups = new LinkedHashMap<>();
        for (TargetResult result : results) {
            if (result.step() < 0 || result.step() >= steps.size()) {
                continue;
            }
            Step step = steps.get(result.step());
            Optional<CatalogueEntry> tool = tool(tools, step.tool());
            subject(step, tool, result)
                    .ifPresent(subject -> groups.computeIfAbsent(group(step, tool), g -> new ArrayList<>())
                            .add(new Part(step, subject, result)));
        }
        List<OutputReading> readings = new ArrayList<>();
        NextSteps next = new NextSteps(tools);
        Map<TargetResult, Seen> seen = new LinkedHashMap<>();
        groups.forEach((group, parts) -> {
            Optional<CatalogueEntry> tool = tool(tools, group.tool);
            Optional<Kind<?>> kind = tool.map(CatalogueEntry::output).map(kinds::get);
            kind.ifPresent(known -> look(known, parts, seen));
            List<Part> latest = latest(parts);
            // A change that shows the state, and the look at the state after it, would say the same twice.
            kind.flatMap(known -> reading(known, group, latest))
                    .filter(reading -> readings.stream()
                            .noneMatch(before -> before.sentence().equals(reading.sentence())
                                    && Objects.equals(before.table(), reading.table())))
                    .ifPresent(readings::add);
            tool.ifPresent(known -> next.add(known, latest, seen));
        });
        return new ResultReading(readings, next.choices(), remembered(steps, groups, seen));
    }

    private static Optional<CatalogueEntry> tool(Catalogue tools, String name) {
        return tools.tools().stream().filter(tool -> tool.name().equals(name)).findFirst();
    }

    private static Group group(Step step, Optional<CatalogueEntry> tool) {
        Map<String, Object> values = new LinkedHashMap<>(step.parameters());
        tool.ifPresent(known -> places(known).forEach(values::remove));
        return new Group(step.tool(), values);
    }

    private static List<String> places(CatalogueEntry tool) {
        return tool.parameters().stream()
                .filter(parameter -> PLACES.contains(parameter.type()))
                .map(CatalogueEntry.Parameter::name)
                .toList();
    }

    /** Whom a result is about: always a name that the plan has. */
    private static Optional<String> subject(Step step, Optional<CatalogueEntry> tool, TargetResult result) {
        if (!step.targets().isEmpty()) {
            return Optional.of(result.target()).filter(step.targets()::contains);
        }
        return tool.stream()
                .flatMap(known -> places(known).stream())
                .map(name -> step.parameters().get(name))
                .filter(value -> value != null)
                .map(Object::toString)
                .findFirst();
    }

    private static <T> void look(Kind<T> kind, List<Part> parts, Map<TargetResult, Seen> seen) {
        parts.forEach(part -> Written.of(part.result)
                .flatMap(kind::read)
                .ifPresent(value -> seen.put(part.result, kind.seen(value))));
    }

    /**
     * Each subject once, as the last step left it: a restart and the check after it speak of one machine. What was not started
     * has nothing to say when something before it was.
     */
    private static List<Part> latest(List<Part> parts) {
        Map<String, Part> latest = new LinkedHashMap<>();
        for (Part part : parts) {
            latest.merge(
                    part.subject,
                    part,
                    (before, after) ->
                            wasStarted(after) && after.result.step() >= before.result.step() ? after : before);
        }
        return List.copyOf(latest.values());
    }

    private static boolean wasStarted(Part part) {
        return switch (part.result.status()) {
            case SUCCEEDED, FAILED, UNREACHABLE, TIMED_OUT, CANCELLED, INTERRUPTED -> true;
            case SKIPPED, NOT_NEEDED -> false;
        };
    }

    private static <T> Optional<OutputReading> reading(Kind<T> kind, Group group, List<Part> parts) {
        List<Kind.Of<T>> read = new ArrayList<>();
        List<String> unread = new ArrayList<>();
        for (Part part : parts) {
            Written.of(part.result)
                    .flatMap(kind::read)
                    .ifPresentOrElse(
                            value -> read.add(new Kind.Of<>(part.subject, value)), () -> unread.add(part.subject));
        }
        if (read.isEmpty()) {
            return Optional.empty();
        }
        boolean alone = parts.size() == 1;
        Kind.Laid laid = kind.laid(what(group), read, alone);
        String rest = unread.isEmpty() ? "" : "; nothing to read from " + Phrases.some(unread, NAMED);
        return Optional.of(new OutputReading(
                group.tool,
                laid.sentence() + rest + ".",
                laid.table().orElse(null),
                kind.chart(what(group), read, alone).orElse(null)));
    }

    private static String what(Group group) {
        return group.values.values().stream()
                .filter(String.class::isInstance)
                .map(Object::toString)
                .collect(Collectors.joining(", "));
    }

    private static LastResult remembered(
            List<Step> steps, Map<Group, List<Part>> groups, Map<TargetResult, Seen> seen) {
        List<LastResult.Part> remembered = new ArrayList<>();
        for (int at = 0; at < steps.size(); at++) {
            int index = at;
            List<LastResult.Found> found = groups.values().stream()
                    .flatMap(List::stream)
                    .filter(part -> part.result.step() == index)
                    .map(part -> found(part, seen.get(part.result)))
                    .toList();
            remembered.add(new LastResult.Part(steps.get(at), found));
        }
        return new LastResult(remembered);
    }

    private static LastResult.Found found(Part part, @Nullable Seen seen) {
        return new LastResult.Found(
                part.subject,
                part.result.status(),
                seen == null ? null : seen.well(),
                seen == null ? List.of() : seen.facts());
    }
}
