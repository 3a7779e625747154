package io.opsconductor.brain.language;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsconductor.brain.catalogue.Knowledge;
import io.opsconductor.brain.conversation.Choice;
import io.opsconductor.brain.eval.Outcome;
import io.opsconductor.brain.eval.RequestFile;
import io.opsconductor.brain.planning.Draft;
import io.opsconductor.brain.planning.ExactRequest;
import io.opsconductor.brain.planning.Instead;
import io.opsconductor.brain.planning.Planning;
import io.opsconductor.plan.Step;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a plan offers in its place. */
class InsteadTest {
    private static final Knowledge KNOWLEDGE = new Knowledge(
            Understanding.withToolsForLinux(), Understanding.shipped().targets());

    private final Understanding understanding = new Understanding(KNOWLEDGE);

    private Planning.Planned planned(String text) {
        Outcome outcome = understanding.say(text);
        assertThat(outcome).as(text).isInstanceOf(Outcome.Worked.class);
        Planning planning = ((Outcome.Worked) outcome).planning();
        assertThat(planning).as(text).isInstanceOf(Planning.Planned.class);
        return (Planning.Planned) planning;
    }

    private static Step read(Choice choice) {
        ExactRequest.Read read = ExactRequest.of(choice.reply(), KNOWLEDGE).orElseThrow();
        assertThat(read).as(choice.reply()).isInstanceOf(ExactRequest.Read.Drafted.class);
        Draft draft = ((ExactRequest.Read.Drafted) read).draft();
        return draft.steps().getFirst();
    }

    @Test
    void theNearestToolsAreOfferedWithTheSameTargetsAndTheValuesThatTheyTake() {
        Planning.Planned planned = planned("what do the last fifty lines of /var/log/cron.log say on web-server-01");
        assertThat(planned.plan().steps().getFirst().tool()).isEqualTo("tail_log");
        assertThat(planned.instead())
                .extracting(Instead::tool)
                .contains("read_file")
                .hasSizeLessThanOrEqualTo(2);
        Choice choice = planned.instead().getFirst().choice();
        assertThat(choice.label()).isEqualTo("Read file");
        assertThat(read(choice))
                .isEqualTo(new Step(
                        "read_file", Map.of("path", "/var/log/cron.log", "lines", "50"), List.of("web-server-01")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "restart nginx on web-server-01, then check memory there",
                "tool: tail_log path=/var/log/syslog on web-server-01",
                "tail_log /var/log/syslog on web-server-01",
                "reboot web-server-01"
            })
    void severalStepsAndWhatIsClearOfferNothing(String text) {
        Outcome outcome = understanding.say(text);
        assertThat(outcome instanceof Outcome.Worked worked
                        && worked.planning() instanceof Planning.Planned planned
                        && !planned.instead().isEmpty())
                .as(text)
                .isFalse();
    }

    @Test
    void noChangeIsOfferedBelowALook() {
        Knowledge fleet = RequestFile.shipped(RequestFile.FLEET, Understanding.withEveryTool())
                .getFirst()
                .knowledge();
        Outcome outcome = new Understanding(fleet).say("silences am-eu");
        Planning planning = ((Outcome.Worked) outcome).planning();
        assertThat(planning).isInstanceOfSatisfying(Planning.Planned.class, planned -> {
            assertThat(planned.plan().steps().getFirst().tool()).isEqualTo("alertmanager_silences");
            assertThat(planned.instead()).extracting(Instead::tool).doesNotContain("alertmanager_silence");
        });
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
                    bring nginx up on web-server-01           | start_service   | service=nginx
                    shut nginx down on web-server-01          | stop_service    | service=nginx
                    turn nginx off on web-server-01           | stop_service    | service=nginx
                    top 5 biggest files in /home on web-server-01 | find_large_files | count=5
                    """, delimiter = '|')
    void verbsInTwoPartsAndHowManyAreFoundApart(String text, String tool, String value) {
        Step step = planned(text).plan().steps().getFirst();
        assertThat(step.tool()).isEqualTo(tool);
        assertThat(step.parameters().toString()).contains(value);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "files changed in /etc within 24h on web-server-01",
                "value of the kernel setting \"a.b\" on web-server-01"
            })
    void whatWasDoneOrIsAThingIsNoOrder(String text) {
        Outcome outcome = understanding.say(text);
        assertThat(outcome instanceof Outcome.Worked worked
                        && worked.planning() instanceof Planning.Planned planned
                        && planned.plan().steps().stream()
                                .anyMatch(step -> step.tool().startsWith("set_")))
                .as(text)
                .isFalse();
    }
}
