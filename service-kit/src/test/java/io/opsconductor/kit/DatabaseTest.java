package io.opsconductor.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opsconductor.counterpart.store.TestStore;
import io.opsconductor.kit.store.Database;
import io.opsconductor.kit.store.Rows;
import io.opsconductor.kit.store.StorePlace;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(TestStore.class)
class DatabaseTest {
    private final TestStore store;

    DatabaseTest(TestStore store) {
        this.store = store;
    }

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

    @Test
    void aTextThatNoStoreHoldsIsNotFound() {
        try (Database database = open()) {
            database.change("insert into thing (id) values (?)", "kept");
            assertThat(database.one("select id from thing where id = ?", row -> Rows.text(row, "id"), "kept\0"))
                    .isEmpty();
        }
    }

    @Test
    void urgentWorkGoesAheadOfWhatWaits() throws Exception {
        try (Database database = open()) {
            CountDownLatch begun = new CountDownLatch(1);
            CountDownLatch goOn = new CountDownLatch(1);
            Thread holder = Thread.ofVirtual()
                    .start(() -> database.transaction(tx -> {
                        begun.countDown();
                        await(goOn);
                        return tx.dml("insert into thing (id) values ('1 holder')");
                    }));
            begun.await();
            List<String> order = new CopyOnWriteArrayList<>();
            List<Thread> waiting = new ArrayList<>(List.of(holder));
            for (int i = 0; i < 5; i++) {
                waiting.add(Thread.ofVirtual()
                        .start(() -> database.transaction(tx -> {
                            order.add("waiting");
                            return tx.dml("insert into thing (id) values (?)", "waiting " + order.size());
                        })));
            }
            waitFor(waiting.subList(1, 6));
            Thread urgent = Thread.ofVirtual()
                    .start(() -> database.urgent(tx -> {
                        order.add("urgent");
                        return tx.dml("insert into thing (id) values ('urgent')");
                    }));
            waitFor(List.of(urgent));
            goOn.countDown();
            waiting.add(urgent);
            for (Thread thread : waiting) {
                thread.join();
            }
            assertThat(order).startsWith("urgent").hasSize(6);
        }
    }

    private static void waitFor(List<Thread> threads) {
        while (!threads.stream().allMatch(thread -> thread.getState() == Thread.State.WAITING)) {
            Thread.onSpinWait();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Database open() {
        return Database.open(StorePlace.of("test", dir, store.settings("test", dir)), "db/test");
    }
}
