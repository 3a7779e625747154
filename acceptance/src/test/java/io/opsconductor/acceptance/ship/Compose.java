package io.opsconductor.acceptance.ship;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.Yaml;

/** compose.yaml as Compose understands it, where no variable is set. */
record Compose(Map<String, Object> content) {
    static final Path FILE = Path.of("../compose.yaml");
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{(\\w+):-([^}]*)}");

    static Compose read() throws IOException {
        return new Compose(KubeObject.map(new Yaml().load(Files.readString(FILE))));
    }

    /** The variables that whoever starts it can set. */
    static Set<String> variables() throws IOException {
        Set<String> names = new TreeSet<>();
        VARIABLE.matcher(Files.readString(FILE)).results().forEach(found -> names.add(found.group(1)));
        return names;
    }

    Set<String> services() {
        return new TreeSet<>(KubeObject.map(content.get("services")).keySet());
    }

    Map<String, Object> service(String name) {
        return KubeObject.map(KubeObject.map(content.get("services")).get(name));
    }

    /** A list of words in a service; empty when there is none. */
    List<String> words(String service, String key) {
        List<String> words = new ArrayList<>();
        if (service(service).get(key) instanceof List<?> list) {
            list.forEach(word -> words.add(String.valueOf(word)));
        }
        return words;
    }

    /** What the service mounts, by path; the values are the names of volumes. */
    Map<String, String> mounts(String service) {
        Map<String, String> mounts = new TreeMap<>();
        for (String volume : words(service, "volumes")) {
            String[] parts = volume.split(":", -1);
            mounts.put(parts[1], parts[0]);
        }
        return mounts;
    }

    Map<String, String> environment(String service) {
        Map<String, String> values = new TreeMap<>();
        if (service(service).get("environment") instanceof Map<?, ?> map) {
            map.forEach((name, value) -> values.put(String.valueOf(name), withDefaults(String.valueOf(value))));
        }
        return values;
    }

    private static String withDefaults(String text) {
        return VARIABLE.matcher(text).replaceAll(found -> Matcher.quoteReplacement(found.group(2)));
    }
}
