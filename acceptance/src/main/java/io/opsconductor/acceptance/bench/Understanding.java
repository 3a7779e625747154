package io.opsconductor.acceptance.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.opsconductor.acceptance.product.Command;
import io.opsconductor.acceptance.product.Installation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * How long the built-in understanding takes for a request, from its words to the plan, when there are 1,000 tools: all that ship,
 * and made-up ones.
 */
final class Understanding {
    private static final int TOOLS = 1_000;
    /** So often everything is said before: what a chatbot that has just started has not compiled yet is no matter of the tools. */
    private static final int WARM_UP = 4;

    private Understanding() {}

    static List<Figure> measure(Path home) throws IOException {
        Command eval = Installation.command(
                home,
                Map.of("OPSCONDUCTOR_RUNNER_TOOLS", "tool-library/tools,tool-library/more-tools"),
                "eval",
                "--builtin",
                "--tools-in-all",
                Integer.toString(TOOLS),
                "--warm-up",
                Integer.toString(WARM_UP),
                "--json");
        if (eval.exitCode() != 0) {
            throw new IllegalStateException("eval ended with " + eval.exitCode() + ":\n" + eval.output());
        }
        // What it says while it builds comes before the object.
        JsonNode run = new ObjectMapper()
                .readTree(eval.output().substring(eval.output().indexOf('{')));
        String how = "%d requests after %d times as many to warm up, %d tools, all that ship and made-up ones"
                .formatted(run.path("requests").asInt(), WARM_UP, TOOLS);
        return List.of(
                new Figure("understanding a request, median", run.path("p50_ms").asDouble(), "ms", 15.0, how),
                new Figure(
                        "understanding a request, 99 of 100", run.path("p99_ms").asDouble(), "ms", 15.0, how),
                new Figure(
                        "right tool first among so many", 100 * run.path("top1").asDouble(), "%", null, how));
    }
}
