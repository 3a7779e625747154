package io.opsconductor.brain.selection;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.opsconductor.brain.catalogue.Knowledge;
import io.opsconductor.brain.intent.Entity;
import io.opsconductor.brain.intent.Intent;
import io.opsconductor.brain.intent.ToolRequest;
import io.opsconductor.brain.language.Indexes;
import io.opsconductor.brain.language.Indexes.Index;
import io.opsconductor.brain.language.ToolIndex.Fit;
import io.opsconductor.brain.model.Checked;
import io.opsconductor.brain.model.ModelSettings.Ask;
import io.opsconductor.brain.model.Prompts;
import io.opsconductor.brain.model.Schemas;
import io.opsconductor.brain.model.Talk;
import io.opsconductor.json.Json;
import io.opsconductor.tool.CatalogueEntry;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Stage B with a model, for one message: the words look up a few tools for each request, and the model chooses among those
 * and no others.
 */
public final class ModelSelectionStage implements SelectionStage {
    private static final int RETRIEVED = 8;
    private static final int LONGEST_DESCRIPTION = 300;
    private static final String NONE = "none";

    private final SelectionStage builtin;
    private final Indexes indexes;
    private final Ask ask;
    private final Talk talk;

    /** For one message. */
    public ModelSelectionStage(SelectionStage builtin, Indexes indexes, Ask ask, Talk talk) {
        this.builtin = builtin;
        this.indexes = indexes;
        this.ask = ask;
        this.talk = talk;
    }

    @Override
    public List<ToolChoice> select(Intent.RunTools intent, Knowledge knowledge) {
        List<ToolChoice> without = builtin.select(intent, knowledge);
        Map<Integer, List<CatalogueEntry>> open = new TreeMap<>();
        for (int at = 0; at < without.size(); at++) {
            ToolRequest request = without.get(at).request();
            boolean typed = indexes.of(knowledge)
                    .typed(request.text(), request.language())
                    .isPresent();
            boolean sure = typed || (ask == Ask.UNSURE && without.get(at) instanceof ToolChoice.Chosen);
            List<CatalogueEntry> retrieved = sure || isUnsafe(request) ? List.of() : retrieved(request, knowledge);
            if (!retrieved.isEmpty()) {
                open.put(at, retrieved);
            }
        }
        if (open.isEmpty()) {
            return without;
        }
        Map<Integer, CatalogueEntry> chosen = talk.ask(
                Prompts.SELECTION,
                words(without, open),
                format(open),
                tree -> new Checked<>(read(tree, open), List.of()));
        List<ToolChoice> choices = new ArrayList<>(without);
        // "none" leaves what the words alone came to: a question, or a refusal that names what is near.
        chosen.forEach((at, tool) ->
                choices.set(at, new ToolChoice.Chosen(without.get(at).request(), tool)));
        return choices;
    }

    private static boolean isUnsafe(ToolRequest request) {
        return request.entities().stream().anyMatch(Entity.Unsafe.class::isInstance);
    }

    /** The best by the person's words and by the model's words for them, in turn. */
    private List<CatalogueEntry> retrieved(ToolRequest request, Knowledge knowledge) {
        Index index = indexes.of(knowledge);
        Iterator<Fit> own =
                index.tools().rank(index.read(request.text()), RETRIEVED).iterator();
        Iterator<Fit> about =
                index.tools().rank(index.read(request.about()), RETRIEVED).iterator();
        Set<CatalogueEntry> tools = new LinkedHashSet<>();
        while (tools.size() < RETRIEVED && (own.hasNext() || about.hasNext())) {
            if (own.hasNext()) {
                tools.add(own.next().tool());
            }
            if (about.hasNext() && tools.size() < RETRIEVED) {
                tools.add(about.next().tool());
            }
        }
        return List.copyOf(tools);
    }

    private static ObjectNode words(List<ToolChoice> without, Map<Integer, List<CatalogueEntry>> open) {
        ObjectNode words = Json.mapper().createObjectNode();
        ArrayNode requests = words.putArray("requests");
        open.forEach((at, tools) -> {
            ToolRequest request = without.get(at).request();
            ObjectNode entry = requests.addObject()
                    .put("request", key(at))
                    .put("text", request.text())
                    .put("about", request.about());
            ArrayNode offered = entry.putArray("tools");
            tools.forEach(tool -> offered.add(described(tool)));
        });
        return words;
    }

    private static ObjectNode described(CatalogueEntry tool) {
        String does = tool.description().strip().replaceAll("\\s+", " ");
        ObjectNode entry = Json.mapper()
                .createObjectNode()
                .put("name", tool.name())
                .put("does", does.length() <= LONGEST_DESCRIPTION ? does : does.substring(0, LONGEST_DESCRIPTION))
                .put("effect", tool.effect().word());
        ArrayNode takes = entry.putArray("takes");
        if (tool.needsTarget()) {
            takes.add("servers");
        }
        tool.parameters().stream()
                .filter(CatalogueEntry.Parameter::required)
                .forEach(parameter -> takes.add(parameter.name()));
        return entry;
    }

    private static JsonNode format(Map<Integer, List<CatalogueEntry>> open) {
        Map<String, ObjectNode> choices = new LinkedHashMap<>();
        open.forEach((at, tools) -> {
            List<String> names =
                    new ArrayList<>(tools.stream().map(CatalogueEntry::name).toList());
            names.add(NONE);
            choices.put(key(at), Schemas.oneOf(names));
        });
        return Schemas.object(choices);
    }

    private static Map<Integer, CatalogueEntry> read(JsonNode tree, Map<Integer, List<CatalogueEntry>> open) {
        Map<Integer, CatalogueEntry> chosen = new TreeMap<>();
        open.forEach((at, tools) -> {
            Optional<CatalogueEntry> named = tools.stream()
                    .filter(tool -> tool.name().equals(tree.path(key(at)).asText()))
                    .findFirst();
            named.ifPresent(tool -> chosen.put(at, tool));
        });
        return chosen;
    }

    private static String key(int at) {
        return "request_" + (at + 1);
    }
}
