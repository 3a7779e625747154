package io.opsconductor.tool;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.harrel.jsonschema.ValidatorFactory;
import dev.harrel.jsonschema.providers.JacksonNode;
import io.opsconductor.json.Json;
import io.opsconductor.yaml.YamlReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ToolSchemaTest {
    private final JsonNode schema;

    @TempDir
    private Path folder;

    ToolSchemaTest() throws IOException {
        schema = Json.tree(Files.readString(Path.of("src/main/resources/io/opsconductor/tool/tool.schema.json")));
    }

    @Test
    void thePublishedSchemaIsAValidSchema() {
        var metaSchema = "{\"$ref\": \"https://json-schema.org/draft/2020-12/schema\"}";
        var result = new ValidatorFactory()
                .withJsonNodeFactory(new JacksonNode.Factory(Json.mapper()))
                .validate((Object) Json.tree(metaSchema), (Object) schema);
        assertThat(result.isValid()).isTrue();
    }

    @Test
    void everyKeyHasADescriptionForEditors() {
        for (JsonNode keys : List.of(
                schema.at("/properties"),
                schema.at("/properties/execution/properties"),
                schema.at("/$defs/parameter/properties"))) {
            keys.properties()
                    .forEach(
                            key -> assertThat(key.getValue().path("description").asText())
                                    .as(key.getKey())
                                    .isNotEmpty());
        }
    }

    @Test
    void itsWordsAreTheCodesWords() {
        assertThat(words("/$defs/parameter/properties/type/enum"))
                .isEqualTo(Arrays.stream(ParameterType.values())
                        .map(ParameterType::word)
                        .toList());
        assertThat(words("/properties/execution/properties/method/enum"))
                .isEqualTo(Arrays.stream(ExecutionMethod.values())
                        .map(ExecutionMethod::word)
                        .toList());
    }

    @Test
    void anEditorAcceptsEveryShippedToolAndTheFoundingOne() throws IOException {
        var validators = new ValidatorFactory().withJsonNodeFactory(new JacksonNode.Factory(Json.mapper()));
        try (var files = Files.walk(Path.of("tools"))) {
            List<Path> tools =
                    files.filter(file -> file.toString().endsWith(".yaml")).toList();
            assertThat(tools).hasSizeGreaterThan(10);
            for (Path tool : tools) {
                assertThat(validators
                                .validate((Object) schema, (Object) tree(tool))
                                .isValid())
                        .as(tool.toString())
                        .isTrue();
            }
        }
        Path slip = Files.writeString(folder.resolve("slip.yaml"), "name: a\ndescription: b\nefect: read\n");
        assertThat(validators.validate((Object) schema, (Object) tree(slip)).isValid())
                .isFalse();
    }

    private static JsonNode tree(Path file) throws IOException {
        return new YamlReader(ToolFileParser.MAX_BYTES, 10, 2_000)
                .read(file.toString(), Files.readAllBytes(file))
                .root();
    }

    @Test
    void everyKeyIsExplainedInTheDocumentation() throws IOException {
        String page = Files.readString(Path.of("../docs/tools.md"));
        for (String keys : List.of("/properties", "/properties/execution/properties", "/$defs/parameter/properties")) {
            schema.at(keys)
                    .fieldNames()
                    .forEachRemaining(key ->
                            assertThat(page).as(key).containsPattern("(?m)^\\|[^|]*`(execution\\.)?" + key + "`"));
        }
    }

    private List<String> words(String pointer) {
        List<String> words = new ArrayList<>();
        schema.at(pointer).forEach(word -> words.add(word.asText()));
        return words;
    }
}
