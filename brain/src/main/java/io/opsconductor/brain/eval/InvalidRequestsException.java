package io.opsconductor.brain.eval;

import io.opsconductor.yaml.Finding;
import java.util.List;
import java.util.stream.Collectors;

/** A set of requests with mistakes; its message has a line for each, with file, line and column. */
public final class InvalidRequestsException extends RuntimeException {
    private static final long serialVersionUID = 1;

    InvalidRequestsException(List<Finding> findings) {
        super(findings.stream().map(Finding::text).collect(Collectors.joining("\n")));
    }
}
