package io.opsconductor.brain.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opsconductor.brain.catalogue.Knowledge;
import io.opsconductor.brain.intent.Entity;
import io.opsconductor.brain.intent.Intent;
import io.opsconductor.brain.intent.ToolRequest;
import io.opsconductor.brain.planning.Draft;
import io.opsconductor.brain.planning.Planning;
import io.opsconductor.brain.planning.PlanningStage;
import io.opsconductor.brain.selection.ToolChoice;
import io.opsconductor.json.InvalidJsonException;
import io.opsconductor.plan.Plan;
import io.opsconductor.plan.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The leaderboard's form, as its files have it: two files for "simple", one for "irrelevance". */
class FunctionCallingFilesTest {
    private static final String QUESTION = """
            {"id": "simple_0", "question": [[{"role": "user", "content": "Area of a triangle, base 10, height 5?"}]], \
            "function": [{"name": "geometry.triangle_area", "description": "Calculates the area of a triangle.", \
            "parameters": {"type": "dict", "properties": {\
            "base": {"type": "integer", "description": "The base."}, \
            "height": {"type": "float", "description": "The height."}, \
            "unit": {"type": "string", "description": "The unit.", "enum": ["cm", "m"]}}, \
            "required": ["base", "height"]}}]}
            """;

    private static final String ANSWER = """
            {"id": "simple_0", "ground_truth": [{"geometry.triangle_area": \
            {"base": [10], "height": [5.0, 5], "unit": ["", "cm"]}}]}
            """;

    @TempDir
    private Path home;

    @BeforeEach
    void write() throws IOException {
        Files.createDirectory(home.resolve("possible_answer"));
        Files.writeString(home.resolve("BFCL_v3_simple.json"), QUESTION);
        Files.writeString(home.resolve("possible_answer/BFCL_v3_simple.json"), ANSWER);
        Files.writeString(home.resolve("BFCL_v3_irrelevance.json"), QUESTION.replace("simple_0", "irrelevance_0"));
    }

    private Judged answered(String file, Map<String, Object> values) throws IOException {
        Stages model = new Stages(
                (message, knowledge, thread) ->
                        new Intent.RunTools(List.of(new ToolRequest(message.text(), "en", List.<Entity>of()))),
                (intent, knowledge) -> List.of(new ToolChoice.Chosen(
                        intent.requests().getFirst(), knowledge.tools().tools().getFirst())),
                planning(values),
                () -> 0);
        return Evaluation.of(FunctionCallingFiles.read(home.resolve(file)), model)
                .judged()
                .getFirst();
    }

    private static PlanningStage planning(Map<String, Object> values) {
        return new PlanningStage() {
            @Override
            public Planning plan(List<ToolChoice> choices, Knowledge knowledge) {
                String tool = knowledge.tools().tools().getFirst().name();
                return new Planning.Planned(new Plan(List.of(new Step(tool, values, List.of()))), "");
            }

            @Override
            public Planning resume(Draft draft, Knowledge knowledge) {
                throw new IllegalStateException("nothing is asked here");
            }
        };
    }

    @Test
    void aCallWithOneOfTheRightValuesIsRightAndOptionalOnesMayBeLeftOut() throws IOException {
        assertThat(answered("BFCL_v3_simple.json", Map.of("base", 10, "height", "5"))
                        .isRight())
                .isTrue();
        assertThat(answered("BFCL_v3_simple.json", Map.of("base", 10, "height", "5", "unit", "cm"))
                        .isRight())
                .isTrue();
        assertThat(answered("BFCL_v3_simple.json", Map.of("base", 11, "height", "5"))
                        .isRight())
                .isFalse();
        assertThat(answered("BFCL_v3_simple.json", Map.of("base", 10, "height", "5", "unit", "m"))
                        .isRight())
                .isFalse();
        assertThat(answered("BFCL_v3_simple.json", Map.of("base", 10)).isRight())
                .isFalse();
    }

    @Test
    void whereNoFunctionFitsAnyCallIsWrong() throws IOException {
        Judged call = answered("BFCL_v3_irrelevance.json", Map.of("base", 10, "height", "5"));
        assertThat(call.isRight()).isFalse();
        assertThat(call.trial().request().category()).isEqualTo("irrelevance");
        Evaluation builtin =
                Evaluation.of(FunctionCallingFiles.read(home.resolve("BFCL_v3_irrelevance.json")), Stages.builtin());
        assertThat(builtin.figures().requests()).isEqualTo(1);
    }

    @Test
    void aLineThatIsNoneIsNamed() throws IOException {
        Path broken = home.resolve("broken.json");
        Files.writeString(broken, QUESTION + "{\"id\": 7\n");
        assertThatThrownBy(() -> FunctionCallingFiles.read(broken))
                .isInstanceOf(InvalidJsonException.class)
                .hasMessageContaining("broken.json:2: ");
    }
}
