package io.opsconductor.runner;

import com.fasterxml.jackson.databind.JsonNode;
import io.opsconductor.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Reads a home's runner journal. */
record TestJournal(Path home) {
    Path file() {
        return home.resolve("runner/journal/journal.jsonl");
    }

    List<JsonNode> entries() {
        try {
            return Files.readAllLines(file()).stream().map(Json::tree).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The types of all entries, in order. */
    List<String> types() {
        return entries().stream().map(entry -> entry.path("type").asText()).toList();
    }

    List<JsonNode> ofType(String type) {
        return entries().stream()
                .filter(entry -> entry.path("type").asText().equals(type))
                .toList();
    }
}
