package io.opsconductor.acceptance.ship;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.Yaml;

/** The chart's README, whose table of values is made from values.yaml. */
class ChartReadmeTest {
    private static final Path README = Chart.DIRECTORY.resolve("README.md");
    private static final String BEGIN = "<!-- values: made from values.yaml -->\n";

    /** A new table is written with {@code -Dgoldens=write}. */
    @Test
    void itsTableIsThatOfTheValues() throws IOException {
        String readme = Files.readString(README);
        String head = readme.substring(0, readme.indexOf(BEGIN) + BEGIN.length());
        String expected = head + "\n" + table(Files.readAllLines(Chart.DIRECTORY.resolve("values.yaml")));
        if ("write".equals(System.getProperty("goldens"))) {
            Files.writeString(README, expected);
        }

        assertThat(Files.readString(README)).isEqualTo(expected);
    }

    private static String table(List<String> lines) {
        Map<String, Object> values = KubeObject.map(new Yaml().load(String.join("\n", lines)));
        StringBuilder table = new StringBuilder("| value | default | meaning |\n| --- | --- | --- |\n");
        List<String> path = new ArrayList<>();
        String meaning = "";
        int skipDeeperThan = Integer.MAX_VALUE;
        for (String line : lines) {
            int indent = line.length() - line.stripLeading().length();
            String text = line.strip();
            if (text.startsWith("# -- ")) {
                meaning = text.substring(5);
            } else if (text.matches("[A-Za-z]+:.*") && indent <= skipDeeperThan) {
                skipDeeperThan = Integer.MAX_VALUE;
                String key = text.substring(0, text.indexOf(':'));
                while (path.size() > indent / 2) {
                    path.removeLast();
                }
                path.add(key);
                Object value = at(values, path);
                boolean section = text.endsWith(":") && value instanceof Map<?, ?> && meaning.isEmpty();
                if (!section) {
                    table.append("| `%s` | `%s` | %s |\n".formatted(String.join(".", path), shown(value), meaning));
                    skipDeeperThan = text.endsWith(":") ? indent : Integer.MAX_VALUE;
                }
                meaning = "";
            }
        }
        return table.toString();
    }

    private static Object at(Map<String, Object> values, List<String> path) {
        Object found = values;
        for (String key : path) {
            found = KubeObject.map(found).get(key);
        }
        return found == null ? "null" : found;
    }

    private static String shown(Object value) {
        if ((value instanceof Map<?, ?> map && map.size() > 3)
                || value.toString().length() > 150) {
            return "(see values.yaml)";
        }
        DumperOptions options = new DumperOptions();
        options.setDefaultFlowStyle(DumperOptions.FlowStyle.FLOW);
        options.setWidth(1_000);
        return value.equals("null") ? "null" : new Yaml(options).dump(value).strip();
    }
}
