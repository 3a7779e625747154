package io.opsconductor.tool;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.opsconductor.plan.Effect;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the brain may know of a tool: enough to choose it and fill in its parameters, nothing of how it is done.
 *
 * @param name the tool's name, {@code [a-z][a-z0-9_]*}
 * @param description one or two sentences
 * @param effect what it does to its target
 * @param idempotent whether running it twice equals running it once
 * @param platforms such as {@code linux}; empty means any
 * @param needsTarget whether each step of it names targets of the inventory (ssh and the like); false for a tool that
 *     runs on the runner and takes hosts as parameters at most
 * @param parameters in the file's order
 * @param examples utterances, as people write them
 * @param output how its output reads, such as {@code df}; null when the file has no hint
 * @param next requests that people often make after its result; what an earlier runner sends has none
 * @param checkable whether it has a check, which tells how things stand without changing anything
 * @param everyday whether whoever says no more than what it is about means this one of several; what an earlier runner sends has
 *     none
 * @param typed {@linkplain TypedForm commands} that are typed in place of a request; what an earlier runner sends has none
 */
public record CatalogueEntry(
        String name,
        String description,
        Effect effect,
        boolean idempotent,
        List<String> platforms,
        boolean needsTarget,
        List<Parameter> parameters,
        List<String> examples,
        @Nullable String output,
        List<NextStep> next,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean checkable,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean everyday,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> typed) {

    public CatalogueEntry {
        platforms = List.copyOf(platforms);
        parameters = List.copyOf(parameters);
        examples = List.copyOf(examples);
        next = next == null ? List.of() : List.copyOf(next);
        typed = List.copyOf(typed);
    }

    @JsonCreator
    static CatalogueEntry read(
            @JsonProperty("name") String name,
            @JsonProperty("description") String description,
            @JsonProperty("effect") Effect effect,
            @JsonProperty("idempotent") boolean idempotent,
            @JsonProperty("platforms") List<String> platforms,
            @JsonProperty("needs_target") boolean needsTarget,
            @JsonProperty("parameters") List<Parameter> parameters,
            @JsonProperty("examples") List<String> examples,
            @JsonProperty("output") @Nullable String output,
            @JsonProperty("next") List<NextStep> next,
            @JsonProperty("checkable") @Nullable Boolean checkable,
            @JsonProperty("everyday") @Nullable Boolean everyday,
            @JsonProperty("typed") @Nullable List<String> typed) {
        return new CatalogueEntry(
                name,
                description,
                effect,
                idempotent,
                platforms,
                needsTarget,
                parameters,
                examples,
                output,
                next,
                Boolean.TRUE.equals(checkable),
                Boolean.TRUE.equals(everyday),
                typed == null ? List.of() : typed);
    }

    /** A tool that is none of the everyday ones. */
    public CatalogueEntry(
            String name,
            String description,
            Effect effect,
            boolean idempotent,
            List<String> platforms,
            boolean needsTarget,
            List<Parameter> parameters,
            List<String> examples,
            @Nullable String output,
            List<NextStep> next,
            boolean checkable) {
        this(
                name,
                description,
                effect,
                idempotent,
                platforms,
                needsTarget,
                parameters,
                examples,
                output,
                next,
                checkable,
                false,
                List.of());
    }

    /** A tool after which nothing is suggested, and without a check. */
    public CatalogueEntry(
            String name,
            String description,
            Effect effect,
            boolean idempotent,
            List<String> platforms,
            boolean needsTarget,
            List<Parameter> parameters,
            List<String> examples,
            @Nullable String output) {
        this(
                name,
                description,
                effect,
                idempotent,
                platforms,
                needsTarget,
                parameters,
                examples,
                output,
                List.of(),
                false);
    }

    /**
     * A parameter of a tool.
     *
     * @param name its name
     * @param description what it means
     * @param type its type
     * @param required whether a step must give it; one with a default is not required
     * @param defaultValue used when absent; null for none
     * @param allowed the only values it may have; empty for any of its type
     * @param pattern a regular expression the whole text must match; null for none
     * @param min least value of an integer, port or duration (seconds); null for none
     * @param max greatest value, as min
     * @param allowLeadingHyphen whether a text value may begin with a hyphen
     */
    public record Parameter(
            String name,
            String description,
            ParameterType type,
            boolean required,
            @Nullable Object defaultValue,
            List<String> allowed,
            @Nullable String pattern,
            @Nullable Long min,
            @Nullable Long max,
            boolean allowLeadingHyphen) {
        public Parameter {
            allowed = List.copyOf(allowed);
        }
    }
}
