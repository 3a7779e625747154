package io.opsconductor.runner.step;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsconductor.plan.RenderedCommand;
import io.opsconductor.tool.CheckedParameters;
import io.opsconductor.tool.CommandRendering;
import io.opsconductor.tool.CommandRendering.Surroundings;
import io.opsconductor.tool.ExecutionMethod;
import io.opsconductor.tool.ToolDefinition;
import io.opsconductor.tool.ToolLibrary;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** The tools that are shipped, with values that are checked and rendered as those of a plan are. */
final class ShippedTools {
    /** When everything here is previewed. */
    static final Instant MOMENT = Instant.parse("2026-11-26T12:00:00.250Z");

    /** Where shells, SQL, JSON, addresses and PowerShell each have marks of their own. */
    static final String HOSTILE = "a'b; $(touch /tmp/x) `id` \u2019 & | ../c?d=1&e=2#f %0d%0a {g} [h] -- \\ é";

    private static final ToolLibrary LIBRARY = ToolLibrary.load(
                    List.of(Path.of("../tool-library/tools"), Path.of("../tool-library/more-tools")))
            .library();

    private ShippedTools() {}

    static List<ToolDefinition> which(Predicate<ToolDefinition> wanted) {
        return LIBRARY.tools().stream().filter(wanted).toList();
    }

    static List<ToolDefinition> of(ExecutionMethod method) {
        return which(tool -> tool.execution().method() == method);
    }

    static ToolDefinition named(String name) {
        return LIBRARY.tool(name).orElseThrow(() -> new IllegalArgumentException("there is no tool " + name));
    }

    static RenderedCommand rendered(String tool, Map<String, Object> values, Surroundings surroundings) {
        return rendered(named(tool), values, surroundings).orElseThrow();
    }

    /** Empty when a value is refused, as it is before any card. */
    static Optional<RenderedCommand> rendered(
            ToolDefinition tool, Map<String, Object> values, Surroundings surroundings) {
        return switch (CheckedParameters.check(tool.catalogueEntry(), values)) {
            case CheckedParameters.Accepted accepted ->
                Optional.of(CommandRendering.render(tool, accepted.values(), surroundings, MOMENT));
            case CheckedParameters.Refused _ -> Optional.empty();
        };
    }

    /** {@code a=1; b=two words} as values; {@code -} for none. */
    static Map<String, Object> values(String text) {
        Map<String, Object> values = new LinkedHashMap<>();
        if (!text.equals("-")) {
            for (String pair : text.split("; ", -1)) {
                int at = pair.indexOf('=');
                assertThat(at).as(pair).isPositive();
                values.put(pair.substring(0, at), pair.substring(at + 1));
            }
        }
        return values;
    }
}
