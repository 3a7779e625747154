package io.opsconductor.brain.outputs;

import io.opsconductor.brain.language.Understanding;
import io.opsconductor.plan.Step;
import io.opsconductor.plan.TargetResult;
import io.opsconductor.plan.TargetStatus;
import io.opsconductor.tool.Catalogue;
import java.util.List;
import java.util.Map;

/** Results of the shipped tools, and what is read of them. */
final class Outputs {
    static final Catalogue TOOLS = Understanding.shippedTools();
    static final String WEB_1 = "web-server-01";
    static final String WEB_2 = "web-server-02";
    static final String DB = "db-server-01";

    private Outputs() {}

    static TargetResult result(int step, String tool, String target, int exit, String stdout, String stderr) {
        TargetStatus status = exit == 0 ? TargetStatus.SUCCEEDED : TargetStatus.FAILED;
        return new TargetResult(step, tool, target, status, exit, stdout, stderr, false, false, 12, "");
    }

    static TargetResult unreachable(String tool, String target) {
        return new TargetResult(
                0, tool, target, TargetStatus.UNREACHABLE, null, "", "", false, false, 0, "no route to host");
    }

    /** What is read of results of one step of a tool on these targets. */
    static ResultReading read(String tool, Map<String, Object> values, List<String> targets, TargetResult... results) {
        return new OutputReader().read(List.of(new Step(tool, values, targets)), List.of(results), TOOLS);
    }

    /** What is read of one output of a tool without values. */
    static ResultReading read(String tool, String stdout) {
        return read(tool, Map.of(), List.of(WEB_1), result(0, tool, WEB_1, 0, stdout, ""));
    }

    /** The one sentence about an output; empty when it is not read. */
    static String sentence(String tool, String stdout) {
        return sentence(read(tool, stdout));
    }

    static String sentence(ResultReading reading) {
        return reading.readings().isEmpty() ? "" : reading.readings().getFirst().sentence();
    }
}
