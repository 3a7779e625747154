package io.opsconductor.tool;

import java.util.List;

/**
 * Answer of {@code GET /tools}.
 *
 * @param version digest over the entries; it changes when any of them does
 * @param tools sorted by name
 */
public record Catalogue(String version, List<CatalogueEntry> tools) {
    public Catalogue {
        tools = List.copyOf(tools);
    }
}
