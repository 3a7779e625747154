package io.opsconductor.brain.language;

import java.util.List;
import java.util.Map;

/** An example of a tool, in parts. The same part of two examples has the same number. Immutable. */
final class FormExample {
    private final List<FormPart> parts;
    private final int[] numbers;
    private final boolean open;
    private final double weight;

    /** @param numbers of the parts that are known; those of new parts are added */
    FormExample(List<FormPart> parts, Map<FormPart, Integer> numbers) {
        this.parts = List.copyOf(parts);
        this.numbers = this.parts.stream()
                .mapToInt(part -> numbers.computeIfAbsent(part, p -> numbers.size()))
                .toArray();
        this.open = this.parts.stream().anyMatch(FormPart.Open.class::isInstance);
        this.weight = this.parts.stream().mapToDouble(FormPart::weight).sum();
    }

    int size() {
        return numbers.length;
    }

    FormPart part(int at) {
        return parts.get(at);
    }

    int number(int at) {
        return numbers[at];
    }

    List<FormPart> parts() {
        return parts;
    }

    /** Whether the value of a text parameter has a place in it. */
    boolean isOpen() {
        return open;
    }

    double weight() {
        return weight;
    }
}
