package io.opsconductor.tool;

import io.opsconductor.plan.Effect;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A tool as its file describes it, checked and taken apart.
 *
 * @param name {@code [a-z][a-z0-9_]*}, at most 64
 * @param description one or two sentences
 * @param effect what it does to its target
 * @param idempotent whether running it twice equals running it once
 * @param platforms such as {@code linux}; empty means any
 * @param everyday whether whoever says no more than what it is about means this one of several
 * @param execution how it runs
 * @param parameters in the file's order, defaults already in their normal form
 * @param examples utterances
 * @param typed {@linkplain TypedForm commands} that are typed in place of a request
 * @param timeout limit of one run on one target, 1 s to 1 h
 * @param output how its output reads, such as {@code df}; null without a hint
 * @param next requests that people often make after its result
 * @param template the command
 * @param check a command that tells, without changing anything, how things stand; null when the file has none
 * @param digest SHA-256 of the file's bytes
 * @param source the file
 */
public record ToolDefinition(
        String name,
        String description,
        Effect effect,
        boolean idempotent,
        List<String> platforms,
        boolean everyday,
        Execution execution,
        List<CatalogueEntry.Parameter> parameters,
        List<String> examples,
        List<String> typed,
        Duration timeout,
        @Nullable String output,
        List<NextStep> next,
        CommandTemplate template,
        @Nullable CommandTemplate check,
        String digest,
        Path source) {
    public ToolDefinition {
        platforms = List.copyOf(platforms);
        parameters = List.copyOf(parameters);
        examples = List.copyOf(examples);
        typed = List.copyOf(typed);
        next = List.copyOf(next);
    }

    /**
     * How a tool runs.
     *
     * @param method the execution method
     * @param requiresTarget whether it needs a host to work on: of the inventory, or as a parameter of a local command
     * @param targetType the type of an untyped parameter named {@code target}, {@code target_host} or {@code host};
     *     null when the file names none
     * @param sudo whether it runs as another account, root unless the target says otherwise
     */
    public record Execution(
            ExecutionMethod method,
            boolean requiresTarget,
            @Nullable ParameterType targetType,
            boolean sudo) {
        /** As the account that logs in. */
        public Execution(ExecutionMethod method, boolean requiresTarget, @Nullable ParameterType targetType) {
            this(method, requiresTarget, targetType, false);
        }
    }

    /** The parameter of that name. */
    public Optional<CatalogueEntry.Parameter> parameter(String parameter) {
        return parameters.stream().filter(p -> p.name().equals(parameter)).findFirst();
    }

    /** Its check in the place of its command, as a tool that only looks; empty when it has none. */
    public Optional<ToolDefinition> checking() {
        return Optional.ofNullable(check)
                .map(command -> new ToolDefinition(
                        name,
                        description,
                        Effect.READ,
                        true,
                        platforms,
                        everyday,
                        execution,
                        parameters,
                        examples,
                        typed,
                        timeout,
                        null,
                        List.of(),
                        command,
                        null,
                        digest,
                        source));
    }

    /** What the brain may know of it. */
    public CatalogueEntry catalogueEntry() {
        return new CatalogueEntry(
                name,
                description,
                effect,
                idempotent,
                platforms,
                execution.method().runsOnTargets(),
                parameters,
                examples,
                output,
                next,
                check != null,
                everyday,
                typed.stream()
                        .map(form -> execution.sudo() ? "[sudo] " + form : form)
                        .toList());
    }
}
