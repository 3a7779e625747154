package io.opsconductor.json;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A required field is there and is not null: Jackson by itself checks the first alone. */
final class RequiredFields {
    /** Reflection on a record costs more than reading it from JSON, so each class is looked at once. */
    private static final ClassValue<List<Field>> FIELDS = new ClassValue<>() {
        @Override
        protected List<Field> computeValue(Class<?> type) {
            return Arrays.stream(type.getRecordComponents()).map(Field::of).toList();
        }
    };

    private RequiredFields() {}

    /** One component of a record, under its JSON name. */
    private record Field(String name, boolean required, Method accessor) {
        static Field of(RecordComponent component) {
            component.getAccessor().setAccessible(true);
            JsonProperty property = component.getAccessor().getAnnotation(JsonProperty.class);
            return new Field(
                    component.getName().replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT),
                    property != null && property.required(),
                    component.getAccessor());
        }

        @Nullable
        Object of(Object owner) {
            try {
                return accessor.invoke(owner);
            } catch (IllegalAccessException | InvocationTargetException e) {
                throw new IllegalStateException("the record component " + accessor + " cannot be read", e);
            }
        }
    }

    /**
     * The value itself.
     *
     * @throws InvalidJsonException when it is null, or a required field of it or of a record within it is
     */
    static <T> T checked(@Nullable T value) {
        if (value == null) {
            throw new InvalidJsonException("null is not a value here", null);
        }
        check(value, "");
        return value;
    }

    private static void check(@Nullable Object value, String path) {
        if (value instanceof Collection<?> items) {
            items.forEach(item -> check(item, path + "[]"));
        } else if (value instanceof Record) {
            for (Field field : FIELDS.get(value.getClass())) {
                check(value, field, path + "/" + field.name());
            }
        }
    }

    private static void check(Object owner, Field field, String path) {
        Object value = field.of(owner);
        if (value == null && field.required()) {
            throw new InvalidJsonException("at " + path + ": null is not a value here", null);
        }
        check(value, path);
    }
}
