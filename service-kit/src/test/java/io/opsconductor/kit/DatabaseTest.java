package io.opsconductor.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opsconductor.kit.store.Database;
import io.opsconductor.kit.store.Rows;
import java.nio.file.Path;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatabaseTest {
    @TempDir
    Path dir;

    @Test
    void manyWritersQueueInsteadOfFailing() {
        try (Database database = open()) {
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                for (int i = 0; i < 100; i++) {
                    int n = i;
                    threads.execute(() -> database.change("insert into thing (id) values (?)", "t" + n));
                }
            }
            assertThat(database.one("select count(*) as n from thing", row -> Rows.number(row, "n")))
                    .contains(100L);
        }
    }

    @Test
    void aFailedTransactionLeavesNothing() {
        try (Database database = open()) {
            assertThatThrownBy(() -> database.transaction(tx -> {
                        tx.dml("insert into thing (id) values (?)", "a");
                        throw new IllegalStateException("stop");
                    }))
                    .hasMessage("stop");
            assertThat(database.one("select id from thing", row -> Rows.text(row, "id")))
                    .isEmpty();
        }
    }

    @Test
    void whatIsCommittedIsThereAfterReopening() {
        try (Database database = open()) {
            database.change("insert into thing (id) values (?)", "kept");
        }
        try (Database database = open()) {
            assertThat(database.one("select id from thing", row -> Rows.text(row, "id")))
                    .contains("kept");
        }
    }

    private Database open() {
        return Database.open(dir.resolve("store.db"), "db/test");
    }
}
