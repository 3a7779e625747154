package io.opsconductor.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.type.LogicalType;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.opsconductor.text.Shown;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.stream.Collectors;

/** The one JSON mapper of the project: snake_case, ISO instants, absent instead of null, strict reading. */
public final class Json {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .addModule(new Jdk8Module())
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_ABSENT, JsonInclude.Include.ALWAYS))
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .disable(DeserializationFeature.ADJUST_DATES_TO_CONTEXT_TIME_ZONE)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .withCoercionConfig(
                    LogicalType.Textual,
                    text -> text.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                            .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                            .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
            .build();

    static {
        MAPPER.getFactory()
                .setStreamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(50)
                        .maxNumberLength(100)
                        .build());
    }

    private Json() {}

    /** The shared mapper, for the few places that walk a tree themselves. It must not be reconfigured. */
    public static JsonMapper mapper() {
        return MAPPER;
    }

    /** Compact JSON text of a record. */
    public static String write(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("cannot write " + value.getClass().getSimpleName() + " as JSON", e);
        }
    }

    /**
     * Reads JSON text into a record.
     *
     * @throws InvalidJsonException when the text is not JSON or does not have the record's shape; the message names
     *     line, column and field and never repeats the text itself
     */
    public static <T> T read(String text, Class<T> type) {
        try {
            return RequiredFields.checked(MAPPER.readValue(text, type));
        } catch (JsonProcessingException e) {
            throw invalid(e);
        }
    }

    /** As {@link #read(String, Class)}, from UTF-8 bytes. */
    public static <T> T read(byte[] utf8, Class<T> type) {
        try {
            return RequiredFields.checked(MAPPER.readValue(utf8, type));
        } catch (JsonProcessingException e) {
            throw invalid(e);
        } catch (IOException e) {
            throw new InvalidJsonException("cannot read the JSON text: " + e.getMessage(), e);
        }
    }

    /** Any JSON text as a tree; errors as for {@link #read(String, Class)}. */
    public static JsonNode tree(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            throw invalid(e);
        }
    }

    /** A record as an object node, for adding a field or two to it. */
    public static ObjectNode object(Object value) {
        return MAPPER.valueToTree(value);
    }

    /**
     * The canonical bytes of a record: its JSON by RFC 8785 (sorted keys, no white space, fixed escapes), so that
     * anybody can recompute a digest or a signature in any language.
     */
    public static byte[] canonical(Object value) {
        return CanonicalForm.of(value instanceof JsonNode tree ? tree : MAPPER.valueToTree(value));
    }

    private static InvalidJsonException invalid(JsonProcessingException e) {
        StringBuilder where = new StringBuilder();
        if (e.getLocation() != null) {
            where.append("line ")
                    .append(e.getLocation().getLineNr())
                    .append(", column ")
                    .append(e.getLocation().getColumnNr());
        }
        if (e instanceof JsonMappingException mapping && !mapping.getPath().isEmpty()) {
            StringBuilder path = new StringBuilder();
            for (JsonMappingException.Reference reference : mapping.getPath()) {
                path.append(
                        reference.getFieldName() == null
                                ? "[" + reference.getIndex() + "]"
                                : "/" + reference.getFieldName());
            }
            where.append(" at ").append(path);
        }
        return new InvalidJsonException(where + ": " + problem(e), e);
    }

    /** What is wrong, in words that know nothing of our classes. */
    private static String problem(JsonProcessingException e) {
        return switch (e) {
            case UnrecognizedPropertyException unknown ->
                "there is no field " + Shown.ascii(unknown.getPropertyName()) + " here; known are "
                        + unknown.getKnownPropertyIds().stream()
                                .map(String::valueOf)
                                .sorted()
                                .collect(Collectors.joining(", "));
            case ValueInstantiationException invalid ->
                invalid.getCause() instanceof IllegalArgumentException cause && cause.getMessage() != null
                        ? cause.getMessage()
                        : "a value is missing or not valid";
            case MismatchedInputException mismatch
            when mismatch.getTargetType() != null -> "expected " + kind(mismatch.getTargetType());
            default -> e.getOriginalMessage().lines().findFirst().orElse("not valid");
        };
    }

    private static String kind(Class<?> type) {
        if (type == String.class) {
            return "text";
        }
        if (Collection.class.isAssignableFrom(type)) {
            return "a list";
        }
        if (type == boolean.class || type == Boolean.class) {
            return "true or false";
        }
        if (type.isPrimitive() || Number.class.isAssignableFrom(type)) {
            return "a number";
        }
        if (type.isEnum()) {
            return "one of "
                    + Arrays.stream(type.getEnumConstants())
                            .map(constant -> write(constant).replace("\"", ""))
                            .collect(Collectors.joining(", "));
        }
        return type == Instant.class ? "a time such as 2026-01-31T09:30:00Z" : "an object";
    }
}
