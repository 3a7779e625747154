package io.opsconductor.runner.inventory.ansible;

import io.opsconductor.yaml.Place;
import java.util.List;
import java.util.Map;

/** A value in a YAML file of Ansible's, with aliases and merge keys resolved. */
sealed interface Node {
    Place place();

    /**
     * Text, a number or a truth value, as it is written.
     *
     * @param vaulted whether it is encrypted
     */
    record Text(String text, boolean vaulted, Place place) implements Node {}

    record Nothing(Place place) implements Node {}

    record Items(List<Node> items, Place place) implements Node {}

    record Fields(Map<String, Field> fields, Place place) implements Node {}

    /**
     * An entry of a mapping.
     *
     * @param place where its key stands
     */
    record Field(Place place, Node value) {}
}
