package io.opsconductor.brain.language;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsconductor.brain.catalogue.Knowledge;
import io.opsconductor.plan.Effect;
import io.opsconductor.tool.Catalogue;
import io.opsconductor.tool.CatalogueEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** How long a message takes with 1,000 tools. The figure is printed; only the answer is asserted. */
class SpeedTest {
    private static final List<String> SENTENCES = List.of(
            "check disk space on web-server-01",
            "check disk, memory and load on all web servers",
            "restart nginx on web-server-01, then check its status",
            "what is the weather like today",
            "chekc dsik on web-sever-01");

    @Test
    void thousandToolsAreSearchedQuickly() {
        Random random = new Random(7);
        List<CatalogueEntry> tools =
                new ArrayList<>(Understanding.shippedTools().tools());
        while (tools.size() < 1_000) {
            List<String> words = List.of(word(random), word(random), word(random));
            tools.add(new CatalogueEntry(
                    String.join("_", words),
                    "Show the " + words.get(0) + " of the " + words.get(1),
                    Effect.READ,
                    true,
                    List.of("linux"),
                    true,
                    List.of(),
                    List.of(
                            "show " + words.get(0) + " " + words.get(2) + " on web-server-01",
                            "how is the " + words.get(1) + " on web-01",
                            "what " + words.get(2) + " is there on the disk of db-server-01",
                            "check " + words.get(0) + " please",
                            words.get(1) + " " + words.get(2) + " on all web servers"),
                    null));
        }
        Knowledge knowledge = new Knowledge(new Catalogue("thousand", tools), Understanding.directory());
        Indexes indexes = new Indexes(Language.english());
        long started = System.nanoTime();
        indexes.of(knowledge);
        double built = (System.nanoTime() - started) / 1e6;
        for (int i = 0; i < 200; i++) {
            new Understanding(knowledge, indexes).say(SENTENCES.get(i % SENTENCES.size()));
        }
        started = System.nanoTime();
        int messages = 500;
        for (int i = 0; i < messages; i++) {
            new Understanding(knowledge, indexes).say(SENTENCES.get(i % SENTENCES.size()));
        }
        System.out.printf(
                "1,000 tools: index built in %.0f ms, %.2f ms a message%n",
                built, (System.nanoTime() - started) / 1e6 / messages);
        assertThat(Understanding.brief(new Understanding(knowledge, indexes).say(SENTENCES.getFirst())))
                .isEqualTo("check_disk_space @ web-server-01");
    }

    private static String word(Random random) {
        StringBuilder word = new StringBuilder();
        for (int i = 0; i < 3; i++) {
            word.append("bcdfghklmnprstvz".charAt(random.nextInt(16))).append("aeiou".charAt(random.nextInt(5)));
        }
        return word.toString();
    }
}
