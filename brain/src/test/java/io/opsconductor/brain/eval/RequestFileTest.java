package io.opsconductor.brain.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opsconductor.brain.language.Understanding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RequestFileTest {
    @TempDir
    private Path home;

    private List<Trial> read(String yaml) throws IOException {
        Path file = home.resolve("mine.yaml");
        Files.writeString(file, yaml);
        return RequestFile.read(file, Understanding.shippedTools());
    }

    @Test
    void everyMistakeIsNamedWithItsPlace() {
        assertThatThrownBy(() -> read("""
                inventory: {a-01: {}}
                sections:
                  - category: single
                    requests:
                      - say: "disk on a-01"
                        plan: [{tool: check_disk, targets: [a-02]}]
                """))
                .isInstanceOf(InvalidRequestsException.class)
                .hasMessageContaining("mine.yaml:5:9: ")
                .hasMessageContaining("expected a tool that there is, found check_disk")
                .hasMessageContaining("expected a target of the inventory, found a-02");
        assertThatThrownBy(() -> read("""
                inventory: {}
                sections:
                  - category: single
                    requests:
                      - sya: "hello"
                        refuse: true
                """))
                .hasMessageContaining("mine.yaml:5:9: ")
                .hasMessageContaining("Write say.");
    }

    @Test
    void theShippedSetsAreLargeAndShareNothingWithEachOtherOrTheToolsExamples() {
        Set<String> examples = new HashSet<>();
        Understanding.withToolsForAFleet().tools().forEach(tool -> examples.addAll(tool.examples()));
        Set<String> tuned = said(RequestFile.TUNED);
        Set<String> fresh = said(RequestFile.FRESH);
        assertThat(tuned).hasSizeGreaterThanOrEqualTo(400).doesNotContainAnyElementsOf(fresh);
        assertThat(fresh).hasSizeGreaterThanOrEqualTo(100);
        assertThat(tuned).doesNotContainAnyElementsOf(examples);
        assertThat(fresh).doesNotContainAnyElementsOf(examples);
        Set<String> fifth = said(RequestFile.FIFTH);
        Set<String> sixth = said(RequestFile.SIXTH);
        assertThat(fifth).hasSizeGreaterThanOrEqualTo(150).doesNotContainAnyElementsOf(examples);
        assertThat(sixth).hasSizeGreaterThanOrEqualTo(120).doesNotContainAnyElementsOf(examples);
        assertThat(fifth).doesNotContainAnyElementsOf(tuned);
        assertThat(said(RequestFile.FLEET)).hasSizeGreaterThanOrEqualTo(500).doesNotContainAnyElementsOf(examples);
    }

    private static Set<String> said(String set) {
        Set<String> said = new HashSet<>();
        RequestFile.shipped(set, Understanding.withToolsForAFleet())
                .forEach(trial -> said.add(String.join(" | ", trial.request().thread())
                        + trial.request().say()));
        return said;
    }
}
