package io.opsconductor.tool;

import io.opsconductor.text.Shown;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The values of one rendering, with the tool's defaults, each checked once more before it takes its place; and, for requests, the
 * moment of the preview and what lies so long after it, see {@link Moments}.
 */
final class RenderedValues {
    private final ToolDefinition tool;
    private final Map<String, Object> values;
    private final Instant moment;

    /** @param moment of the preview that is rendered, or rendered again */
    RenderedValues(ToolDefinition tool, Map<String, Object> values, Instant moment) {
        this.tool = tool;
        this.values = values;
        this.moment = moment;
    }

    /** Whether it is optional and there is none. */
    boolean isAbsent(String name) {
        return value(name) == null && (isMoment(name) || !parameter(name).required());
    }

    /** The value in its normal form; null when there is none. */
    @Nullable
    Object value(String name) {
        if (isMoment(name)) {
            return Moments.text(name, moment, this::value);
        }
        Object value = values.get(name);
        return value == null ? parameter(name).defaultValue() : value;
    }

    /** Whether the value is a path, which brings its own slashes. */
    boolean isPath(String name) {
        return !isMoment(name) && parameter(name).type() == ParameterType.PATH;
    }

    private boolean isMoment(String name) {
        return tool.parameter(name).isEmpty() && Moments.isMoment(name);
    }

    CatalogueEntry.Parameter parameter(String name) {
        return tool.parameter(name)
                .orElseThrow(() -> new RenderingException("tool " + tool.name() + ": no parameter " + name));
    }

    /** The value as text. */
    String text(String name) {
        Object value = value(name);
        String text = switch (value) {
            case null -> throw refused(name, "it is required and absent");
            case String s -> s;
            case Long n -> n.toString();
            case Integer n -> n.toString();
            case Boolean b -> b.toString();
            default -> throw refused(name, "a " + value.getClass().getSimpleName() + " has no place in a command");
        };
        if (text.isEmpty() || text.length() > ParameterCheck.MAX_LENGTH) {
            throw refused(name, "it has " + text.length() + " characters");
        }
        text.codePoints().filter(Shown::isHidden).findFirst().ifPresent(c -> {
            throw refused(name, "it contains " + Shown.escape(c));
        });
        if (text.startsWith("-") && !ParameterCheck.mayBeginWithHyphen(parameter(name), text)) {
            throw refused(name, "it begins with a hyphen");
        }
        return text;
    }

    RenderingException refused(String name, String why) {
        return new RenderingException("tool " + tool.name() + ": the value of " + name + " cannot be rendered: " + why);
    }
}
