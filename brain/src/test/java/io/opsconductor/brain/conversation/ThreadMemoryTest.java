package io.opsconductor.brain.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsconductor.kit.store.Database;
import io.opsconductor.plan.Plan;
import io.opsconductor.plan.Step;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ThreadMemoryTest {
    private static final Step RESTART = new Step("restart_service", Map.of("service", "nginx"), List.of("web-01"));
    private static final Step STATUS = new Step("service_status", Map.of("service", "nginx"), List.of("web-01"));

    @TempDir
    private Path home;

    @Test
    void theLastPlanOfAConversationIsRememberedAcrossARestart() {
        try (Database database = Database.open(home.resolve("store.db"), "db/chatbot")) {
            ThreadMemory memory = new ThreadMemory(database);
            assertThat(memory.of("c1")).isEmpty();
            keep(database, memory, STATUS);
            keep(database, memory, RESTART, STATUS);
        }
        try (Database database = Database.open(home.resolve("store.db"), "db/chatbot")) {
            ThreadMemory memory = new ThreadMemory(database);
            assertThat(memory.of("c1")).containsExactly(RESTART, STATUS);
            assertThat(memory.of("c2")).isEmpty();
        }
    }

    private static void keep(Database database, ThreadMemory memory, Step... steps) {
        assertThat(database.<Boolean>transaction(tx -> {
                    memory.keep(tx, "c1", new Plan(List.of(steps)));
                    return true;
                }))
                .isTrue();
    }
}
