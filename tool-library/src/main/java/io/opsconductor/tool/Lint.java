package io.opsconductor.tool;

import io.opsconductor.yaml.Finding;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Everything there is to say about tool files: mistakes, notices, and advice. */
public final class Lint {
    private Lint() {}

    /**
     * What was found.
     *
     * @param tools how many tools can be used
     * @param findings what there is to say, file by file
     */
    public record Report(int tools, List<Finding> findings) {
        public Report {
            findings = List.copyOf(findings);
        }

        /** @param strict whether advice counts as a mistake; notices never do */
        public boolean passes(boolean strict) {
            return count(Finding.Severity.ERROR) == 0 && !(strict && count(Finding.Severity.ADVICE) > 0);
        }

        /** {@code 12 tools can be used, 1 mistake, 2 pieces of advice}. */
        public String summary() {
            long errors = count(Finding.Severity.ERROR);
            long advice = count(Finding.Severity.ADVICE);
            return tools
                    + (tools == 1 ? " tool can be used, " : " tools can be used, ")
                    + errors
                    + (errors == 1 ? " mistake" : " mistakes")
                    + (advice == 0 ? "" : advice == 1 ? ", 1 piece of advice" : ", " + advice + " pieces of advice");
        }

        private long count(Finding.Severity severity) {
            return findings.stream()
                    .filter(finding -> finding.severity() == severity)
                    .count();
        }
    }

    /** Looks at files and folders as {@link ToolLibrary#load} would, and keeps the advice. Empty when all is well. */
    public static List<Finding> run(List<Path> paths) {
        return report(paths).findings();
    }

    /** As {@link #run}, and how many tools there are. */
    public static Report report(List<Path> paths) {
        List<Finding> findings = new ArrayList<>();
        int tools = ToolLibrary.collect(paths, findings).size();
        return new Report(tools, findings);
    }
}
