package io.opsconductor.brain.planning;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.opsconductor.brain.catalogue.Knowledge;
import io.opsconductor.brain.intent.Entity;
import io.opsconductor.brain.intent.ToolRequest;
import io.opsconductor.brain.language.Indexes.Index;
import io.opsconductor.brain.model.Checked;
import io.opsconductor.brain.model.Schemas;
import io.opsconductor.brain.selection.ToolChoice.Chosen;
import io.opsconductor.json.Json;
import io.opsconductor.plan.Plan;
import io.opsconductor.plan.Step;
import io.opsconductor.text.Shown;
import io.opsconductor.tool.CatalogueEntry;
import io.opsconductor.tool.CatalogueEntry.Parameter;
import io.opsconductor.tool.ParameterCheck;
import io.opsconductor.tool.ParameterType;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a model is asked about the chosen tools, in which form it may answer, and what of its answer has grounds. */
final class Proposals {
    /** Names of targets that a model may choose from; beyond it only those that the words name. */
    private static final int MOST_TARGETS = 40;

    private static final int LONGEST_DESCRIPTION = 200;

    private final List<Chosen> choices;
    private final List<ToolRequest> requests;
    private final Knowledge knowledge;
    private final Index index;

    /** @param choices one per request, in order */
    Proposals(List<Chosen> choices, Knowledge knowledge, Index index) {
        this.choices = choices;
        this.requests = choices.stream().map(Chosen::request).toList();
        this.knowledge = knowledge;
        this.index = index;
    }

    /**
     * A step of which only what has grounds is left.
     *
     * @param choice whose request it is for
     * @param origins of the values and targets that are left, by how they are shown
     */
    record Grounded(Chosen choice, Step step, Map<String, Origin> origins) {}

    /** The question: no addresses, no credentials, no templates, and no targets that are not in play. */
    JsonNode words() {
        ObjectNode words = Json.mapper().createObjectNode();
        ArrayNode list = words.putArray("requests");
        for (int at = 0; at < choices.size(); at++) {
            ToolRequest request = requests.get(at);
            ObjectNode entry = list.addObject().put("request", at + 1).put("text", request.text());
            ArrayNode things = entry.putArray("things");
            request.entities().stream()
                    .map(Entity::text)
                    .filter(text -> !request.text().contains(text))
                    .distinct()
                    .forEach(things::add);
            entry.set("tool", described(choices.get(at).tool()));
        }
        ArrayNode targets = words.putArray("targets");
        targets().forEach(targets::add);
        return words;
    }

    private static ObjectNode described(CatalogueEntry tool) {
        ObjectNode entry =
                Json.mapper().createObjectNode().put("name", tool.name()).put("has_targets", tool.needsTarget());
        ArrayNode parameters = entry.putArray("parameters");
        for (Parameter parameter : tool.parameters()) {
            String description = parameter.description().strip().replaceAll("\\s+", " ");
            parameters
                    .addObject()
                    .put("name", parameter.name())
                    .put("type", Candidates.type(parameter).word())
                    .put("means", description.substring(0, Math.min(description.length(), LONGEST_DESCRIPTION)))
                    .put("required", parameter.required());
        }
        return entry;
    }

    /** Names that may be answered: those that the words name first, then all when there are few, and the groups. */
    private Set<String> targets() {
        Set<String> names = new LinkedHashSet<>();
        for (ToolRequest request : requests) {
            for (Entity entity : request.entities()) {
                if (entity instanceof Entity.Targets named) {
                    names.addAll(named.names());
                } else if (entity instanceof Entity.AmbiguousTarget unclear) {
                    names.addAll(unclear.names());
                }
            }
        }
        boolean few = knowledge.targets().targets().size() <= MOST_TARGETS;
        if (few) {
            names.addAll(index.targets().all());
        }
        return names;
    }

    /** One form of step for each chosen tool; what is required may be null, so that nothing has to be made up. */
    JsonNode format() {
        Map<String, CatalogueEntry> tools = new LinkedHashMap<>();
        choices.forEach(choice -> tools.put(choice.tool().name(), choice.tool()));
        Set<String> targets = targets();
        List<ObjectNode> forms =
                tools.values().stream().map(tool -> form(tool, targets)).toList();
        Map<String, ObjectNode> answer = new LinkedHashMap<>();
        answer.put("steps", Schemas.array(forms.size() == 1 ? forms.getFirst() : Schemas.anyOf(forms)));
        return Schemas.object(answer);
    }

    private ObjectNode form(CatalogueEntry tool, Set<String> targets) {
        Map<String, ObjectNode> step = new LinkedHashMap<>();
        step.put("request", Schemas.numbers(1, choices.size()));
        step.put("tool", Schemas.oneOf(List.of(tool.name())));
        ObjectNode names = targets.isEmpty() || !tool.needsTarget() ? Schemas.of("string") : Schemas.oneOf(targets);
        step.put("targets", Schemas.array(names));
        Map<String, ObjectNode> parameters = new LinkedHashMap<>();
        tool.parameters().forEach(parameter -> parameters.put(parameter.name(), Schemas.orNull(form(parameter))));
        step.put("parameters", Schemas.object(parameters));
        return Schemas.object(step);
    }

    private static ObjectNode form(Parameter parameter) {
        ParameterType type = parameter.type();
        boolean number = type == ParameterType.INTEGER || type == ParameterType.PORT;
        if (!parameter.allowed().isEmpty() && !number && type != ParameterType.BOOLEAN) {
            return Schemas.oneOf(parameter.allowed());
        }
        return Schemas.of(number ? "integer" : type == ParameterType.BOOLEAN ? "boolean" : "string");
    }

    /** What has grounds, and what has none. */
    Checked<List<Grounded>> read(JsonNode tree) {
        List<String> problems = new ArrayList<>();
        List<Grounded> steps = new ArrayList<>();
        for (JsonNode step : tree.path("steps")) {
            Chosen choice = choices.get(step.path("request").asInt() - 1);
            if (!choice.tool().name().equals(step.path("tool").asText())) {
                problems.add("The tool of request " + step.path("request").asInt() + " is "
                        + choice.tool().name() + ".");
            } else if (steps.size() <= Plan.MAX_STEPS) {
                steps.add(grounded(choice, step, problems));
            }
        }
        for (int at = 0; at < choices.size(); at++) {
            Chosen choice = choices.get(at);
            if (steps.stream().noneMatch(step -> step.choice.equals(choice))) {
                problems.add("Request " + (at + 1) + " has no step.");
                // The person asked for it: it is filled in from the words alone, before what comes later.
                steps.add(before(steps, at), empty(choice));
            }
        }
        return new Checked<>(steps.stream().map(this::filled).toList(), problems);
    }

    /** Where a step for this request belongs. */
    private int before(List<Grounded> steps, int request) {
        int at = 0;
        while (at < steps.size() && choices.indexOf(steps.get(at).choice) < request) {
            at++;
        }
        return at;
    }

    private static Grounded empty(Chosen choice) {
        return new Grounded(choice, new Step(choice.tool().name(), Map.of(), List.of()), Map.of());
    }

    private Grounded grounded(Chosen choice, JsonNode step, List<String> problems) {
        CatalogueEntry tool = choice.tool();
        Grounds grounds = new Grounds(index, tool, choice.request(), requests);
        Map<String, Object> values = new LinkedHashMap<>();
        Map<String, Origin> origins = new LinkedHashMap<>();
        for (Parameter parameter : tool.parameters()) {
            JsonNode given = step.path("parameters").path(parameter.name());
            if (given.isNull() || given.isMissingNode() || given.asText().isBlank()) {
                continue;
            }
            Object value = given.isBoolean() ? (Object) given.asBoolean() : given.asText();
            Optional<Origin> origin = grounds.of(parameter, value);
            String named = "The parameter " + parameter.name() + " is " + Shown.quoted(value.toString());
            if (origin.isEmpty()) {
                problems.add(named + ", which the message does not say: give what it says, or null.");
            } else if (ParameterCheck.check(parameter, value) instanceof ParameterCheck.Invalid invalid) {
                problems.add(named + ": " + invalid.message() + ".");
            } else if (origin.get() != Origin.DEFAULT) {
                values.put(parameter.name(), value);
                origins.put(value.toString(), origin.get());
            }
        }
        List<String> targets = new ArrayList<>();
        for (JsonNode given :
                tool.needsTarget() ? step.path("targets") : Json.mapper().createArrayNode()) {
            Optional<Origin> origin = grounds.of(given.asText());
            if (origin.isEmpty()) {
                problems.add("The target " + Shown.quoted(given.asText())
                        + " is not one that the message names for this: leave it out.");
            } else if (!targets.contains(given.asText())) {
                targets.add(given.asText());
                origins.put(given.asText(), origin.get());
            }
        }
        return new Grounded(choice, new Step(tool.name(), values, targets), origins);
    }

    /** With what the words alone hold, where the model left it open. */
    private Grounded filled(Grounded step) {
        CatalogueEntry tool = step.choice.tool();
        ToolRequest request = step.choice.request();
        List<Step> byWords = new Filling(index)
                .fill(tool, index.read(request.text(), request.language()), request.entities())
                .steps();
        if (byWords.size() != 1) {
            return step;
        }
        Map<String, Object> values = new LinkedHashMap<>(step.step.parameters());
        Map<String, Origin> origins = new LinkedHashMap<>(step.origins);
        boolean typed = index.typed(request.text(), request.language()).isPresent();
        for (Parameter parameter : tool.parameters()) {
            Object value = byWords.getFirst().parameters().get(parameter.name());
            boolean wanted = parameter.required() || typed;
            if (value != null && wanted && values.putIfAbsent(parameter.name(), value) == null) {
                origins.put(value.toString(), Origin.USER);
            }
        }
        List<String> targets = step.step.targets();
        if (targets.isEmpty()) {
            targets = byWords.getFirst().targets();
            targets.forEach(target -> origins.put(target, Origin.USER));
        }
        return new Grounded(step.choice, new Step(tool.name(), values, targets), origins);
    }

    /** What is refused without a model too: an unknown host, or something named that a change has no place for. */
    Optional<Planning> problem(List<Grounded> steps) {
        for (Grounded step : steps) {
            ToolRequest request = step.choice.request();
            Filling.Filled byWords = new Filling(index)
                    .fill(step.choice.tool(), index.read(request.text(), request.language()), request.entities());
            Optional<Planning> problem =
                    BuiltinPlanningStage.problem(step.choice.tool(), byWords, requests, new Refusals(index));
            if (problem.isPresent()) {
                return problem;
            }
        }
        return Optional.empty();
    }

    /** The steps as a draft, to be completed by questions as any other. */
    Draft draft(List<Grounded> steps) {
        return new Draft(
                steps.stream().map(Grounded::step).toList(),
                -1,
                "",
                steps.stream()
                        .map(step ->
                                BuiltinPlanningStage.withCarried(step.choice.request(), Entity.AmbiguousTarget.class))
                        .toList(),
                0,
                steps.getFirst().choice.request().language());
    }

    /** "from your words: nginx; from the inventory: web-01; the rest is as the tools have it". */
    static String origins(List<Grounded> steps) {
        Map<Origin, Set<String>> values = new EnumMap<>(Origin.class);
        steps.forEach(step -> step.origins.forEach((value, origin) ->
                values.computeIfAbsent(origin, any -> new LinkedHashSet<>()).add(value)));
        List<String> parts = new ArrayList<>();
        values.forEach((origin, named) -> parts.add(switch (origin) {
                    case USER -> "from your words ";
                    case CONTEXT -> "from what you said beside it ";
                    case INVENTORY -> "from the inventory ";
                    case DEFAULT -> "as the tool has it ";
                }
                + Wording.list(List.copyOf(named))));
        return parts.isEmpty() ? "it takes no value" : String.join("; ", parts);
    }
}
