package io.opsconductor.brain.planning;

import com.fasterxml.jackson.databind.JsonNode;
import io.opsconductor.brain.catalogue.Knowledge;
import io.opsconductor.brain.language.Language;
import io.opsconductor.json.InvalidJsonException;
import io.opsconductor.json.Json;
import io.opsconductor.plan.Step;
import io.opsconductor.text.Nearest;
import io.opsconductor.text.Shown;
import io.opsconductor.tool.CatalogueEntry;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A request that leaves nothing to understand: {@code tool: NAME key=value … on TARGET, TARGET}. A value with blanks stands in
 * double quotes, with JSON's escapes. What begins like one is read as one or refused, and never guessed at.
 */
public final class ExactRequest {
    private static final Pattern START = Pattern.compile("\\s*(?i:tool):\\s*(\\S*)");
    private static final Pattern VALUE =
            Pattern.compile("\\s+([a-z][a-z0-9_]*)=(\"[^\"\\\\]*+(?:\\\\.[^\"\\\\]*+)*+\"|[^\\s\"]\\S*)(?=\\s|$)");
    private static final Pattern PLAIN = Pattern.compile("[^\\s\"]\\S*");
    private static final Pattern TARGETS = Pattern.compile("\\s+on\\s+([^\\s,]+(?:\\s*,\\s*[^\\s,]+)*+)\\s*");

    /** How it was read. */
    public sealed interface Read {
        /** It names a tool, and values that the tool takes; whether they are right is still to be checked. */
        record Drafted(Draft draft) implements Read {}

        /** It begins like an exact request and is none. */
        record Refused(Planning.Refusal refusal) implements Read {}
    }

    private ExactRequest() {}

    /** Reads a message; empty when it is not of this kind. */
    public static Optional<Read> of(String text, Knowledge knowledge) {
        Matcher start = START.matcher(text);
        return start.lookingAt() ? Optional.of(read(text, start, knowledge)) : Optional.empty();
    }

    /** A step in these words, so that reading them gives the same step again; what it misses is asked about then. */
    public static String text(Step step) {
        StringBuilder text = new StringBuilder("tool: ").append(step.tool());
        step.parameters().forEach((name, value) -> {
            String plain = value.toString();
            text.append(' ')
                    .append(name)
                    .append('=')
                    .append(PLAIN.matcher(plain).matches() ? plain : Json.write(plain));
        });
        if (!step.targets().isEmpty()) {
            text.append(" on ").append(String.join(", ", step.targets()));
        }
        return text.toString();
    }

    private static Read read(String text, Matcher start, Knowledge knowledge) {
        String name = start.group(1);
        List<CatalogueEntry> tools = knowledge.tools().tools();
        Optional<CatalogueEntry> tool =
                tools.stream().filter(known -> known.name().equals(name)).findFirst();
        if (tool.isEmpty()) {
            List<String> near =
                    Nearest.of(name, tools.stream().map(CatalogueEntry::name).toList(), 3);
            return refused(
                    "no_tool",
                    "There is no tool " + Shown.quoted(name) + ".",
                    near.isEmpty()
                            ? "\"help\" lists the tools."
                            : "The nearest: " + String.join(", ", near) + ". \"help\" lists them all.");
        }
        Map<String, Object> values = new LinkedHashMap<>();
        int at = start.end();
        Matcher value = VALUE.matcher(text);
        while (value.region(at, text.length()).lookingAt()) {
            String key = value.group(1);
            List<String> known = tool.get().parameters().stream()
                    .map(CatalogueEntry.Parameter::name)
                    .toList();
            if (!known.contains(key) || values.containsKey(key)) {
                return refused(
                        "unused_value",
                        known.contains(key)
                                ? key + " is given twice."
                                : name + " takes no value " + Shown.quoted(key) + ".",
                        known.isEmpty() ? "It takes none." : "It takes: " + String.join(", ", known) + ".");
            }
            Optional<String> said = said(value.group(2));
            if (said.isEmpty()) {
                break;
            }
            values.put(key, said.get());
            at = value.end();
        }
        Matcher targets = TARGETS.matcher(text).region(at, text.length());
        List<String> on = targets.matches() ? List.of(targets.group(1).split("\\s*,\\s*", -1)) : List.of();
        if (on.isEmpty() && !text.substring(at).isBlank()) {
            return refused(
                    "unclear",
                    "Expected key=value or \"on\" with targets, found "
                            + Shown.quoted(text.substring(at).strip()) + ".",
                    "Write it as: tool: NAME key=value on TARGET, TARGET. A value with blanks goes in double quotes.");
        }
        if (!tool.get().needsTarget() && !on.isEmpty()) {
            return refused(
                    "unused_value",
                    name + " runs on the runner and takes no target.",
                    "Leave \"on\" out; a host that it works on is a value of it.");
        }
        return new Read.Drafted(new Draft(
                List.of(new Step(name, values, targets(on, knowledge))), -1, "", List.of(name), 0, Language.ENGLISH));
    }

    /** A group stands for its members; a name that is neither is asked about later, with the nearest names. */
    private static List<String> targets(List<String> names, Knowledge knowledge) {
        Map<String, List<String>> groups = knowledge.targets().groups();
        return names.stream()
                .flatMap(name -> groups.getOrDefault(name, List.of(name)).stream())
                .distinct()
                .toList();
    }

    private static Optional<String> said(String written) {
        if (!written.startsWith("\"")) {
            return Optional.of(written);
        }
        try {
            JsonNode text = Json.tree(written);
            return Optional.of(text.asText());
        } catch (InvalidJsonException e) {
            return Optional.empty();
        }
    }

    private static Read refused(String code, String text, String hint) {
        return new Read.Refused(new Planning.Refusal(code, text, hint, List.of()));
    }
}
