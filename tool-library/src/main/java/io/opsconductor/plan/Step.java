package io.opsconductor.plan;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One step of a plan: a tool by name, its parameters as the user's words were understood, and the targets by inventory
 * name. Parameters are text, whole numbers or booleans; the runner checks them against its own tool file.
 *
 * @param tool the tool's name
 * @param parameters values by parameter name; a {@code String}, {@code Long}, {@code Integer} or {@code Boolean} each
 * @param targets inventory names; empty for a tool that runs on the runner itself
 * @param options after what, how fast, and what of failures
 */
public record Step(
        String tool,
        Map<String, Object> parameters,
        List<String> targets,

        @JsonInclude(value = JsonInclude.Include.CUSTOM, valueFilter = AsUsual.class)
        StepOptions options) {
    public Step {
        Objects.requireNonNull(tool, "tool");
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
        targets = List.copyOf(targets);
    }

    /** A step after the one before it, on all its targets side by side. */
    public Step(String tool, Map<String, Object> parameters, List<String> targets) {
        this(tool, parameters, targets, StepOptions.USUAL);
    }

    /** The same step with other values and targets. */
    public Step of(Map<String, Object> others, List<String> otherTargets) {
        return new Step(tool, others, otherTargets, options);
    }

    /** The same step, run in another way. */
    public Step with(StepOptions others) {
        return new Step(tool, parameters, targets, others);
    }

    /** Reads the wire form. The founding form, a {@code target_host} among the parameters, names the target as well. */
    @JsonCreator
    static Step read(
            @JsonProperty(value = "tool", required = true) String tool,
            @JsonProperty("parameters") @Nullable Map<String, Object> parameters,
            @JsonProperty("targets") @Nullable List<String> targets,
            @JsonProperty("options") @Nullable StepOptions options) {
        StepOptions how = options == null ? StepOptions.USUAL : options;
        Map<String, Object> values = new LinkedHashMap<>(parameters == null ? Map.of() : parameters);
        if (targets == null && values.get("target_host") instanceof String host) {
            values.remove("target_host");
            return new Step(tool, values, List.of(host), how);
        }
        return new Step(tool, values, targets == null ? List.of() : targets, how);
    }
}
