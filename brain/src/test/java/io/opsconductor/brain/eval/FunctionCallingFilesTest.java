package io.opsconductor.brain.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opsconductor.brain.Stages;
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
import io.opsconductor.tool.CatalogueEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The leaderboard's form, as the files of its fourth version have it: two files for "simple" and "multiple", one for "irrelevance". */
class FunctionCallingFilesTest {
    private static final String QUESTION = """
            {"id": "simple_python_0", "question": [[{"role": "system", "content": "Answer with a call."}, \
            {"role": "user", "content": "Area of a triangle, base 10, height 5?"}]], \
            "function": [{"name": "geometry.triangle_area", "description": "Calculates the area of a triangle.", \
            "parameters": {"type": "dict", "properties": {\
            "base": {"type": "integer", "description": "The base."}, \
            "height": {"type": "float", "description": "The height.", "default": null}, \
            "unit": {"type": "string", "description": "The unit.", "enum": ["cm", "m"]}, \
            "corners": {"type": "array", "items": {"type": "float"}, "description": "Three corners."}, \
            "Labels": {"type": "dict", "description": "Its labels.", \
            "properties": {"name": {"type": "string"}, "colour": {"type": "string"}}}}, \
            "required": ["base", "height"]}}]}
            """;

    private static final String ANSWER = """
            {"id": "simple_python_0", "ground_truth": [{"geometry.triangle_area": \
            {"base": [10], "height": [5.0], "unit": ["", "cm"], "corners": ["", [1.0, 2.5, 3], [3, 2.5, 1]], \
            "Labels": ["", {"name": ["New Triangle", "triangle 1"], "colour": ["", "red"]}]}}]}
            """;

    private static final String SIMPLE = "BFCL_v4_simple_python.json";
    private static final String IRRELEVANCE = "BFCL_v4_irrelevance.json";

    @TempDir
    private Path home;

    @BeforeEach
    void write() throws IOException {
        Files.createDirectory(home.resolve("possible_answer"));
        Files.writeString(home.resolve(SIMPLE), QUESTION);
        Files.writeString(home.resolve("possible_answer").resolve(SIMPLE), ANSWER);
        Files.writeString(
                home.resolve(IRRELEVANCE),
                QUESTION.replace("simple_python_0", "irrelevance_0")
                        .replace("Area of a triangle, base 10, height 5?", "Who painted the ceiling of the chapel?"));
    }

    private Judged answered(String file, Map<String, Object> values) throws IOException {
        Stages model = new Stages(
                (message, knowledge, thread) ->
                        new Intent.RunTools(List.of(new ToolRequest(message.text(), "en", List.<Entity>of()))),
                (intent, knowledge) -> List.of(new ToolChoice.Chosen(
                        intent.requests().getFirst(), knowledge.tools().tools().getFirst())),
                planning(values));
        return Evaluation.of(FunctionCallingFiles.read(home.resolve(file)), Examinee.of(model))
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

    private boolean isRight(Map<String, Object> more) throws IOException {
        Map<String, Object> values = new HashMap<>(Map.of("base", 10, "height", "5"));
        values.putAll(more);
        return answered(SIMPLE, values).isRight();
    }

    @Test
    void theLastWordsOfTheUserAreTheRequestAndItsFunctionsAreTheTools() throws IOException {
        Trial trial = FunctionCallingFiles.read(home.resolve(SIMPLE)).getFirst();
        assertThat(trial.request().say()).isEqualTo("Area of a triangle, base 10, height 5?");
        assertThat(trial.request().category()).isEqualTo("simple_python");
        CatalogueEntry tool = trial.knowledge().tools().tools().getFirst();
        assertThat(tool.name()).isEqualTo("geometry_triangle_area");
        assertThat(tool.parameters())
                .extracting(CatalogueEntry.Parameter::name)
                .containsExactly("base", "height", "unit", "corners", "Labels");
        assertThat(tool.parameters().get(1).defaultValue()).isNull();
    }

    @Test
    void aCallWithOneOfTheRightValuesIsRightAndOptionalOnesMayBeLeftOut() throws IOException {
        assertThat(isRight(Map.of())).isTrue();
        assertThat(isRight(Map.of("height", "5.00"))).isTrue();
        assertThat(isRight(Map.of("unit", "CM"))).isTrue();
        assertThat(isRight(Map.of("base", 11))).isFalse();
        assertThat(isRight(Map.of("height", "five"))).isFalse();
        assertThat(isRight(Map.of("unit", "m"))).isFalse();
        assertThat(isRight(Map.of("depth", "3"))).isFalse();
        assertThat(answered(SIMPLE, Map.of("base", 10)).isRight()).isFalse();
    }

    @Test
    void listsAndObjectsThatStandInATextAreComparedByWhatTheyHold() throws IOException {
        assertThat(isRight(Map.of("corners", "[1, 2.5, 3.0]"))).isTrue();
        assertThat(isRight(Map.of("corners", "3, 2.5, 1"))).isTrue();
        assertThat(isRight(Map.of("corners", "[1, 2.5]"))).isFalse();
        assertThat(isRight(Map.of("corners", "[1, 2.5, 3, 4]"))).isFalse();
        assertThat(isRight(Map.of("Labels", "{\"name\": \"new-triangle\"}"))).isTrue();
        assertThat(isRight(Map.of("Labels", "{\"name\": \"Triangle 1\", \"colour\": \"red\"}")))
                .isTrue();
        assertThat(isRight(Map.of("Labels", "{\"colour\": \"red\"}"))).isFalse();
        assertThat(isRight(Map.of("Labels", "{\"name\": \"triangle 1\", \"size\": \"1\"}")))
                .isFalse();
        assertThat(isRight(Map.of("Labels", "triangle 1"))).isFalse();
    }

    @Test
    void whereNoFunctionFitsAnyCallIsWrongAndAQuestionIsNone() throws IOException {
        Judged call = answered(IRRELEVANCE, Map.of("base", 10, "height", "5"));
        assertThat(call.isRight()).isFalse();
        assertThat(call.trial().request().category()).isEqualTo("irrelevance");
        Evaluation builtin = Evaluation.of(FunctionCallingFiles.read(home.resolve(IRRELEVANCE)), Examinee.builtin());
        assertThat(builtin.figures().outOfScopePlanned()).isZero();
        assertThat(builtin.figures().right()).isEqualTo(1);
    }

    @Test
    void rightCallsThatAreMissingAreNamed() throws IOException {
        Path alone = home.resolve("BFCL_v4_multiple.json");
        Files.writeString(alone, QUESTION);
        assertThatThrownBy(() -> FunctionCallingFiles.read(alone))
                .isInstanceOf(InvalidJsonException.class)
                .hasMessageContaining("its right calls are missing")
                .hasMessageContaining("possible_answer/BFCL_v4_multiple.json");
        Files.writeString(home.resolve("possible_answer").resolve(SIMPLE), ANSWER.replace("python_0", "python_1"));
        assertThatThrownBy(() -> FunctionCallingFiles.read(home.resolve(SIMPLE)))
                .isInstanceOf(InvalidJsonException.class)
                .hasMessageContaining("there is no right call for simple_python_0");
    }

    @Test
    void aLineThatIsNoneIsNamed() throws IOException {
        Path broken = home.resolve("irrelevance_broken.json");
        Files.writeString(broken, QUESTION + "{\"id\": 7\n");
        assertThatThrownBy(() -> FunctionCallingFiles.read(broken))
                .isInstanceOf(InvalidJsonException.class)
                .hasMessageContaining("irrelevance_broken.json:2: ");
    }
}
