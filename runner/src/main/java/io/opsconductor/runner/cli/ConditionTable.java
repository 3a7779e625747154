package io.opsconductor.runner.cli;

import io.opsconductor.json.Json;
import io.opsconductor.runner.step.Condition;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Prints what was found at targets. */
final class ConditionTable {
    private static final String ROW = "%-24s %-6s %-13s %-12s %-14s %s";

    private ConditionTable() {}

    static void print(List<Condition> conditions, boolean json, PrintWriter out) {
        long well = conditions.stream().filter(Condition::isWell).count();
        long notWell = conditions.size() - well;
        if (json) {
            Map<String, Object> answer = new LinkedHashMap<>();
            answer.put(
                    "targets", conditions.stream().map(ConditionTable::fields).toList());
            answer.put("well", well);
            answer.put("not_well", notWell);
            out.println(Json.write(answer));
        } else {
            out.println(ROW.formatted("TARGET", "WAY", "REACHED", "HOST KEY", "LOGIN", "PLATFORM"));
            for (Condition condition : conditions) {
                out.println(ROW.formatted(
                        condition.target(),
                        condition.way(),
                        condition.reach().word(),
                        condition.hostKey().word(),
                        condition.login().word(),
                        condition.platform().isEmpty() ? "-" : condition.platform()));
            }
            conditions.stream().filter(c -> !c.isWell()).forEach(c -> out.println("\n" + c.reason()));
            out.println((notWell == 0 ? "" : "\n") + well + " well, " + notWell + " not well");
        }
        out.flush();
    }

    private static Map<String, Object> fields(Condition condition) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("target", condition.target());
        fields.put("well", condition.isWell());
        fields.put("way", condition.way());
        fields.put("reach", condition.reach().word().replace(' ', '_'));
        fields.put("host_key", condition.hostKey().word().replace(' ', '_'));
        fields.put("login", condition.login().word().replace(' ', '_'));
        fields.put("platform", condition.platform());
        fields.put("reason", condition.reason());
        return fields;
    }
}
