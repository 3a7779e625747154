package io.opsconductor.brain.answer;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsconductor.brain.catalogue.Knowledge;
import io.opsconductor.brain.language.Understanding;
import io.opsconductor.tool.TargetDirectory;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SuggestionsTest {
    @Test
    void theySpeakOfTheFirstWebServerInPlainWords() {
        assertThat(Suggestions.of(Understanding.shipped()))
                .containsExactly(
                        "check disk space on web-server-01",
                        "uptime of web-server-01",
                        "check memory on all web servers",
                        "restart nginx on web-server-01, then check its status",
                        "help");
    }

    @Test
    void withoutGroupsTheySpeakOfTheFirstTarget() {
        TargetDirectory.Entry alone =
                new TargetDirectory.Entry("mail-01", List.of(), "staging", "linux", List.of(), Map.of());
        Knowledge knowledge =
                new Knowledge(Understanding.shipped().tools(), new TargetDirectory("1", List.of(alone), Map.of()));
        assertThat(Suggestions.of(knowledge))
                .contains("check disk space on mail-01")
                .noneMatch(sentence -> sentence.contains("all "));
    }
}
