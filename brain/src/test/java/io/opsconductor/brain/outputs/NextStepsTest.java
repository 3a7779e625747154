package io.opsconductor.brain.outputs;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsconductor.brain.Stages;
import io.opsconductor.brain.eval.Dialogue;
import io.opsconductor.brain.eval.Examinee;
import io.opsconductor.brain.eval.Outcome;
import io.opsconductor.brain.language.Indexes;
import io.opsconductor.brain.language.Language;
import io.opsconductor.brain.language.Understanding;
import io.opsconductor.brain.planning.Planning;
import io.opsconductor.plan.Effect;
import io.opsconductor.plan.Step;
import io.opsconductor.plan.TargetResult;
import io.opsconductor.tool.Catalogue;
import io.opsconductor.tool.CatalogueEntry;
import io.opsconductor.tool.NextStep;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Requests below a result. */
class NextStepsTest {
    private static final String DEAD = "* nginx.service\n     Active: inactive (dead)\n";

    /** Every tool of the library that suggests something suggests what it says it does. */
    @Test
    void whatAShippedToolSuggestsIsUnderstoodAsThatTool() {
        Stages stages = Stages.builtin(new Indexes(Language.english()));
        Map<String, String> values = Map.of("target", "web-server-01 and web-server-02", "service", "nginx");
        int count = 0;
        for (CatalogueEntry tool : Outputs.TOOLS.tools()) {
            for (NextStep next : tool.next()) {
                String said = next.said(values).orElseThrow();
                Step first = first(new Dialogue(Examinee.of(stages), Understanding.shipped()).say(said));
                assertThat(first.tool()).as(said).isEqualTo(next.tool());
                assertThat(first.targets() + " " + first.parameters()).as(said).contains("web-server-01");
                count++;
            }
        }
        assertThat(count).isGreaterThanOrEqualTo(8);
    }

    /** Of the plan, or of what is asked about: which log of a service is meant is a question. */
    private static Step first(Outcome outcome) {
        Planning planning = ((Outcome.Worked) outcome).planning();
        return switch (planning) {
            case Planning.Planned planned -> planned.plan().steps().getFirst();
            case Planning.Question question -> question.draft().steps().getFirst();
            case Planning.Refusal refusal -> throw new AssertionError(refusal.text());
        };
    }

    private static Catalogue tools(NextStep... next) {
        CatalogueEntry asked = new CatalogueEntry(
                "service_status",
                "Shows a service.",
                Effect.READ,
                true,
                List.of(),
                true,
                List.of(),
                List.of(),
                "systemctl",
                List.of(next),
                false);
        CatalogueEntry other = new CatalogueEntry(
                "restart_service", "Restarts.", Effect.CHANGE, false, List.of(), true, List.of(), List.of(), null);
        return new Catalogue("1", List.of(asked, other));
    }

    private static List<String> next(Catalogue tools, int targets) {
        List<String> names =
                IntStream.rangeClosed(1, targets).mapToObj(n -> "web-" + n).toList();
        List<TargetResult> results = names.stream()
                .map(name -> Outputs.result(0, "service_status", name, 3, DEAD, ""))
                .toList();
        return new OutputReader()
                        .read(List.of(new Step("service_status", Map.of("service", "nginx"), names)), results, tools)
                        .next()
                        .stream()
                        .map(choice -> choice.reply())
                        .toList();
    }

    @Test
    void theyNameTheTargetsAndTheValuesOfThePlan() {
        NextStep restart = new NextStep("restart_service", "restart {service} on {target}", NextStep.When.ATTENTION);
        assertThat(next(tools(restart), 3)).containsExactly("restart nginx on web-1, web-2 and web-3");
        assertThat(next(tools(restart), 40)).containsExactly("restart nginx on web-1");
    }

    @Test
    void aToolThatIsNotThereOrAValueThatThePlanLacksIsNotOffered() {
        assertThat(next(
                        tools(
                                new NextStep("reboot_server", "reboot {target}", NextStep.When.ALWAYS),
                                new NextStep("restart_service", "restart {other} on {target}", NextStep.When.ALWAYS)),
                        1))
                .isEmpty();
    }
}
