package io.opsconductor.brain.catalogue;

import io.opsconductor.tool.Catalogue;
import io.opsconductor.tool.TargetDirectory;

/**
 * One consistent snapshot of what the runner offers; every stage of one message works on the same snapshot.
 *
 * @param tools the tools
 * @param targets the target names and groups
 */
public record Knowledge(Catalogue tools, TargetDirectory targets) {}
