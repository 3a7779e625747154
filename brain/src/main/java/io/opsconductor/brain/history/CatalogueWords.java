package io.opsconductor.brain.history;

import io.opsconductor.brain.catalogue.Knowledge;
import io.opsconductor.brain.intent.Intent;
import io.opsconductor.brain.language.Language;
import io.opsconductor.brain.language.Speech;
import io.opsconductor.brain.planning.ToolListing;
import io.opsconductor.tool.Catalogue;
import io.opsconductor.tool.CatalogueEntry;
import io.opsconductor.tool.TargetDirectory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Says which targets and tools there are, and what of them somebody may use. */
final class CatalogueWords {
    private static final int MOST_LISTED = 50;
    private static final String RUNNER = "runner";

    private final ToolListing tools;

    CatalogueWords(Language language) {
        this.tools = new ToolListing(language);
    }

    String targets(TargetDirectory directory, Intent.AskTargets asked, Speech speech) {
        if (!asked.scope().isEmpty()) {
            return speech.say("targets-in", "scope", asked.scope()) + "\n"
                    + lines(asked.names().stream().sorted().toList(), speech);
        }
        if (directory.targets().isEmpty()) {
            return speech.say("no-targets");
        }
        List<String> lines = directory.targets().stream()
                .map(target -> target.environment().isEmpty()
                        ? target.name()
                        : target.name() + " (" + target.environment() + ")")
                .toList();
        StringBuilder text =
                new StringBuilder(speech.say("targets")).append('\n').append(lines(lines, speech));
        if (!directory.groups().isEmpty()) {
            text.append("\n\n").append(speech.say("target-groups"));
            new TreeMap<>(directory.groups())
                    .forEach((name, members) -> text.append("\n- ")
                            .append(name)
                            .append(": ")
                            .append(
                                    members.size() <= 5
                                            ? String.join(", ", members)
                                            : speech.say("target-count", "count", Integer.toString(members.size()))));
        }
        return text.toString();
    }

    private static String lines(List<String> names, Speech speech) {
        List<String> shown = new ArrayList<>(
                names.stream().limit(MOST_LISTED).map(name -> "- " + name).toList());
        if (names.size() > MOST_LISTED) {
            shown.add(speech.say("targets-left", "count", Integer.toString(names.size() - MOST_LISTED)));
        }
        return String.join("\n", shown);
    }

    String target(Knowledge knowledge, String name, Sight sight, Speech speech) {
        Optional<TargetDirectory.Entry> found = knowledge.targets().targets().stream()
                .filter(target -> target.name().equals(name))
                .findFirst();
        if (found.isEmpty()) {
            return speech.say("unknown-target", "name", name);
        }
        TargetDirectory.Entry target = found.get();
        List<String> lines = new ArrayList<>(List.of(target.name() + ":"));
        fact(lines, speech, "target-environment", target.environment());
        fact(lines, speech, "target-platform", target.platform());
        fact(
                lines,
                speech,
                "target-in-groups",
                target.groups().stream().sorted().collect(Collectors.joining(", ")));
        fact(lines, speech, "target-aliases", target.aliases().stream().sorted().collect(Collectors.joining(", ")));
        new TreeMap<>(target.labels()).forEach((label, value) -> lines.add("- " + label + ": " + value));
        if (sight.isKnown()) {
            lines.add(speech.say(
                    "target-tools",
                    "count",
                    Integer.toString(usableOn(knowledge.tools(), target, sight).size()),
                    "target",
                    target.name()));
        }
        return String.join("\n", lines);
    }

    private static void fact(List<String> lines, Speech speech, String key, String value) {
        if (!value.isEmpty()) {
            lines.add("- " + speech.say(key) + ": " + value);
        }
    }

    /** What somebody may ask for there; what the policy grants and no platform forbids. */
    String usable(Knowledge knowledge, Intent.AskUsableTools asked, Sight sight, Speech speech) {
        if (!sight.isKnown()) {
            return speech.say("rights-unknown");
        }
        List<CatalogueEntry> usable = knowledge.tools().tools().stream()
                .filter(tool -> isUsable(tool, knowledge, asked, sight))
                .toList();
        String scope = asked.scope().isEmpty() ? "" : " " + speech.say("scope-targets", "targets", asked.scope());
        return usable.isEmpty()
                ? speech.say("no-usable-tools", "scope", scope)
                : speech.say("usable-tools", "scope", scope)
                        + tools.list(new Catalogue(knowledge.tools().version(), usable), speech.code());
    }

    private static boolean isUsable(
            CatalogueEntry tool, Knowledge knowledge, Intent.AskUsableTools asked, Sight sight) {
        List<TargetDirectory.Entry> targets = knowledge.targets().targets();
        if (!asked.platform().isEmpty()) {
            // No target has this platform, so no rule speaks of one: what looks at it from outside, and what is made
            // for it
            // and granted anywhere, is as near as it gets.
            return tool.needsTarget()
                    ? !tool.platforms().isEmpty()
                            && fits(tool, asked.platform())
                            && targets.stream()
                                    .anyMatch(
                                            target -> sight.tools(target.name()).contains(tool.name()))
                    : sight.tools(RUNNER).contains(tool.name());
        }
        if (asked.targets().isEmpty()
                && !tool.needsTarget()
                && sight.tools(RUNNER).contains(tool.name())) {
            return true;
        }
        return targets.stream()
                .filter(target -> asked.targets().isEmpty() || asked.targets().contains(target.name()))
                .anyMatch(target -> isUsable(tool, target, sight));
    }

    private static Set<String> usableOn(Catalogue catalogue, TargetDirectory.Entry target, Sight sight) {
        return catalogue.tools().stream()
                .filter(tool -> isUsable(tool, target, sight))
                .map(CatalogueEntry::name)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static boolean isUsable(CatalogueEntry tool, TargetDirectory.Entry target, Sight sight) {
        return sight.tools(target.name()).contains(tool.name()) && tool.needsTarget() && fits(tool, target.platform());
    }

    private static boolean fits(CatalogueEntry tool, String platform) {
        return tool.platforms().isEmpty()
                || platform.isEmpty()
                || tool.platforms().stream().anyMatch(platform::equalsIgnoreCase);
    }

    String which(Knowledge knowledge, Intent.AskWhichTool asked, Speech speech) {
        List<CatalogueEntry> found = asked.tools().stream()
                .flatMap(name -> knowledge.tools().tools().stream()
                        .filter(tool -> tool.name().equals(name)))
                .toList();
        return found.isEmpty()
                ? speech.say("no-tool", "words", asked.words()) + " " + speech.say("no-tool-hint")
                : speech.say("which-tools", "words", asked.words())
                        + "\n"
                        + found.stream().map(tools::line).collect(Collectors.joining("\n"));
    }
}
