package io.opsconductor.runner.inventory.ansible;

import io.opsconductor.runner.file.SourceFiles;
import io.opsconductor.text.Shown;
import io.opsconductor.yaml.Finding;
import io.opsconductor.yaml.Place;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.MappingStartEvent;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.events.SequenceStartEvent;
import org.yaml.snakeyaml.parser.Parser;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;

/**
 * Reads YAML as Ansible's files use it, which is more than our own files may hold: aliases, merge keys, tags, and a key twice,
 * where the last one counts. An alias shares what it names, so that nothing is ever multiplied; nothing is constructed by tag.
 */
final class AnsibleYaml {
    private static final int MAX_DEPTH = 60;
    private static final int MAX_VALUES = 500_000;
    private static final Set<String> NOTHING = Set.of("", "~", "null", "Null", "NULL");

    private final Path file;
    private final Map<String, Node> anchors = new HashMap<>();
    private int count;

    private AnsibleYaml(Path file) {
        this.file = file;
    }

    /** A bound was hit, or something stands there that Ansible would not read either. */
    private static final class Stop extends RuntimeException {
        private final transient Finding finding;

        Stop(Finding finding) {
            super(finding.message(), null, false, false);
            this.finding = finding;
        }
    }

    /**
     * The tree of a file.
     *
     * @return null when it cannot be read, which is then among the findings; {@link Node.Nothing} for an empty file
     */
    static @Nullable Node read(Path file, byte[] bytes, List<Finding> findings) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            LoaderOptions options = new LoaderOptions();
            options.setCodePointLimit(SourceFiles.MAX_BYTES);
            String body = text.startsWith("\uFEFF") ? text.substring(1) : text;
            return new AnsibleYaml(file).document(new ParserImpl(new StreamReader(body), options));
        } catch (Stop stop) {
            findings.add(stop.finding);
        } catch (CharacterCodingException e) {
            findings.add(Finding.error(
                    file.toString(),
                    Place.START,
                    "",
                    "expected UTF-8 text, found bytes that are not",
                    "Save the file as UTF-8."));
        } catch (MarkedYAMLException e) {
            Mark mark = e.getProblemMark() == null ? e.getContextMark() : e.getProblemMark();
            String problem = String.valueOf(e.getProblem())
                    .lines()
                    .findFirst()
                    .orElse("a mistake")
                    .replaceFirst("^found ", "")
                    .toLowerCase(Locale.ROOT);
            findings.add(Finding.error(
                    file.toString(),
                    mark == null ? Place.START : new Place(mark.getLine() + 1, mark.getColumn() + 1),
                    "",
                    "expected valid YAML, found " + problem,
                    "Check quotes, brackets and indentation around here."));
            // The parser throws other unchecked exceptions on hostile text, such as a NUL; this is its border.
        } catch (RuntimeException e) {
            findings.add(Finding.error(
                    file.toString(),
                    Place.START,
                    "",
                    "expected YAML, found text that cannot be read as such",
                    "Compare it with a working file."));
        }
        return null;
    }

    private Node document(Parser parser) {
        parser.getEvent();
        if (parser.checkEvent(Event.ID.StreamEnd)) {
            return new Node.Nothing(Place.START);
        }
        parser.getEvent();
        Node root = value(parser, 0);
        parser.getEvent();
        if (!parser.checkEvent(Event.ID.StreamEnd)) {
            throw stop(
                    place(parser.peekEvent()),
                    "expected one document, found a second one",
                    "Keep one document in a file.");
        }
        return root;
    }

    private Node value(Parser parser, int depth) {
        Event event = parser.getEvent();
        Place place = place(event);
        if (++count > MAX_VALUES) {
            throw stop(place, "expected at most " + MAX_VALUES + " values, found more", "Split the file.");
        }
        if (depth > MAX_DEPTH) {
            throw stop(place, "expected at most " + MAX_DEPTH + " levels of nesting, found more", "");
        }
        Node node = switch (event) {
            case AliasEvent alias -> {
                Node named = anchors.get(alias.getAnchor());
                if (named == null) {
                    throw stop(
                            place,
                            "expected an alias of something above, found *" + shown(alias.getAnchor()),
                            "Write the value itself.");
                }
                yield named;
            }
            case ScalarEvent scalar -> scalar(scalar, place);
            case SequenceStartEvent _ -> list(parser, place, depth);
            case MappingStartEvent _ -> mapping(parser, place, depth);
            default -> new Node.Nothing(place);
        };
        if (event instanceof NodeEvent named && !(event instanceof AliasEvent) && named.getAnchor() != null) {
            anchors.put(named.getAnchor(), node);
        }
        return node;
    }

    private static Node scalar(ScalarEvent scalar, Place place) {
        String tag = scalar.getTag();
        if (tag != null && (tag.equals("!vault") || tag.equals("!vault-encrypted"))) {
            return new Node.Text("", true, place);
        }
        if (scalar.isPlain() && tag == null && NOTHING.contains(scalar.getValue())) {
            return new Node.Nothing(place);
        }
        return new Node.Text(scalar.getValue(), false, place);
    }

    private Node list(Parser parser, Place place, int depth) {
        List<Node> items = new ArrayList<>();
        while (!parser.checkEvent(Event.ID.SequenceEnd)) {
            items.add(value(parser, depth + 1));
        }
        parser.getEvent();
        return new Node.Items(items, place);
    }

    private Node mapping(Parser parser, Place place, int depth) {
        Map<String, Node.Field> own = new LinkedHashMap<>();
        List<Node> merged = new ArrayList<>();
        while (!parser.checkEvent(Event.ID.MappingEnd)) {
            Event keyEvent = parser.peekEvent();
            Place keyPlace = place(keyEvent);
            Node key = value(parser, depth + 1);
            Node value = value(parser, depth + 1);
            if (!(key instanceof Node.Text text)) {
                if (key instanceof Node.Nothing) {
                    continue;
                }
                throw stop(
                        keyPlace,
                        "expected a word as key, found a list or mapping",
                        "Quote it if it begins with { or [.");
            }
            if (text.text().equals("<<") && keyEvent instanceof ScalarEvent scalar && scalar.isPlain()) {
                merged.add(value);
            } else {
                own.put(text.text(), new Node.Field(keyPlace, value));
            }
        }
        parser.getEvent();
        return new Node.Fields(merged.isEmpty() ? own : merge(own, merged), place);
    }

    private Map<String, Node.Field> merge(Map<String, Node.Field> own, List<Node> merged) {
        Map<String, Node.Field> all = new LinkedHashMap<>(own);
        for (Node node : merged) {
            List<Node> parts = node instanceof Node.Items items ? items.items() : List.of(node);
            for (Node part : parts) {
                if (!(part instanceof Node.Fields fields)) {
                    throw stop(node.place(), "expected a mapping to merge, found something else", "");
                }
                // Merging copies, so it counts like writing the entries once more.
                count += fields.fields().size();
                if (count > MAX_VALUES) {
                    throw stop(
                            node.place(), "expected at most " + MAX_VALUES + " values, found more", "Split the file.");
                }
                fields.fields().forEach(all::putIfAbsent);
            }
        }
        return all;
    }

    private Stop stop(Place place, String message, String fix) {
        return new Stop(Finding.error(file.toString(), place, "", message, fix));
    }

    private static Place place(Event event) {
        return new Place(
                event.getStartMark().getLine() + 1, event.getStartMark().getColumn() + 1);
    }

    private static String shown(String anchor) {
        String quoted = Shown.quoted(anchor);
        return quoted.substring(1, quoted.length() - 1);
    }
}
