package io.opsconductor.brain.intent;

import java.util.List;

/**
 * One clause of a message that asks for a tool.
 *
 * @param text the clause as written
 * @param language the language it is written in, as ISO 639-1
 * @param entities what was found in it, plus targets carried over from an earlier clause ("its status")
 * @param about the same in a model's words, to look up tools with and for nothing else; empty without a model
 */
public record ToolRequest(String text, String language, List<Entity> entities, String about) {
    public ToolRequest {
        entities = List.copyOf(entities);
    }

    /** A clause that no model has read. */
    public ToolRequest(String text, String language, List<Entity> entities) {
        this(text, language, entities, "");
    }
}
