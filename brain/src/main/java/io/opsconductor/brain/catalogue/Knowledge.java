package io.opsconductor.brain.catalogue;

import io.opsconductor.tool.Catalogue;
import io.opsconductor.tool.CatalogueEntry;
import io.opsconductor.tool.TargetDirectory;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One consistent snapshot of what the runner offers; every stage of one message works on the same snapshot.
 *
 * @param tools the tools
 * @param targets the target names and groups
 */
public record Knowledge(Catalogue tools, TargetDirectory targets) {
    /**
     * The tools that some target can be meant by, in the catalogue's order: a library for databases, switches and clouds must not
     * make requests to the servers that there are harder to tell apart. Where targets name no platform at all, every tool is.
     */
    public List<CatalogueEntry> reachable() {
        Set<String> platforms = targets.targets().stream()
                .map(target -> target.platform().toLowerCase(Locale.ROOT))
                .filter(platform -> !platform.isEmpty())
                .collect(Collectors.toSet());
        return tools.tools().stream()
                .filter(tool -> !tool.needsTarget()
                        || platforms.isEmpty()
                        || tool.platforms().isEmpty()
                        || tool.platforms().stream().anyMatch(platforms::contains))
                .toList();
    }
}
