package io.opsconductor.brain.thinking;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsconductor.brain.catalogue.Knowledge;
import io.opsconductor.brain.planning.ExactRequest;
import io.opsconductor.brain.planning.ExactRequest.Read;
import io.opsconductor.plan.Step;
import io.opsconductor.tool.TargetDirectory;
import io.opsconductor.tool.ToolLibrary;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExactRequestTest {
    private static final Knowledge KNOWLEDGE = new Knowledge(
            ToolLibrary.load(List.of(Path.of("../tool-library/tools")))
                    .library()
                    .catalogue(),
            new TargetDirectory("v", List.of(), Map.of("web-servers", List.of("web-server-01", "web-server-02"))));

    private static Step step(String text) {
        Optional<Read> read = ExactRequest.of(text, KNOWLEDGE);
        assertThat(read).containsInstanceOf(Read.Drafted.class);
        return ((Read.Drafted) read.orElseThrow()).draft().steps().getFirst();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/var/log/syslog", "/srv/a b", "\"", "a\\", "x=1 on db-server-01", "\t", "é\"\\\" "})
    void whatIsWrittenIsReadAsTheSame(String path) {
        Step step = new Step("tail_log", Map.of("path", path), List.of("web-server-01", "db-server-01"));
        assertThat(step(ExactRequest.text(step))).isEqualTo(step);
    }

    @Test
    void valuesAndTargetsAreTakenAsTheyAreWritten() {
        assertThat(step("tool: tail_log path=/var/log/syslog lines=20 on web-server-01, db-server-01"))
                .isEqualTo(new Step(
                        "tail_log",
                        Map.of("path", "/var/log/syslog", "lines", "20"),
                        List.of("web-server-01", "db-server-01")));
    }

    @Test
    void aValueInQuotesMayHoldBlanksQuotesAndWordsThatMeanSomethingElsewhere() {
        assertThat(step("tool: tail_log path=\"/srv/a \\\"b\\\" on web-server-02\" on web-server-01"))
                .isEqualTo(new Step(
                        "tail_log", Map.of("path", "/srv/a \"b\" on web-server-02"), List.of("web-server-01")));
    }

    @Test
    void aGroupStandsForItsMembers() {
        assertThat(step("tool: memory on web-servers, web-server-01").targets())
                .containsExactly("web-server-01", "web-server-02");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            tool: tail_logs on web-server-01 | no_tool | There is no tool "tail_logs".
            tool: | no_tool | There is no tool "".
            tool: memory color=red on web-server-01 | unused_value | memory takes no value "color".
            tool: tail_log lines=1 lines=2 | unused_value | lines is given twice.
            tool: memory please on web-server-01 | unclear | Expected key=value or "on" with targets, found "please on web-server-01".
            tool: memory on web server 01 | unclear | Expected key=value or "on" with targets, found "on web server 01".
            tool: tail_log path="/var on web-server-01 | unclear | Expected key=value or "on" with targets, found "path="/var on web-server-01".
            tool: ping on web-server-01 | unused_value | ping runs on the runner and takes no target.
            """)
    void whatIsNoneIsRefusedAndNeverGuessedAt(String text, String code, String words) {
        assertThat(ExactRequest.of(text, KNOWLEDGE))
                .hasValueSatisfying(read -> assertThat(read).isInstanceOfSatisfying(Read.Refused.class, refused -> {
                    assertThat(refused.refusal().code()).isEqualTo(code);
                    assertThat(refused.refusal().text()).isEqualTo(words);
                }));
    }

    @ParameterizedTest
    @ValueSource(strings = {"check memory on web-server-01", "which tool: is there one", "tool for disks", ""})
    void otherMessagesAreLeftToTheUnderstanding(String text) {
        assertThat(ExactRequest.of(text, KNOWLEDGE)).isEmpty();
    }
}
