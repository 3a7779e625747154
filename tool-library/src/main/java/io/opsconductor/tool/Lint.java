package io.opsconductor.tool;

import io.opsconductor.yaml.Finding;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Everything there is to say about tool files: mistakes, notices, and advice. */
public final class Lint {
    private Lint() {}

    /** Looks at files and folders as {@link ToolLibrary#load} would, and keeps the advice. Empty when all is well. */
    public static List<Finding> run(List<Path> paths) {
        List<Finding> findings = new ArrayList<>();
        ToolLibrary.collect(paths, findings);
        return List.copyOf(findings);
    }
}
