package io.opsconductor.brain.eval;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsconductor.brain.eval.ExampleCheck.Found;
import io.opsconductor.brain.eval.ExampleCheck.Miss;
import io.opsconductor.brain.language.Understanding;
import io.opsconductor.plan.Effect;
import io.opsconductor.tool.Catalogue;
import io.opsconductor.tool.CatalogueEntry;
import io.opsconductor.tool.ToolLibrary;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExampleCheckTest {
    private static final Path TOOLS = Path.of("../tool-library/tools");

    private static CatalogueEntry tool(String name, String description, String... examples) {
        return new CatalogueEntry(
                name, description, Effect.READ, true, List.of("linux"), true, List.of(), List.of(examples), null);
    }

    private static List<Miss> misses(CatalogueEntry tool) {
        List<CatalogueEntry> all = new ArrayList<>(
                ToolLibrary.load(List.of(TOOLS)).library().catalogue().tools());
        all.add(tool);
        return new ExampleCheck(new Catalogue("v", all), List.of()).of(tool.name());
    }

    @Test
    void examplesThatFindTheirToolHaveNothingToSay() {
        assertThat(misses(tool(
                        "who",
                        "Show who is logged in on a machine.",
                        "who is logged in on web-server-01",
                        "which users are logged in on db-server-01")))
                .isEmpty();
    }

    @Test
    void anExampleThatAnotherToolWinsNamesTheWinner() {
        assertThat(misses(tool(
                        "quota",
                        "Show the quota of each user.",
                        "show the quota of the users on web-server-01",
                        "check disk space on web-server-01")))
                .containsExactly(new Miss(1, new Found.Other("check_disk_space")));
    }

    @Test
    void anExampleThatIsNoRequestSaysSo() {
        assertThat(misses(tool("quota", "Show the quota of each user.", "hello", "what can you do")))
                .containsExactly(new Miss(0, new Found.NoRequest()), new Miss(1, new Found.NoRequest()));
    }

    @Test
    void aToolThatIsNotThereHasNoMisses() {
        assertThat(new ExampleCheck(new Catalogue("v", List.of()), List.of()).of("gone"))
                .isEmpty();
    }

    /**
     * With every tool that there is loaded beside it, for every third of them. Those that miss are asked back about mostly, or give a command with options, which is
     * refused. The figure may only fall.
     */
    @Test
    void noMoreOfTheShippedExamplesMissTheirToolsThanBefore() {
        Catalogue shipped = Understanding.withEveryTool();
        ExampleCheck check = new ExampleCheck(shipped, List.of());
        List<String> missed = new ArrayList<>();
        int all = 0;
        for (int at = 0; at < shipped.tools().size(); at += 3) {
            CatalogueEntry tool = shipped.tools().get(at);
            all += tool.examples().size();
            check.of(tool.name())
                    .forEach(miss -> missed.add(
                            tool.name() + ": " + tool.examples().get(miss.example()) + " -> " + miss.found()));
        }
        assertThat(all).isGreaterThan(1_100);
        assertThat(missed).hasSizeLessThanOrEqualTo(125);
    }
}
