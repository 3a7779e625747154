package io.opsconductor.brain.planning;

import io.opsconductor.brain.catalogue.NamedTypes;
import io.opsconductor.brain.intent.Entity;
import io.opsconductor.brain.language.Indexes.Index;
import io.opsconductor.brain.language.Language;
import io.opsconductor.brain.language.LooseValues;
import io.opsconductor.brain.language.Reading;
import io.opsconductor.brain.language.Stems;
import io.opsconductor.brain.language.Word;
import io.opsconductor.plan.Effect;
import io.opsconductor.tool.CatalogueEntry;
import io.opsconductor.tool.CatalogueEntry.Parameter;
import io.opsconductor.tool.ParameterType;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

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
            allowed(parameter, values);
            return values;
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
                if (values.isEmpty() && parameter.required()) {
                    take(entities, values, Set.of(ParameterType.INTEGER));
                }
            }
            case INTEGER -> number(entities, parameter, values);
            case BOOLEAN -> flag(parameter, values);
            case STRING, SQL_IDENTIFIER -> text(entities, parameter, values);
            case ENUM, SECRET -> {}
        }
        return values;
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

    private void number(List<Entity> entities, Parameter parameter, Map<String, String> values) {
        long rivals = tool.parameters().stream()
                .filter(other -> other.type() == ParameterType.INTEGER)
                .count();
        Predicate<Entity.Value> related = value -> words(value.text()).stream()
                .anyMatch(word -> words(parameter.name().replace('_', ' ') + " " + parameter.description())
                        .contains(word));
        List<Entity.Value> numbers = new ArrayList<>();
        for (Entity entity : entities) {
            if (entity instanceof Entity.Value value && value.type() == ParameterType.INTEGER) {
                numbers.add(value);
            }
        }
        numbers.stream()
                .filter(related)
                .findFirst()
                .or(() -> parameter.name().equals("count")
                        ? numbers.stream().filter(this::isHowMany).findFirst()
                        : Optional.empty())
                .or(() -> rivals == 1 && numbers.size() == 1 ? numbers.stream().findFirst() : Optional.empty())
                .ifPresent(value -> values.put(value.value(), value.text()));
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

    private Set<String> words(String text) {
        Set<String> stems = new HashSet<>();
        for (String word : text.split("[^\\p{L}]+", -1)) {
            if (word.length() > 1 && !language.isFiller(word.toLowerCase(Locale.ROOT))) {
                stems.add(Stems.stem(word.toLowerCase(Locale.ROOT)));
            }
        }
        return stems;
    }

    private void allowed(Parameter parameter, Map<String, String> values) {
        exactly(parameter, values);
        int verb = verb(parameter);
        for (int at = 0; at < reading.words().size(); at++) {
            Word word = reading.words().get(at);
            for (String value : parameter.allowed()) {
                boolean meant = word.isWord()
                        && value.length() > 1
                        && at != verb
                        && !language.isFiller(word.term())
                        && !Collections.disjoint(
                                language.concepts(word.stem()),
                                language.concepts(Stems.stem(value.toLowerCase(Locale.ROOT))));
                if (meant && values.isEmpty()) {
                    values.put(value, word.text());
                }
            }
        }
    }

    /** "kill process 99": the verb that the tool is called by says nothing of its signal; -1 where none stands there. */
    private int verb(Parameter parameter) {
        List<String> called = index.tools().verbs(tool.name()).name();
        for (int at = 0; at < reading.words().size(); at++) {
            boolean name = tool.effect() != Effect.READ
                    && !parameter.required()
                    && isVerb(reading.words().get(at).stem(), called);
            if (name) {
                return at;
            }
        }
        return -1;
    }

    private boolean isVerb(String stem, List<String> called) {
        String kind = language.action(stem);
        return called.contains(stem)
                || (!kind.isEmpty() && called.stream().map(language::action).anyMatch(kind::equals));
    }

    private void exactly(Parameter parameter, Map<String, String> values) {
        int verb = verb(parameter);
        for (int at = 0; at < reading.words().size(); at++) {
            Word word = reading.words().get(at);
            if (at == verb) {
                continue;
            }
            for (String value : parameter.allowed()) {
                boolean letter = value.length() == 1;
                boolean noun = at + 1 < reading.words().size()
                        && language.is(
                                "single-letter-noun",
                                reading.words().get(at + 1).lower());
                boolean same =
                        letter ? word.text().equals(value) && noun : word.text().equalsIgnoreCase(value);
                boolean meant = !letter
                        && value.length() > 2
                        && word.isWord()
                        && Stems.stem(value.toLowerCase(Locale.ROOT)).equals(word.stem());
                if ((same || meant) && values.isEmpty()) {
                    values.put(value, word.text());
                }
            }
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
            if (language.is("text-before", reading.words().get(at).lower()) && next.isWord()) {
                values.put(next.text(), next.text());
            }
        }
        Word loose = LooseValues.of(tool, reading, index).get(parameter.name());
        if (values.isEmpty() && loose != null) {
            values.put(loose.text(), loose.text());
        }
        if (values.isEmpty() && parameter.required() && tool.effect() == Effect.READ) {
            nameBesideTarget(entities).ifPresent(name -> values.put(name, name));
        }
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
