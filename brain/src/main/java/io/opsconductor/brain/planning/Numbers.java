package io.opsconductor.brain.planning;

import io.opsconductor.brain.intent.Entity;
import io.opsconductor.brain.language.Language;
import io.opsconductor.brain.language.Reading;
import io.opsconductor.brain.language.Units;
import io.opsconductor.brain.language.Word;
import io.opsconductor.tool.CatalogueEntry;
import io.opsconductor.tool.CatalogueEntry.Parameter;
import io.opsconductor.tool.ParameterType;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** The number that a clause has for a number parameter: the one of its unit, of its noun, or the only one. */
final class Numbers {
    private final CatalogueEntry tool;
    private final Reading reading;
    private final Language language;
    private final Units units;

    Numbers(CatalogueEntry tool, Reading reading, Language language) {
        this.tool = tool;
        this.reading = reading;
        this.language = language;
        this.units = new Units(language);
    }

    /** A value, and the words that it came from. */
    Optional<Entity.Value> of(Parameter parameter, List<Entity> entities) {
        List<Entity.Value> values = entities.stream()
                .filter(Entity.Value.class::isInstance)
                .map(Entity.Value.class::cast)
                .toList();
        Optional<Entity.Value> measured = measured(parameter, values);
        return measured.isPresent() ? measured : counted(parameter, values);
    }

    /** "over the past 12 hours" for "hours", "bigger than 2 GB" for "megabytes". */
    private Optional<Entity.Value> measured(Parameter parameter, List<Entity.Value> values) {
        String unit = units.of(parameter);
        if (unit.isEmpty()) {
            return Optional.empty();
        }
        boolean period = tool.parameters().stream().anyMatch(other -> other.type() == ParameterType.DURATION);
        return values.stream()
                .filter(value ->
                        value.type() == ParameterType.INTEGER || (value.type() == ParameterType.DURATION && !period))
                .flatMap(value -> units.in(unit, value).stream()
                        .map(number -> new Entity.Value(value.text(), ParameterType.INTEGER, number)))
                .findFirst();
    }

    private Optional<Entity.Value> counted(Parameter parameter, List<Entity.Value> values) {
        List<Parameter> rivals = tool.parameters().stream()
                .filter(other -> other.type() == ParameterType.INTEGER)
                .toList();
        boolean count = parameter.name().equals("count");
        boolean otherCount =
                !count && rivals.stream().anyMatch(other -> other.name().equals("count"));
        List<Entity.Value> numbers = values.stream()
                .filter(value -> value.type() == ParameterType.INTEGER && !units.isMeasured(value))
                .filter(value -> !(otherCount && isHowMany(value)))
                .filter(value -> !AllowedValues.isNumberOf(value, tool, language))
                .toList();
        return numbers.stream()
                .filter(related(parameter))
                .findFirst()
                .or(() -> count ? numbers.stream().filter(this::isHowMany).findFirst() : Optional.empty())
                .or(() -> rivals.size() == 1 && numbers.size() == 1
                        ? numbers.stream().findFirst()
                        : Optional.empty());
    }

    private Predicate<Entity.Value> related(Parameter parameter) {
        Set<String> called = language.stems(parameter.name().replace('_', ' ') + " " + parameter.description());
        return value -> language.stems(value.text()).stream().anyMatch(called::contains);
    }

    /** "top 5", "the first 20": however many other numbers the tool takes. */
    private boolean isHowMany(Entity.Value number) {
        List<Word> words = reading.words();
        for (int at = 1; at < words.size(); at++) {
            if (words.get(at).lower().equals(number.value())
                    && language.is("before-count", words.get(at - 1).lower())) {
                return true;
            }
        }
        return false;
    }
}
