package io.opsconductor.acceptance.ship;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** One object of a rendered chart, as plain maps and lists. */
record KubeObject(Map<String, Object> content) {
    /** The documents of a YAML stream; empty ones are left out, and a key given twice is refused. */
    static List<KubeObject> all(String yaml) {
        LoaderOptions options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        options.setCodePointLimit(10_000_000);
        List<KubeObject> objects = new ArrayList<>();
        for (Object document : new Yaml(new SafeConstructor(options)).loadAll(yaml)) {
            if (document != null) {
                objects.add(new KubeObject(map(document)));
            }
        }
        return objects;
    }

    String kind() {
        return content.get("apiVersion") + "/" + content.get("kind");
    }

    String name() {
        return String.valueOf(at("metadata", "name"));
    }

    /** What stands under these keys, or null. */
    @Nullable
    Object at(String... keys) {
        Object found = content;
        for (String key : keys) {
            found = found instanceof Map<?, ?> inner ? inner.get(key) : null;
        }
        return found;
    }

    /** Whether it makes Pods, or is one. */
    boolean hasPod() {
        return kind().equals("v1/Pod") || at("spec", "template", "spec") != null;
    }

    Map<String, Object> podSpec() {
        Object spec = kind().equals("v1/Pod") ? at("spec") : at("spec", "template", "spec");
        return map(spec == null ? Map.of() : spec);
    }

    /** Containers of its Pods, those that come first included. */
    List<Map<String, Object>> containers() {
        return Stream.concat(
                        maps(podSpec().get("initContainers")), maps(podSpec().get("containers")))
                .toList();
    }

    static Stream<Map<String, Object>> maps(@Nullable Object list) {
        return list instanceof List<?> items ? items.stream().map(KubeObject::map) : Stream.empty();
    }

    /** @throws AssertionError when there is none */
    @SuppressWarnings("unchecked") // YAML and JSON have text as keys.
    static Map<String, Object> map(@Nullable Object value) {
        if (value == null) {
            throw new AssertionError("there is no such mapping");
        }
        return (Map<String, Object>) value;
    }
}
