package io.opsconductor.kit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.helidon.dbclient.DbExecute;
import io.opsconductor.counterpart.store.TestStore;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(TestStore.class)
@Timeout(60)
class TogetherTest {
    private final TestStore store;

    TogetherTest(TestStore store) {
        this.store = store;
    }

    @TempDir
    Path folder;

    private Database database;

    @BeforeEach
    void open() {
        database = Database.open(place(), "db/test");
    }

    private StorePlace place() {
        return StorePlace.of("test", folder, store.settings("test", folder));
    }

    @AfterEach
    void close() {
        database.close();
    }

    private static long insert(DbExecute tx, long seq) {
        tx.dml(
                "insert into journal (seq, at, type, conversation, execution, digest, hash, line)"
                        + " values (?, '', '', '', '', '', '', '')",
                seq);
        return seq;
    }

    private List<Long> kept() {
        return database.query("select seq from journal order by seq", row -> Rows.number(row, "seq"));
    }

    /** Holds the writer until many wait, so that they are together. */
    private List<Future<Long>> atOnce(long count) throws InterruptedException {
        List<Future<Long>> all = new ArrayList<>();
        CountDownLatch held = new CountDownLatch(1);
        CountDownLatch waiting = new CountDownLatch(1);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var _ = threads.submit(() -> database.transaction(_ -> {
                held.countDown();
                try {
                    return waiting.await(10, TimeUnit.SECONDS);
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }));
            held.await();
            for (long i = 1; i <= count; i++) {
                long seq = i;
                all.add(threads.submit(() -> database.together(tx -> insert(tx, seq))));
            }
            waiting.countDown();
        }
        return all;
    }

    @Test
    void whoeverComesAtTheSameTimeIsKeptAndTold() throws Exception {
        List<Future<Long>> all = atOnce(500);

        for (int i = 0; i < all.size(); i++) {
            assertThat(all.get(i).get()).isEqualTo(i + 1);
        }
        assertThat(kept())
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, 500).boxed().toList());
    }

    @Test
    void oneThatFailsTakesNobodyAlong() throws Exception {
        database.transaction(tx -> insert(tx, 30));

        List<Future<Long>> all = atOnce(60);

        assertThatThrownBy(() -> all.get(29).get())
                .isInstanceOf(ExecutionException.class)
                .hasRootCauseInstanceOf(SQLException.class);
        assertThat(kept())
                .containsExactlyElementsOf(LongStream.rangeClosed(1, 60).boxed().toList());
    }

    @Test
    void whatIsToldIsCommitted() {
        AtomicInteger seen = new AtomicInteger();
        database.together(tx -> insert(tx, 1));
        try (Database other = Database.existing(place())) {
            seen.set(other.query("select seq from journal", row -> Rows.number(row, "seq"))
                    .size());
        }
        assertThat(seen).hasValue(1);
    }
}
