package io.opsconductor.tool;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How a tool runs; where it runs is always the runner. */
public enum ExecutionMethod {
    /** A program on the runner, with an argument list and no shell. */
    LOCAL_COMMAND,
    /** A command line for the POSIX shell of an inventory target. */
    SSH,
    /** A PowerShell script or a command line for an inventory target that runs Windows. */
    WINRM,
    /** A request to the web address of an inventory target. */
    HTTP,
    /** A statement for the database of an inventory target. */
    DATABASE;

    /** As in YAML: {@code local-command}. */
    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether each step names targets of the inventory. */
    public boolean runsOnTargets() {
        return this != LOCAL_COMMAND;
    }

    static ExecutionMethod of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
