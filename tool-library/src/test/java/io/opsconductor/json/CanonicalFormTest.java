package io.opsconductor.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.erdtman.jcs.JsonCanonicalizer;
import org.junit.jupiter.api.Test;

/** Canonical JSON, by the examples of RFC 8785 and beside another implementation. */
class CanonicalFormTest {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final String[] PIECES = {
        "a",
        "B",
        "\u20ac",
        "\r",
        "\n",
        "\t",
        "\b",
        "\f",
        "\u0001",
        "\u001f",
        "\u007f",
        "\"",
        "\\",
        "/",
        "\u2028",
        "\u00f6",
        "\ufb33",
        "\ud83d\ude02",
        "<script>",
        "</"
    };

    private static String canonical(String json) {
        return new String(Json.canonical(Json.tree(json)), StandardCharsets.UTF_8);
    }

    @Test
    void theExampleOfTheStandardIsWrittenAsItSays() {
        assertThat(canonical("""
                {
                  "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
                  "string": "\\u20ac$\\u000F\\u000aA'\\u0042\\u0022\\u005c\\\\\\"\\/",
                  "literals": [null, true, false]
                }
                """))
                .isEqualTo("{\"literals\":[null,true,false],"
                        + "\"numbers\":[333333333.3333333,1e+30,4.5,0.002,1e-27],"
                        + "\"string\":\"\u20ac$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"}");
    }

    @Test
    void namesAreSortedByTheirCodeUnits() {
        assertThat(canonical("""
                {"\\u20ac":1,"\\r":2,"\\ufb33":3,"1":4,"\\ud83d\\ude00":5,"\\u0080":6,"\\u00f6":7}
                """))
                .isEqualTo(
                        "{\"\\r\":2,\"1\":4,\"\u0080\":6,\"\u00f6\":7,\"\u20ac\":1,\"\ud83d\ude00\":5,\"\ufb33\":3}");
    }

    @Test
    void anotherImplementationWritesTheSame() throws IOException {
        Random random = new Random(8785);
        for (int i = 0; i < 2_000; i++) {
            ObjectNode tree = NODES.objectNode();
            tree.set("value", any(random, 4));
            assertThat(new String(Json.canonical(tree), StandardCharsets.UTF_8))
                    .isEqualTo(new JsonCanonicalizer(Json.write(tree)).getEncodedString());
        }
    }

    private static JsonNode any(Random random, int depth) {
        return switch (random.nextInt(depth == 0 ? 6 : 8)) {
            case 0 -> NODES.nullNode();
            case 1 -> NODES.booleanNode(random.nextBoolean());
            case 2 -> NODES.textNode(text(random));
            case 3 -> NODES.numberNode(random.nextInt(-1000, 1000));
            case 4 -> NODES.numberNode(random.nextLong(-(1L << 53), 1L << 53));
            case 5 -> NODES.numberNode((random.nextDouble() - 0.5) * Math.pow(10, random.nextInt(-30, 30)));
            case 6 -> {
                ArrayNode list = NODES.arrayNode();
                random.ints(random.nextInt(5)).forEach(n -> list.add(any(random, depth - 1)));
                yield list;
            }
            default -> {
                ObjectNode object = NODES.objectNode();
                random.ints(random.nextInt(6)).forEach(n -> object.set(text(random), any(random, depth - 1)));
                yield object;
            }
        };
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        random.ints(random.nextInt(6), 0, PIECES.length).forEach(n -> text.append(PIECES[n]));
        return text.toString();
    }
}
