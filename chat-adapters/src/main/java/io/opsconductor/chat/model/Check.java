package io.opsconductor.chat.model;

import io.opsconductor.brain.model.ModelAnswer.Failed;
import io.opsconductor.brain.model.ModelAnswer.Failure;
import io.opsconductor.brain.model.ModelSettings;
import io.opsconductor.brain.model.langchain.ModelProbe;
import io.opsconductor.brain.model.langchain.ModelProbe.Listing;
import io.opsconductor.brain.model.langchain.ModelProbe.Trial;
import io.opsconductor.text.Nearest;
import java.time.Duration;
import java.util.List;

/** The steps of the check, in the order in which they can fail. */
final class Check {
    private static final int FEW = 5;
    private static final Duration SLOW = Duration.ofSeconds(10);

    private final ModelSettings settings;
    private final ModelProbe probe;
    private final Report report;

    private Check(ModelSettings settings) {
        this.settings = settings;
        this.probe = new ModelProbe(settings);
        this.report = new Report(settings);
    }

    static Report of(ModelSettings settings) {
        Check check = new Check(settings);
        if (check.server()) {
            check.form();
        }
        return check.report;
    }

    /** Whether it makes sense to go on. */
    private boolean server() {
        return switch (probe.listing()) {
            case Listing.Models(List<String> names) -> {
                report.reachable("the server at " + settings.url() + " answers");
                yield model(names);
            }
            case Listing.Unknown(Failed why) -> unknown(why);
        };
    }

    private boolean model(List<String> names) {
        if (probe.isAmong(names)) {
            report.present(true, "it has the model " + settings.name());
            return true;
        }
        List<String> near = Nearest.of(settings.name(), names, FEW);
        List<String> shown = near.isEmpty() ? names.stream().limit(FEW).toList() : near;
        report.present(false, "it does not have the model " + settings.name());
        report.remedy((settings.provider() == ModelSettings.Provider.OLLAMA
                        ? "fetch it on the server: ollama pull " + settings.name()
                        : "set model.name to one that it has")
                + (shown.isEmpty() ? "" : "; it has " + String.join(", ", shown)));
        return false;
    }

    private boolean unknown(Failed why) {
        switch (why.failure()) {
            case MISSING -> {
                // Not every server of the protocol lists its models.
                report.reachable("the server at " + settings.url() + " answers, and does not list its models");
                return true;
            }
            case UNAUTHORISED -> {
                report.reachable("the server at " + settings.url() + " answers");
                report.wrong("it refuses the key", "put a valid key into " + settings.key() + " (model.key)");
            }
            case UNREACHABLE, SLOW, BUSY, BROKEN ->
                report.unreachable(
                        "the server at " + settings.url() + ": " + why.words(),
                        settings.provider() == ModelSettings.Provider.OLLAMA
                                ? "start it (ollama serve), or set model.url to where it is"
                                : "check model.url and the way to it");
            case REFUSED, UNUSABLE, OVER_BUDGET, PAUSED ->
                report.wrong(
                        "what answers at " + settings.url() + " does not speak the protocol of "
                                + settings.provider().word() + ": " + why.words(),
                        "set model.provider and model.url to what is there; for openai the address ends with /v1");
        }
        return false;
    }

    private void form() {
        switch (probe.trial()) {
            case Trial.Kept(Duration first) -> {
                Duration second = probe.trial() instanceof Trial.Kept(Duration took) ? took : first;
                report.kept("it answers in the form that it is given (a JSON schema)", first, second);
                if (second.compareTo(SLOW) > 0) {
                    report.note(
                            "each answer takes " + Report.seconds(second) + ", and a request takes up to three",
                            "take a smaller model, or raise model.call-timeout and model.deadline");
                }
            }
            case Trial.Broken(Duration took) ->
                report.broken(
                        "it answers after " + Report.seconds(took) + ", and not in the form that it was given",
                        "take a server that supports structured outputs (Ollama 0.5, llama.cpp, vLLM, LM Studio), or"
                                + " another model");
            case Trial.None(Failed why) -> untried(why);
        }
    }

    private void untried(Failed why) {
        String remedy = switch (why.failure()) {
            case SLOW -> "take a smaller model, or raise model.call-timeout";
            case MISSING -> "set model.name to one that the server has";
            case UNAUTHORISED -> "put a valid key into " + settings.key() + " (model.key)";
            default -> "look at the server's log, then check again";
        };
        boolean passing = why.failure() == Failure.BUSY || why.failure() == Failure.BROKEN;
        if (passing || why.failure() == Failure.UNREACHABLE) {
            report.unreachable("asked for an answer: " + why.words(), remedy);
        } else {
            report.wrong("asked for an answer: " + why.words(), remedy);
        }
    }
}
