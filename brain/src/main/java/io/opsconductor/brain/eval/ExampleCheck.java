package io.opsconductor.brain.eval;

import io.opsconductor.brain.catalogue.Knowledge;
import io.opsconductor.brain.selection.ToolChoice;
import io.opsconductor.tool.Catalogue;
import io.opsconductor.tool.CatalogueEntry;
import io.opsconductor.tool.TargetDirectory;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whether the examples of tools find their tool among all others: each is said to the understanding that needs no model, as
 * the first message of a thread.
 */
public final class ExampleCheck {
    /** {@code web-server-01}, {@code db01}: what people call machines. */
    private static final Pattern NAME = Pattern.compile("\\b[a-z][a-z0-9]*(?:-[a-z0-9]+)*-?[0-9]+\\b");

    /** {@code orders-db} at the end of an example: the name of what it is asked of, also without a number. */
    private static final Pattern LAST =
            Pattern.compile("\\b(?:on|of|from|for|in|is) ([a-z][a-z0-9]*(?:-[a-z0-9]+)+)[?.!]?$");

    private static final Pattern NUMBER = Pattern.compile("-?[0-9]+$");

    private final Catalogue catalogue;
    private final Collection<String> targets;
    private final Map<String, Knowledge> byPlatform = new HashMap<>();
    private final Examinee examinee = Examinee.builtin();

    /**
     * A check against these tools.
     *
     * @param catalogue all tools that there are
     * @param targets names of targets that examples may speak of, beside those that look like a machine's
     */
    public ExampleCheck(Catalogue catalogue, Collection<String> targets) {
        this.catalogue = catalogue;
        this.targets = List.copyOf(targets);
    }

    /** What an example finds instead of its tool. */
    public sealed interface Found {
        /** Another tool, without a question. */
        record Other(String tool) implements Found {}

        /**
         * A question which tool is meant.
         *
         * @param tools those that are offered, best first
         */
        record Question(List<String> tools) implements Found {
            public Question {
                tools = List.copyOf(tools);
            }
        }

        /** No tool. */
        record Nothing() implements Found {}

        /** An answer without a tool: it is not understood as a request to run something. */
        record NoRequest() implements Found {}
    }

    /**
     * An example that does not find its tool.
     *
     * @param example which of the tool's, from 0
     * @param found what it finds
     */
    public record Miss(int example, Found found) {}

    /** The examples of the tool of that name that do not find it, in order; none for a tool that there is not. */
    public List<Miss> of(String name) {
        List<Miss> misses = new ArrayList<>();
        for (CatalogueEntry tool : catalogue.tools()) {
            if (tool.name().equals(name)) {
                Knowledge knowledge = byPlatform.computeIfAbsent(platform(tool), this::knowledge);
                for (int at = 0; at < tool.examples().size(); at++) {
                    int example = at;
                    found(tool, tool.examples().get(at), knowledge)
                            .ifPresent(found -> misses.add(new Miss(example, found)));
                }
            }
        }
        return misses;
    }

    private Optional<Found> found(CatalogueEntry tool, String example, Knowledge knowledge) {
        return switch (new Dialogue(examinee, knowledge).say(example)) {
            case Outcome.Said _ -> Optional.of(new Found.NoRequest());
            case Outcome.Worked worked -> found(tool.name(), worked.choices());
        };
    }

    private static Optional<Found> found(String name, List<ToolChoice> choices) {
        List<String> chosen = new ArrayList<>();
        List<String> offered = new ArrayList<>();
        for (ToolChoice choice : choices) {
            switch (choice) {
                case ToolChoice.Chosen one -> chosen.add(one.tool().name());
                case ToolChoice.Unclear several -> several.candidates().forEach(tool -> offered.add(tool.name()));
                case ToolChoice.NoTool _ -> {}
            }
        }
        if (chosen.contains(name)) {
            return Optional.empty();
        }
        if (!chosen.isEmpty()) {
            return Optional.of(new Found.Other(chosen.getFirst()));
        }
        return Optional.of(offered.isEmpty() ? new Found.Nothing() : new Found.Question(offered));
    }

    private static String platform(CatalogueEntry tool) {
        return tool.platforms().isEmpty() ? "" : tool.platforms().getFirst();
    }

    /** All tools, and the targets that the examples for one platform name, which are of it. */
    private Knowledge knowledge(String platform) {
        TreeSet<String> names = new TreeSet<>(targets);
        for (CatalogueEntry tool : catalogue.tools()) {
            if (platform(tool).equals(platform)) {
                for (String example : tool.examples()) {
                    Matcher matcher = NAME.matcher(example);
                    while (matcher.find()) {
                        names.add(matcher.group());
                    }
                    Matcher last = LAST.matcher(example);
                    if (tool.needsTarget() && last.find()) {
                        names.add(last.group(1));
                    }
                }
            }
        }
        Map<String, List<String>> groups = new TreeMap<>();
        for (String name : names) {
            String group = NUMBER.matcher(name).replaceAll("") + "s";
            groups.computeIfAbsent(group, g -> new ArrayList<>()).add(name);
        }
        List<TargetDirectory.Entry> entries = names.stream()
                .map(name -> new TargetDirectory.Entry(name, List.of(), "", platform, List.of(), Map.of()))
                .toList();
        return new Knowledge(catalogue, new TargetDirectory("examples " + platform, entries, groups));
    }
}
