package io.opsconductor.brain.selection;

import io.opsconductor.brain.catalogue.Knowledge;
import io.opsconductor.brain.intent.ToolRequest;
import io.opsconductor.brain.language.Indexes.Index;
import io.opsconductor.tool.CatalogueEntry;
import java.util.List;

/** The tools that were offered for a clause, found again from its words. */
public final class Candidate {
    private Candidate() {}

    /** The same tools, in the same order, as when the question was asked. */
    public static List<CatalogueEntry> tools(String clause, String language, Index index, Knowledge knowledge) {
        ToolRequest request =
                new ToolRequest(clause, language, index.read(clause, language).entities());
        return switch (BuiltinSelectionStage.choice(request, knowledge, index)) {
            case ToolChoice.Chosen chosen -> List.of(chosen.tool());
            case ToolChoice.Unclear unclear -> unclear.candidates();
            case ToolChoice.NoTool none -> List.of();
        };
    }
}
