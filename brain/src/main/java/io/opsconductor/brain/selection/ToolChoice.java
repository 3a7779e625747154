package io.opsconductor.brain.selection;

import io.opsconductor.brain.intent.ToolRequest;
import io.opsconductor.tool.CatalogueEntry;
import java.util.List;

/** The answer of stage B for one request. */
public sealed interface ToolChoice {
    /** What was asked for. */
    ToolRequest request();

    /**
     * One tool fits, clearly.
     *
     * @param near at most 2 others that it may have been, best first
     */
    record Chosen(ToolRequest request, CatalogueEntry tool, List<CatalogueEntry> near) implements ToolChoice {
        public Chosen {
            near = List.copyOf(near);
        }

        /** One that no other comes near. */
        public Chosen(ToolRequest request, CatalogueEntry tool) {
            this(request, tool, List.of());
        }
    }

    /**
     * Several fit about as well: the user chooses.
     *
     * @param candidates 1 to 3, best first; one where only what is named speaks for it
     */
    record Unclear(ToolRequest request, List<CatalogueEntry> candidates) implements ToolChoice {
        public Unclear {
            candidates = List.copyOf(candidates);
        }
    }

    /**
     * No tool does that.
     *
     * @param near at most 3 that come nearest, best first
     */
    record NoTool(ToolRequest request, List<CatalogueEntry> near) implements ToolChoice {
        public NoTool {
            near = List.copyOf(near);
        }

        /** What nothing comes near. */
        public NoTool(ToolRequest request) {
            this(request, List.of());
        }
    }
}
