package io.opsconductor.brain.planning;

import io.opsconductor.brain.conversation.Choice;
import io.opsconductor.brain.intent.Entity;
import io.opsconductor.brain.intent.ToolRequest;
import io.opsconductor.brain.language.Indexes.Index;
import io.opsconductor.brain.planning.Planning.Refusal;
import io.opsconductor.brain.selection.Candidate;
import io.opsconductor.brain.selection.ToolChoice.Chosen;
import io.opsconductor.plan.Plan;
import io.opsconductor.tool.CatalogueEntry;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Says why something is not planned, and what to do instead. Each has a fixed code. */
final class Refusals {
    private final Index index;
    private final Wording wording;

    Refusals(Index index) {
        this.index = index;
        this.wording = new Wording(index.language());
    }

    Refusal unsafe(Entity.Unsafe seen) {
        return new Refusal(
                "unsafe_input",
                "I did not run any of that: \"" + seen.text()
                        + "\" looks like shell syntax, and I run tools, not shell lines.",
                "Say the request in plain words, and put one request after another with \"then\".",
                List.of());
    }

    /** Said of what only a model understood: whoever wants a change names it. */
    Refusal unsaid(Chosen chosen) {
        String name = chosen.tool().name();
        String targets = chosen.request().entities().stream()
                .filter(Entity.Targets.class::isInstance)
                .map(Entity::text)
                .collect(Collectors.joining(", "));
        String sentence = targets.isEmpty() ? name : name + " on " + targets;
        return new Refusal(
                "change_not_said",
                "I understood \"" + Questions.shortened(chosen.request().text()) + "\" as " + wording.tool(name)
                        + ", which changes something, but your words do not ask for that change.",
                "Nothing was planned. If you want it, say it: \"" + sentence + "\".",
                List.of(new Choice(wording.tool(name), sentence)));
    }

    Refusal noTool(ToolRequest request) {
        List<CatalogueEntry> near = Candidate.near(request.text(), index);
        String names = near.stream()
                .map(tool -> wording.tool(tool.name()) + " (" + tool.name() + ")")
                .collect(Collectors.joining(", "));
        return new Refusal(
                "no_tool",
                "There is no tool for \"" + Questions.shortened(request.text()) + "\", so nothing was planned.",
                names.isEmpty()
                        ? "\"help\" lists the tools there are."
                        : "Near to it: " + names + ". \"help\" lists all tools.",
                near.stream()
                        .flatMap(tool -> tool.examples().stream().limit(1))
                        .map(example -> new Choice(example, example))
                        .toList());
    }

    Refusal unknown(Entity.UnknownTarget target, List<ToolRequest> requests) {
        String message = requests.stream().map(ToolRequest::text).collect(Collectors.joining(", then "));
        List<Choice> choices = target.nearest().stream()
                .map(name -> new Choice(name, message.replace(target.text(), name)))
                .toList();
        return new Refusal(
                "unknown_target",
                "No target of the inventory is called \"" + target.text() + "\".",
                choices.isEmpty()
                        ? "\"which servers are there\" lists the targets."
                        : "Did you mean " + String.join(" or ", target.nearest()) + "?",
                choices);
    }

    Refusal unused(CatalogueEntry tool, List<String> unused) {
        return new Refusal(
                "unused_value",
                wording.tool(tool.name()) + " has no place for \"" + String.join("\", \"", unused)
                        + "\", so nothing was planned.",
                "Ask again without it.",
                List.of());
    }

    Refusal tooMany(int steps) {
        return new Refusal(
                "too_many_steps",
                "That is " + (steps > Plan.MAX_STEPS * 2 ? "far more" : steps) + " steps; one plan has at most "
                        + Plan.MAX_STEPS + ".",
                "Ask for fewer at a time.",
                List.of());
    }

    Refusal noAnswer(String missing) {
        return new Refusal(
                "no_answer",
                "I still have no usable answer for the " + missing.replace('_', ' ') + ", so I let this request go.",
                "Ask again with everything in one sentence.",
                List.of());
    }

    /** "every hour", "if it is down": a limit that a plan cannot have, so it must not be left out silently. */
    Optional<Refusal> limit(ToolRequest request) {
        String text = request.text().toLowerCase(java.util.Locale.ROOT);
        for (Pattern pattern : index.language().patterns("schedule")) {
            Matcher matcher = pattern.matcher(text);
            if (matcher.find()) {
                return Optional.of(new Refusal(
                        "unsupported",
                        "I cannot do things at a time or again and again (\""
                                + matcher.group().strip() + "\"): a plan runs once, when it is approved.",
                        "Ask without the time.",
                        List.of()));
            }
        }
        return condition(request);
    }

    Optional<Refusal> condition(ToolRequest request) {
        return Conditions.in(index.read(request.text()), index.language())
                .map(condition -> new Refusal(
                        "unsupported",
                        "I cannot decide on a condition (\"" + condition + "\"): every step of a plan runs.",
                        "Ask for the check first, look at the result, then ask for the change.",
                        List.of()));
    }
}
