package io.opsconductor.brain.language;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsconductor.brain.catalogue.Knowledge;
import io.opsconductor.plan.Effect;
import io.opsconductor.tool.CatalogueEntry;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The evaluation set of utterances, with the shares that must be right. It prints the misses. */
class EvaluationTest {
    private record Case(String text, String expected, String got) {
        boolean right() {
            return List.of(expected.split(" \\|\\| ")).contains(got);
        }

        boolean planned() {
            return !got.matches("(ask|refuse|help|targets|talk|cancel|none).*");
        }

        boolean shouldPlan() {
            return !expected.matches("(ask|refuse|help|targets|talk|cancel|none).*");
        }
    }

    @Test
    void mostUtterancesAreUnderstoodAndNoneChangesAnythingByMistake() throws IOException {
        assertThat(evaluate("utterances.txt", 0.95, 0.95)).isGreaterThanOrEqualTo(250);
    }

    @Test
    void utterancesThatNobodyTunedForAreMostlyUnderstood() throws IOException {
        assertThat(evaluate("fresh.txt", 0.9, 0.85)).isGreaterThanOrEqualTo(100);
    }

    private static int evaluate(String file, double plansRight, double allRight) throws IOException {
        Knowledge knowledge = Understanding.shipped();
        Indexes indexes = new Indexes(Language.english());
        List<Case> cases = new ArrayList<>();
        for (String line : lines(file)) {
            int arrow = line.lastIndexOf(" => ");
            String text = line.substring(0, arrow).replace("\\n", "\n").replace("\\u0430", "\u0430");
            String got = Understanding.brief(new Understanding(knowledge, indexes).say(text));
            cases.add(new Case(text, line.substring(arrow + 4).strip(), got));
        }
        cases.stream()
                .filter(c -> !c.right())
                .forEach(c -> System.out.println(
                        "MISS " + c.text + "\n     wanted " + c.expected + "\n     got    " + c.got));
        Set<String> changing = knowledge.tools().tools().stream()
                .filter(tool -> tool.effect() != Effect.READ)
                .map(CatalogueEntry::name)
                .collect(Collectors.toSet());
        long right = cases.stream().filter(Case::right).count();
        long planned = cases.stream().filter(Case::planned).count();
        long plannedRight =
                cases.stream().filter(Case::planned).filter(Case::right).count();
        long shouldPlan = cases.stream().filter(Case::shouldPlan).count();
        System.out.printf(
                "%s: understood %d of %d; plans made %d, right %d; plans wanted %d%n",
                file, right, cases.size(), planned, plannedRight, shouldPlan);
        assertThat(cases)
                .filteredOn(c -> changing.stream().anyMatch(c.got::contains))
                .allMatch(c -> changing.stream().anyMatch(c.expected::contains));
        assertThat(cases)
                .filteredOn(c -> c.expected.matches("none|talk|help|cancel|targets.*|refuse.*"))
                .noneMatch(Case::planned);
        assertThat((double) plannedRight / planned).isGreaterThanOrEqualTo(plansRight);
        assertThat((double) right / cases.size()).isGreaterThanOrEqualTo(allRight);
        return cases.size();
    }

    private static List<String> lines(String file) throws IOException {
        try (InputStream in = EvaluationTest.class.getResourceAsStream("/understanding/" + file)) {
            assertThat(in).isNotNull();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .toList();
        }
    }
}
