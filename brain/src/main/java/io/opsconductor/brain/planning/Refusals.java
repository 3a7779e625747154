package io.opsconductor.brain.planning;

import io.opsconductor.brain.conversation.Choice;
import io.opsconductor.brain.intent.Entity;
import io.opsconductor.brain.intent.ToolRequest;
import io.opsconductor.brain.language.Indexes.Index;
import io.opsconductor.brain.language.LooseValues;
import io.opsconductor.brain.language.Reading;
import io.opsconductor.brain.language.Speech;
import io.opsconductor.brain.language.Word;
import io.opsconductor.brain.planning.Planning.Refusal;
import io.opsconductor.brain.selection.ToolChoice;
import io.opsconductor.brain.selection.ToolChoice.Chosen;
import io.opsconductor.brain.selection.ToolChoice.NoTool;
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

    Refusal unsafe(Entity.Unsafe seen, String language) {
        Speech speech = index.language().in(language);
        return new Refusal(
                "unsafe_input", speech.say("unsafe", "seen", seen.text()), speech.say("unsafe-hint"), List.of());
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

    /** With what comes nearest: a click asks for just that, with the same targets and values. */
    Refusal noTool(NoTool none) {
        ToolRequest request = none.request();
        Speech speech = index.language().in(request.language());
        List<Instead> near = Instead.of(none, index);
        String names = near.stream()
                .map(instead -> wording.tool(instead.tool()) + " (" + instead.tool() + ")")
                .collect(Collectors.joining(", "));
        return new Refusal(
                "no_tool",
                speech.say("no-tool", "words", Questions.shortened(request.text())),
                names.isEmpty() ? speech.say("no-tool-hint") : speech.say("no-tool-near", "tools", names),
                near.stream().map(Instead::choice).toList());
    }

    Refusal unknown(Entity.UnknownTarget target, List<ToolRequest> requests) {
        Speech speech = index.language().in(requests.getFirst().language());
        String then = ", " + speech.say("then") + " ";
        String message = requests.stream().map(ToolRequest::text).collect(Collectors.joining(then));
        List<Choice> choices = target.nearest().stream()
                .map(name -> new Choice(name, message.replace(target.text(), name)))
                .toList();
        return new Refusal(
                "unknown_target",
                speech.say("unknown-target", "name", target.text()),
                choices.isEmpty()
                        ? speech.say("unknown-target-hint")
                        : speech.say(
                                "unknown-target-near",
                                "names",
                                String.join(" " + speech.say("or") + " ", target.nearest())),
                choices);
    }

    /** Whether a tool is for the target's system; what is not known fits. */
    boolean fits(CatalogueEntry tool, String target) {
        String platform = index.targets().platform(target);
        return platform.isEmpty()
                || tool.platforms().isEmpty()
                || tool.platforms().contains(platform);
    }

    /** A tool for other systems than the target's would only fail there. */
    Refusal platform(CatalogueEntry tool, String target, String language) {
        Speech speech = index.language().in(language);
        return new Refusal(
                "unsupported",
                speech.say(
                        "platform",
                        "tool",
                        wording.tool(tool.name()),
                        "platforms",
                        String.join(", ", tool.platforms()),
                        "target",
                        target,
                        "platform",
                        index.targets().platform(target)),
                speech.say("platform-hint"),
                List.of());
    }

    Refusal unused(CatalogueEntry tool, List<String> unused, String language) {
        Speech speech = index.language().in(language);
        return new Refusal(
                "unused_value",
                speech.say("unused", "tool", wording.tool(tool.name()), "values", String.join("\", \"", unused)),
                speech.say("unused-hint"),
                List.of());
    }

    Refusal tooMany(int steps, String language) {
        Speech speech = index.language().in(language);
        String most = Integer.toString(Plan.MAX_STEPS);
        return new Refusal(
                "too_many_steps",
                steps > Plan.MAX_STEPS * 2
                        ? speech.say("far-too-many-steps", "most", most)
                        : speech.say("too-many-steps", "steps", Integer.toString(steps), "most", most),
                speech.say("too-many-steps-hint"),
                List.of());
    }

    Refusal noAnswer(String missing, String language) {
        Speech speech = index.language().in(language);
        return new Refusal(
                "no_answer",
                speech.say("no-answer", "missing", missing.replace('_', ' ')),
                speech.say("no-answer-hint"),
                List.of());
    }

    /** "every hour", "if it is down": a limit that a plan cannot have, so it must not be left out silently. */
    Optional<Refusal> limit(ToolChoice choice) {
        ToolRequest request = BuiltinPlanningStage.request(choice);
        Speech speech = index.language().in(request.language());
        // "/etc/cron.daily" says nothing of a time.
        String text = speech.plain(withoutNames(choice, request)).replaceAll("\\S*/\\S*", " ");
        for (Pattern pattern : speech.patterns("schedule")) {
            Matcher matcher = pattern.matcher(text);
            if (matcher.find()) {
                return Optional.of(new Refusal(
                        "unsupported",
                        speech.say("schedule", "words", matcher.group().strip()),
                        speech.say("schedule-hint"),
                        List.of()));
            }
        }
        return condition(request);
    }

    /** "start the job nightly": what is so called runs no more often for it. */
    private String withoutNames(ToolChoice choice, ToolRequest request) {
        StringBuilder text = new StringBuilder(request.text());
        if (choice instanceof Chosen chosen) {
            Reading reading = index.read(request.text(), request.language());
            for (Word name : LooseValues.ofChosen(chosen.tool(), reading, index).values()) {
                text.replace(name.start(), name.end(), " ".repeat(name.end() - name.start()));
            }
        }
        return text.toString();
    }

    Optional<Refusal> condition(ToolRequest request) {
        Speech speech = index.language().in(request.language());
        return Conditions.in(index.read(request.text(), request.language()), index.language())
                .map(condition -> new Refusal(
                        "unsupported",
                        speech.say("condition", "words", condition),
                        speech.say("condition-hint"),
                        List.of()));
    }
}
