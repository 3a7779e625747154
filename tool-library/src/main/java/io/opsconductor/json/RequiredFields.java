package io.opsconductor.json;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A required field is there and is not null: Jackson by itself checks the first alone. */
final class RequiredFields {
    private RequiredFields() {}

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
            for (RecordComponent component : value.getClass().getRecordComponents()) {
                check(value, component, path);
            }
        }
    }

    private static void check(Object owner, RecordComponent component, String path) {
        JsonProperty property = component.getAccessor().getAnnotation(JsonProperty.class);
        String name =
                path + "/" + component.getName().replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
        Object value = read(owner, component);
        if (value == null && property != null && property.required()) {
            throw new InvalidJsonException("at " + name + ": null is not a value here", null);
        }
        check(value, name);
    }

    private static @Nullable Object read(Object owner, RecordComponent component) {
        try {
            component.getAccessor().setAccessible(true);
            return component.getAccessor().invoke(owner);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException("the record component " + component + " cannot be read", e);
        }
    }
}
