package io.opsconductor.brain.eval;

import com.fasterxml.jackson.databind.JsonNode;
import io.opsconductor.brain.catalogue.Knowledge;
import io.opsconductor.tool.Catalogue;
import io.opsconductor.tool.CatalogueEntry;
import io.opsconductor.tool.TargetDirectory;
import io.opsconductor.yaml.Finding;
import io.opsconductor.yaml.SchemaCheck;
import io.opsconductor.yaml.YamlFile;
import io.opsconductor.yaml.YamlReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** Reads a set of requests: YAML with an inventory of its own; {@code requests.yaml} beside this class says the form. */
public final class RequestFile {
    private static final int MOST_BYTES = 2_000_000;
    private static final int DEPTH = 12;
    private static final int MOST_VALUES = 200_000;

    private RequestFile() {}

    /** The set that ships and that the understanding is tuned with. */
    public static final String TUNED = "requests";

    /** The set that ships and whose misses were looked into once. */
    public static final String FRESH = "fresh";

    /** The set that ships and whose misses were read before the rules that came with {@link #FIFTH}. */
    public static final String FOURTH = "fourth";

    /** The set that ships, was first measured with those rules, and whose misses were looked into then. */
    public static final String FIFTH = "fifth";

    /** The set that ships, was first measured after {@link #FIFTH} had been looked into, and was looked into then. */
    public static final String SIXTH = "sixth";

    /** The set that ships for the tools for Windows, devices, databases and web interfaces. */
    public static final String FLEET = "fleet";

    /** A set that ships for all tools together; its misses were read after several measurements. */
    public static final String SEVENTH = "seventh";

    /** Another one, first measured at first sight, and read later. */
    public static final String EIGHTH = "eighth";

    /** A set that ships over all tools, written by another hand; its misses were read after it was measured. */
    public static final String NINTH = "ninth";

    /** By another hand again: a platform team. Its misses have been read. */
    public static final String TENTH = "tenth";

    /** By another hand again: the operations of a hospital. Its misses were read after several measurements. */
    public static final String ELEVENTH = "eleventh";

    /** By another hand again: a university's computing centre. Its misses have been read. */
    public static final String TWELFTH = "twelfth";

    /** By another hand again: a hosting company. Half of its misses have been read, and of the other half nobody has read one. */
    public static final String THIRTEENTH = "thirteenth";

    /** Every set that ships. */
    public static final List<String> SHIPPED = List.of(
            TUNED, FRESH, FOURTH, FIFTH, SIXTH, FLEET, SEVENTH, EIGHTH, NINTH, TENTH, ELEVENTH, TWELFTH, THIRTEENTH);

    /** A set that ships, by its name, with these tools. */
    public static List<Trial> shipped(String name, Catalogue tools) {
        try (InputStream in = RequestFile.class.getResourceAsStream(name + ".yaml")) {
            if (in == null) {
                throw new IllegalArgumentException("There is no set " + name + " in the build");
            }
            return parse(name + ".yaml", in.readAllBytes(), tools);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the set " + name, e);
        }
    }

    /**
     * A set in a file, with these tools.
     *
     * @throws InvalidRequestsException with every mistake in it
     */
    public static List<Trial> read(Path file, Catalogue tools) throws IOException {
        return parse(file.toString(), Files.readAllBytes(file), tools);
    }

    private static List<Trial> parse(String name, byte[] bytes, Catalogue tools) {
        YamlFile file = new YamlReader(MOST_BYTES, DEPTH, MOST_VALUES).read(name, bytes);
        List<Finding> findings = new ArrayList<>(file.findings());
        if (findings.isEmpty()) {
            findings.addAll(SchemaCheck.ofResource(RequestFile.class, "requests.schema.json")
                    .check(file));
        }
        if (!findings.isEmpty()) {
            throw new InvalidRequestsException(findings);
        }
        Knowledge knowledge = new Knowledge(tools, directory(name, file.root().path("inventory")));
        List<Trial> trials = new ArrayList<>();
        for (int section = 0; section < file.root().path("sections").size(); section++) {
            JsonNode node = file.root().path("sections").get(section);
            for (int at = 0; at < node.path("requests").size(); at++) {
                String pointer = "/sections/" + section + "/requests/" + at;
                Request request = request(node, node.path("requests").get(at), knowledge);
                findings.addAll(unknown(file, pointer, request, knowledge));
                trials.add(new Trial(request, knowledge));
            }
        }
        if (!findings.isEmpty()) {
            throw new InvalidRequestsException(findings);
        }
        return trials;
    }

    private static Request request(JsonNode section, JsonNode node, Knowledge knowledge) {
        List<Expected> right = new ArrayList<>();
        right.add(expected(node));
        // What only a larger library can do is right where that is loaded.
        node.path("or").forEach(other -> {
            Expected expected = expected(other);
            if (knowledge.tools().tools().stream()
                    .map(CatalogueEntry::name)
                    .toList()
                    .containsAll(tools(expected))) {
                right.add(expected);
            }
        });
        return new Request(
                section.path("category").asText(),
                section.path("language").asText("en"),
                texts(node.path("thread")),
                node.path("say").asText(),
                right);
    }

    private static List<String> tools(Expected expected) {
        return switch (expected) {
            case Expected.Planned(List<Expected.WantedStep> steps) ->
                steps.stream().map(Expected.WantedStep::tool).toList();
            case Expected.Asked(String missing, String tool) -> tool.isEmpty() ? List.of() : List.of(tool);
            case Expected.Answered ignored -> List.of();
            case Expected.Refused ignored -> List.of();
            case Expected.Unplanned ignored -> List.of();
        };
    }

    private static Expected expected(JsonNode node) {
        if (node.has("plan")) {
            List<Expected.WantedStep> steps = new ArrayList<>();
            node.path("plan").forEach(step -> steps.add(step(step)));
            return new Expected.Planned(steps);
        }
        if (node.has("ask")) {
            return new Expected.Asked(
                    node.path("ask").asText(), node.path("tool").asText());
        }
        JsonNode refuse = node.path("refuse");
        return node.has("answer")
                ? new Expected.Answered(node.path("answer").asText())
                : new Expected.Refused(refuse.isTextual() ? refuse.asText() : "");
    }

    private static Expected.WantedStep step(JsonNode node) {
        Map<String, List<String>> values = new LinkedHashMap<>();
        node.path("parameters")
                .properties()
                .forEach(value ->
                        values.put(value.getKey(), List.of(value.getValue().asText())));
        return new Expected.WantedStep(
                node.path("tool").asText(), texts(node.path("targets")), values, Comparison.EXACT);
    }

    /** Tools and targets that are expected and do not exist: the set does not fit the tools, or has a slip. */
    private static List<Finding> unknown(YamlFile file, String pointer, Request request, Knowledge knowledge) {
        List<Finding> findings = new ArrayList<>();
        List<String> tools =
                knowledge.tools().tools().stream().map(CatalogueEntry::name).toList();
        List<String> targets = knowledge.targets().targets().stream()
                .map(TargetDirectory.Entry::name)
                .toList();
        for (Expected expected : request.right()) {
            List<Expected.WantedStep> steps =
                    expected instanceof Expected.Planned planned ? planned.steps() : List.of();
            for (Expected.WantedStep step : steps) {
                if (!tools.contains(step.tool())) {
                    findings.add(file.error(pointer, "expected a tool that there is, found " + step.tool(), ""));
                }
                step.targets().stream()
                        .filter(target -> !targets.contains(target))
                        .forEach(target -> findings.add(
                                file.error(pointer, "expected a target of the inventory, found " + target, "")));
            }
        }
        return findings;
    }

    private static TargetDirectory directory(String name, JsonNode inventory) {
        List<TargetDirectory.Entry> targets = new ArrayList<>();
        Map<String, TreeSet<String>> groups = new TreeMap<>();
        inventory.properties().forEach(target -> {
            JsonNode node = target.getValue();
            List<String> memberOf = texts(node.path("groups"));
            memberOf.forEach(
                    group -> groups.computeIfAbsent(group, g -> new TreeSet<>()).add(target.getKey()));
            targets.add(new TargetDirectory.Entry(
                    target.getKey(),
                    texts(node.path("aliases")),
                    node.path("environment").asText(),
                    node.path("platform").asText("linux"),
                    memberOf,
                    Map.of()));
        });
        targets.sort((a, b) -> a.name().compareTo(b.name()));
        Map<String, List<String>> members = new TreeMap<>();
        groups.forEach((group, names) -> members.put(group, List.copyOf(names)));
        return new TargetDirectory(name, targets, members);
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(text -> texts.add(text.asText()));
        return texts;
    }
}
