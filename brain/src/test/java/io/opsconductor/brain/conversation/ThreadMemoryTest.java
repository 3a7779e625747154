package io.opsconductor.brain.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsconductor.brain.outputs.Fact;
import io.opsconductor.brain.outputs.LastResult;
import io.opsconductor.counterpart.store.TestStore;
import io.opsconductor.kit.store.Database;
import io.opsconductor.kit.store.StorePlace;
import io.opsconductor.plan.Plan;
import io.opsconductor.plan.Step;
import io.opsconductor.plan.TargetStatus;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(TestStore.class)
class ThreadMemoryTest {
    private final TestStore store;

    ThreadMemoryTest(TestStore store) {
        this.store = store;
    }

    private static final Step RESTART = new Step("restart_service", Map.of("service", "nginx"), List.of("web-01"));
    private static final Step STATUS = new Step("service_status", Map.of("service", "nginx"), List.of("web-01"));

    @TempDir
    private Path home;

    @Test
    void theLastPlanOfAConversationIsRememberedAcrossARestart() {
        try (Database database =
                Database.open(StorePlace.of("chatbot", home, store.settings("chatbot", home)), "db/chatbot")) {
            ThreadMemory memory = new ThreadMemory(database);
            assertThat(memory.of("c1")).isEmpty();
            keep(database, memory, STATUS);
            keep(database, memory, RESTART, STATUS);
        }
        try (Database database =
                Database.open(StorePlace.of("chatbot", home, store.settings("chatbot", home)), "db/chatbot")) {
            ThreadMemory memory = new ThreadMemory(database);
            assertThat(memory.of("c1")).containsExactly(RESTART, STATUS);
            assertThat(memory.of("c2")).isEmpty();
        }
    }

    @Test
    void whatTheLastExecutionFoundIsRememberedAcrossARestart() {
        LastResult first = new LastResult(List.of(new LastResult.Part(STATUS, List.of())));
        LastResult second = new LastResult(List.of(new LastResult.Part(
                STATUS,
                List.of(new LastResult.Found(
                        "web-01", TargetStatus.FAILED, false, List.of(new Fact("disk", "%", 91.5)))))));
        try (Database database =
                Database.open(StorePlace.of("chatbot", home, store.settings("chatbot", home)), "db/chatbot")) {
            ThreadMemory memory = new ThreadMemory(database);
            assertThat(memory.result("c1")).isEmpty();
            for (LastResult result : List.of(first, second)) {
                database.<Boolean>transaction(tx -> {
                    memory.keepResult(tx, "c1", result);
                    return true;
                });
            }
        }
        try (Database database =
                Database.open(StorePlace.of("chatbot", home, store.settings("chatbot", home)), "db/chatbot")) {
            ThreadMemory memory = new ThreadMemory(database);
            assertThat(memory.result("c1")).contains(second);
            assertThat(memory.result("c2")).isEmpty();
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
