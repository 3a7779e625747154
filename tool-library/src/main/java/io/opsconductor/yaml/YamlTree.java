package io.opsconductor.yaml;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.opsconductor.text.Shown;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.MappingStartEvent;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.events.SequenceStartEvent;
import org.yaml.snakeyaml.parser.Parser;

/** Builds the tree of one file from the parser's events, as they come, so that nothing is expanded or constructed. */
final class YamlTree {
    private static final Pattern WHOLE = Pattern.compile("-?(0|[1-9][0-9]{0,30})");
    private static final Pattern DECIMAL =
            Pattern.compile("-?(0|[1-9][0-9]{0,30})\\.[0-9]{1,30}([eE][-+]?[0-9]{1,3})?");
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final String name;
    private final List<String> source;
    private final int maxDepth;
    private final int maxValues;
    private final Map<String, Place> values = new HashMap<>();
    private final Map<String, Place> keys = new HashMap<>();
    private final Map<String, List<Place>> lines = new HashMap<>();
    private final List<Finding> findings = new ArrayList<>();
    private int count;

    YamlTree(String name, String text, int maxDepth, int maxValues) {
        this.name = name;
        this.source = text.lines().toList();
        this.maxDepth = maxDepth;
        this.maxValues = maxValues;
    }

    /** A bound was hit: what follows is not read. */
    private static final class Stop extends RuntimeException {
        private final transient Finding finding;

        Stop(Finding finding) {
            super(finding.message(), null, false, false);
            this.finding = finding;
        }
    }

    YamlFile build(Parser parser) {
        JsonNode root = MissingNode.getInstance();
        try {
            parser.getEvent();
            if (parser.checkEvent(Event.ID.StreamEnd)) {
                throw stop(Place.START, "", "expected a YAML document, found an empty file", "");
            }
            parser.getEvent();
            root = value(parser, "", 0);
            parser.getEvent();
            if (!parser.checkEvent(Event.ID.StreamEnd)) {
                Place next = place(parser.peekEvent().getStartMark());
                findings.add(Finding.error(
                        name, next, "", "expected one document, found a second one", "Keep one document in a file."));
            }
        } catch (Stop stop) {
            findings.add(stop.finding);
            root = MissingNode.getInstance();
        }
        return new YamlFile(name, root, values, keys, lines, findings);
    }

    private JsonNode value(Parser parser, String pointer, int depth) {
        Event event = parser.getEvent();
        Place place = place(event.getStartMark());
        values.put(pointer, place);
        if (++count > maxValues) {
            throw stop(place, "", "expected at most " + maxValues + " values, found more", "Split the file.");
        }
        if (depth > maxDepth) {
            throw stop(place, pointer, "expected at most " + maxDepth + " levels of nesting, found more", "");
        }
        if (event instanceof NodeEvent node) {
            refuseAnchor(node, pointer, place);
        }
        return switch (event) {
            case ScalarEvent scalar -> scalar(scalar, pointer, place);
            case SequenceStartEvent _ -> list(parser, pointer, depth);
            case MappingStartEvent _ -> mapping(parser, pointer, depth);
            default -> NODES.nullNode();
        };
    }

    private JsonNode list(Parser parser, String pointer, int depth) {
        ArrayNode list = NODES.arrayNode();
        while (!parser.checkEvent(Event.ID.SequenceEnd)) {
            list.add(value(parser, pointer + "/" + list.size(), depth + 1));
        }
        parser.getEvent();
        return list;
    }

    private JsonNode mapping(Parser parser, String pointer, int depth) {
        ObjectNode mapping = NODES.objectNode();
        while (!parser.checkEvent(Event.ID.MappingEnd)) {
            Place place = place(parser.peekEvent().getStartMark());
            if (!(parser.peekEvent() instanceof ScalarEvent key)) {
                throw stop(
                        place,
                        pointer,
                        "expected a plain word as key, found "
                                + (parser.peekEvent() instanceof AliasEvent ? "an alias" : "a list or mapping"),
                        "Quote the text if it begins with { or [.");
            }
            parser.getEvent();
            String below = YamlFile.below(pointer, key.getValue());
            refuseAnchor(key, below, place);
            boolean again = mapping.has(key.getValue());
            if (again) {
                findings.add(Finding.error(
                        name,
                        place,
                        YamlFile.path(below),
                        "expected each key once, found " + Shown.quoted(key.getValue()) + " again (first at "
                                + keys.get(below) + ")",
                        "Remove one of them."));
                // Read past the second value without letting it replace the first or its places.
                value(parser, below + "#again", depth + 1);
            } else {
                keys.put(below, place);
                mapping.set(key.getValue(), value(parser, below, depth + 1));
            }
        }
        parser.getEvent();
        return mapping;
    }

    private JsonNode scalar(ScalarEvent scalar, String pointer, Place place) {
        String text = scalar.getValue();
        int hidden = text.codePoints()
                .filter(c -> c != '\n' && c != '\t' && Shown.isHidden(c))
                .findFirst()
                .orElse(-1);
        if (hidden >= 0) {
            findings.add(Finding.error(
                    name,
                    place,
                    YamlFile.path(pointer),
                    "expected characters that can be seen, found " + Shown.escape(hidden) + ", written as an escape",
                    "Remove it; approvers must see everything that they approve."));
        }
        if (!scalar.isPlain()) {
            noteLines(scalar, pointer, place);
            return NODES.textNode(text);
        }
        if (text.isEmpty() || text.equals("~") || text.equals("null")) {
            return NODES.nullNode();
        }
        if (text.equals("true") || text.equals("false")) {
            return NODES.booleanNode(text.equals("true"));
        }
        if (WHOLE.matcher(text).matches()) {
            return text.length() < 18 ? NODES.numberNode(Long.parseLong(text)) : NODES.numberNode(new BigInteger(text));
        }
        if (DECIMAL.matcher(text).matches()) {
            return NODES.numberNode(new BigDecimal(text));
        }
        noteLines(scalar, pointer, place);
        return NODES.textNode(text);
    }

    private void noteLines(ScalarEvent scalar, String pointer, Place place) {
        if (scalar.isFolded()) {
            return;
        }
        int quote = scalar.isPlain() || scalar.isLiteral() ? 0 : 1;
        List<Place> starts = new ArrayList<>();
        int line = scalar.isLiteral() ? place.line() + 1 : place.line();
        for (String words : scalar.getValue().lines().toList()) {
            String written = line <= source.size() ? source.get(line - 1) : "";
            int from = starts.isEmpty() && !scalar.isLiteral() ? place.column() - 1 + quote : 0;
            int at = from <= written.length() ? written.indexOf(words, from) : -1;
            if (at < 0 || (!scalar.isLiteral() && at != from)) {
                return;
            }
            starts.add(new Place(line, at + 1));
            line++;
        }
        lines.put(pointer, List.copyOf(starts));
    }

    private void refuseAnchor(NodeEvent event, String pointer, Place place) {
        @Nullable
        String tag = switch (event) {
            case ScalarEvent scalar -> scalar.getTag();
            case SequenceStartEvent list -> list.getTag();
            case MappingStartEvent mapping -> mapping.getTag();
            default -> null;
        };
        if (event instanceof AliasEvent) {
            throw stop(
                    place,
                    pointer,
                    "expected a value, found the alias *" + event.getAnchor(),
                    "Write the value itself.");
        }
        if (event.getAnchor() != null) {
            throw stop(
                    place,
                    pointer,
                    "expected a value, found the anchor &" + event.getAnchor(),
                    "Remove it; files hold no anchors.");
        }
        if (tag != null) {
            throw stop(
                    place,
                    pointer,
                    "expected a value, found the tag " + Shown.quoted(tag),
                    "Remove it; files hold no tags. Quote the text if it begins with !.");
        }
    }

    private Stop stop(Place place, String pointer, String message, String fix) {
        return new Stop(Finding.error(name, place, YamlFile.path(pointer), message, fix));
    }

    private static Place place(Mark mark) {
        return new Place(mark.getLine() + 1, mark.getColumn() + 1);
    }
}
