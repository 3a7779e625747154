package io.opsconductor.runner.inventory.ansible;

import io.opsconductor.yaml.Finding;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * What reading adds to.
 *
 * @param findings mistakes: one of them, and nothing is used
 * @param notices what should be looked at
 * @param files every file and folder whose change can change the reading, existing or not
 * @param digests of what was read
 */
public record Watched(List<Finding> findings, List<Finding> notices, Set<Path> files, List<String> digests) {}
