package io.opsconductor.brain.planning;

import io.opsconductor.brain.catalogue.NamedTypes;
import io.opsconductor.brain.intent.Entity;
import io.opsconductor.brain.language.Indexes.Index;
import io.opsconductor.brain.language.Language;
import io.opsconductor.brain.language.LooseValues;
import io.opsconductor.brain.language.Reading;
import io.opsconductor.brain.language.Word;
import io.opsconductor.plan.Effect;
import io.opsconductor.tool.CatalogueEntry;
import io.opsconductor.tool.CatalogueEntry.Parameter;
import io.opsconductor.tool.ParameterType;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Which of the named things a parameter may take, in the order of the words; each with the words it came from. */
final class Candidates {
    private final Index index;
    private final Language language;
    private final CatalogueEntry tool;
    private final Reading reading;
    private final List<Entity> own;
    private final List<Entity> carried;

    Candidates(CatalogueEntry tool, Reading reading, List<Entity> entities, Index index) {
        this.tool = tool;
        this.reading = reading;
        this.index = index;
        this.language = index.language();
        List<Entity> here = reading.entities();
        this.own = entities.stream().filter(here::contains).toList();
        this.carried =
                entities.stream().filter(entity -> !here.contains(entity)).toList();
    }

    /** The type a parameter's values have; text parameters named like a type are read as that. */
    static ParameterType type(Parameter parameter) {
        return NamedTypes.of(parameter);
    }

    /** Values to the words they came from; carried ones only for a parameter that must have a value. */
    Map<String, String> of(Parameter parameter) {
        Map<String, String> values = from(own, parameter);
        return values.isEmpty() && parameter.required() ? from(carried, parameter) : values;
    }

    private Map<String, String> from(List<Entity> entities, Parameter parameter) {
        Map<String, String> values = new LinkedHashMap<>();
        if (!parameter.allowed().isEmpty()) {
            return new AllowedValues(tool, reading, index).of(parameter);
        }
        switch (type(parameter)) {
            case HOST, TARGET -> hosts(entities, values);
            case IP -> take(entities, values, Set.of(ParameterType.IP));
            case CIDR -> take(entities, values, Set.of(ParameterType.CIDR, ParameterType.IP));
            case URL -> take(entities, values, Set.of(ParameterType.URL));
            case PATH -> take(entities, values, Set.of(ParameterType.PATH));
            case SERVICE -> take(entities, values, Set.of(ParameterType.SERVICE));
            case DURATION -> take(entities, values, Set.of(ParameterType.DURATION));
            case PORT -> {
                take(entities, values, Set.of(ParameterType.PORT));
                if (values.isEmpty() && (parameter.required() || mayBePort(entities))) {
                    take(entities, values, Set.of(ParameterType.INTEGER));
                }
            }
            case INTEGER ->
                new Numbers(tool, reading, language)
                        .of(parameter, entities)
                        .ifPresent(number -> values.put(number.value(), number.text()));
            case BOOLEAN -> flag(parameter, values);
            case STRING, SQL_IDENTIFIER -> text(entities, parameter, values);
            case ENUM, SECRET -> {}
        }
        return values;
    }

    /** "which process listens on 8172": the only number, which counts nothing, where the tool takes no other one. */
    private boolean mayBePort(List<Entity> entities) {
        List<Entity.Value> numbers = entities.stream()
                .filter(entity -> entity instanceof Entity.Value value && value.type() == ParameterType.INTEGER)
                .map(Entity.Value.class::cast)
                .toList();
        return numbers.size() == 1
                && numbers.getFirst().value().matches("\\d{2,5}")
                && tool.parameters().stream().noneMatch(other -> other.type() == ParameterType.INTEGER)
                && countsNothing(numbers.getFirst());
    }

    private boolean countsNothing(Entity.Value number) {
        List<Word> words = reading.words();
        for (int at = 0; at < words.size(); at++) {
            if (words.get(at).text().equals(number.value())) {
                Word next = at + 1 < words.size() ? words.get(at + 1) : null;
                return next == null || !next.isWord() || language.isFiller(next.lower());
            }
        }
        return false;
    }

    private static void take(List<Entity> entities, Map<String, String> values, Set<ParameterType> types) {
        for (Entity entity : entities) {
            if (entity instanceof Entity.Value value && types.contains(value.type())) {
                values.put(value.value(), value.text());
            }
        }
    }

    private void hosts(List<Entity> entities, Map<String, String> values) {
        for (Entity entity : entities) {
            if (entity instanceof Entity.Targets targets && !tool.needsTarget()) {
                targets.names().forEach(name -> values.put(name, targets.text()));
            } else if (entity instanceof Entity.Value value
                    && (value.type() == ParameterType.HOST || value.type() == ParameterType.IP)) {
                values.put(value.value(), value.text());
            } else if (entity instanceof Entity.Value value && value.type() == ParameterType.URL) {
                values.put(host(value.value()), value.text());
            }
        }
    }

    private static String host(String url) {
        try {
            String host = URI.create(url).getHost();
            return host == null ? url : host;
        } catch (IllegalArgumentException e) {
            return url; // kept whole, so that the check of the value refuses it and names it
        }
    }

    private void flag(Parameter parameter, Map<String, String> values) {
        for (Word word : reading.words()) {
            boolean named =
                    word.isWord() && word.lower().length() > 3 && word.lower().equals(parameter.name());
            if (named) {
                values.put("true", word.text());
            }
        }
    }

    private void text(List<Entity> entities, Parameter parameter, Map<String, String> values) {
        take(entities, values, Set.of(ParameterType.STRING));
        for (int at = 0; at + 1 < reading.words().size() && values.isEmpty(); at++) {
            Word next = reading.words().get(at + 1);
            if (language.is("text-before", reading.words().get(at).lower())
                    && next.isWord()
                    && !next.lower().equals("for")) {
                values.put(next.text(), next.text());
            }
        }
        Word loose = LooseValues.ofChosen(tool, reading, index).get(parameter.name());
        if (values.isEmpty() && loose != null) {
            values.put(loose.text(), named(loose));
        }
        if (values.isEmpty() && parameter.required() && tool.effect() == Effect.READ) {
            nameBesideTarget(entities).ifPresent(name -> values.put(name, name));
        }
    }

    /** How the word is called among what the clause names: "build 482" for 482. */
    private String named(Word loose) {
        int at = reading.words().indexOf(loose);
        return at < 0
                ? loose.text()
                : reading.mentionAt(at)
                        .map(mention -> mention.entities().getFirst().text())
                        .orElse(loose.text());
    }

    /**
     * "did build 482 of storefront-release pass on jenkins-1": a strange name beside a target that is known is what the tool is asked
     * about, unless it is like the name of a target, which may be misspelt.
     */
    private static Optional<String> nameBesideTarget(List<Entity> entities) {
        List<Entity.UnknownTarget> unknown = entities.stream()
                .filter(Entity.UnknownTarget.class::isInstance)
                .map(Entity.UnknownTarget.class::cast)
                .distinct()
                .toList();
        boolean placed = entities.stream().anyMatch(Entity.Targets.class::isInstance);
        return placed && unknown.size() == 1 && unknown.getFirst().nearest().isEmpty()
                ? Optional.of(unknown.getFirst().text())
                : Optional.empty();
    }
}
