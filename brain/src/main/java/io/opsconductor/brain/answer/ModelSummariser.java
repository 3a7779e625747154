package io.opsconductor.brain.answer;

import io.opsconductor.brain.model.Fence;
import io.opsconductor.brain.model.GuardedModel;
import io.opsconductor.brain.model.ModelUnavailableException;
import io.opsconductor.brain.model.Prompts;
import io.opsconductor.brain.model.Talk;
import io.opsconductor.plan.TargetResult;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has a model sum results up. This is the one call in which a model sees output: fenced, in a talk of its own that offers no
 * tools and that no plan is made from. What it says is checked against the results and dropped when it does not hold.
 */
public final class ModelSummariser implements Summariser {
    private static final Logger LOG = LoggerFactory.getLogger(ModelSummariser.class);
    private static final int SHOWN_OF_ALL = 9_000;
    private static final int SHOWN_OF_ONE = 2_500;

    private final GuardedModel model;

    public ModelSummariser(GuardedModel model) {
        this.model = model;
    }

    @Override
    public Optional<String> summary(List<TargetResult> results) {
        String said;
        try {
            said = new Talk(model).ask(Prompts.SUMMARY, Fence.around(shown(results)));
        } catch (ModelUnavailableException e) {
            return Optional.empty();
        }
        String text = said.strip().replaceAll("\\s+", " ");
        Optional<String> objection = new SummaryCheck(results).objection(text);
        if (objection.isPresent()) {
            LOG.warn("the summary of the model {} was dropped: {}", model.described(), objection.get());
            return Optional.empty();
        }
        return Optional.of("Summary by the model " + model.described() + ", to be read beside the output: " + text);
    }

    private static String shown(List<TargetResult> results) {
        StringBuilder shown = new StringBuilder();
        for (TargetResult result : results) {
            String head = "tool " + result.tool() + ", target " + result.target() + ", "
                    + result.status().word() + (result.exitCode() == null ? "" : ", exit code " + result.exitCode())
                    + "\n";
            String body = part(result.stdout()) + part(result.stderr()) + part(result.reason());
            if (shown.length() + head.length() + body.length() > SHOWN_OF_ALL) {
                shown.append("(more results are not shown)\n");
                break;
            }
            shown.append(head).append(body).append('\n');
        }
        return shown.toString();
    }

    /** The end says most. */
    private static String part(String output) {
        String text = output.strip();
        if (text.isEmpty()) {
            return "";
        }
        return (text.length() <= SHOWN_OF_ONE ? text : "(cut) " + text.substring(text.length() - SHOWN_OF_ONE)) + "\n";
    }
}
