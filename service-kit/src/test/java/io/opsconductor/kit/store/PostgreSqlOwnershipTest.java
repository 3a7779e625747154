package io.opsconductor.kit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opsconductor.counterpart.store.PostgreSqlServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a second process on the same database can do, and what a server must be like. */
@Timeout(30)
class PostgreSqlOwnershipTest {
    @TempDir
    Path home;

    private static final String OF_THIS_DATABASE =
            "select count(*) from pg_stat_activity where datname = current_database()";

    private final PostgreSqlServer.Place place = PostgreSqlServer.shared().place();
    private final Map<String, String> settings = new HashMap<>(place.settings("test"));

    private StorePlace store(String patience) {
        settings.put("OPSCONDUCTOR_TEST_STORE_PATIENCE", patience);
        return StorePlace.of("test", home, settings);
    }

    private Database open() {
        return Database.open(store("5s"), "db/test");
    }

    private void run(String sql) {
        try (Connection connection = place.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new AssertionError(sql, e);
        }
    }

    private static void insert(Database database, String id) {
        database.change("insert into thing (id, note) values (?, '0')", id);
    }

    private static long things(Database database) {
        return database.one("select count(*) as things from thing", row -> Rows.number(row, "things"))
                .orElseThrow();
    }

    private static void await(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
            if (Thread.interrupted()) {
                throw new AssertionError("it did not come to that in time");
            }
        }
    }

    @Test
    void aSecondProcessIsRefusedAndTheFirstGoesOn() {
        try (Database first = open()) {
            StorePlace impatient = store("200ms");
            assertThatThrownBy(() -> Database.open(impatient, "db/test"))
                    .isInstanceOf(StoreException.class)
                    .hasMessage(
                            "another process uses the store " + place.url()
                                    + ", and did not end within 0 s: stop it, or give this one a database of its own (store.url)");
            insert(first, "a");
            assertThat(things(first)).isEqualTo(1);
        }
    }

    @Test
    void aSecondProcessWaitsForTheFirstToEndAndTakesOver() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Database first = open();
            var second = threads.submit(this::open);
            insert(first, "a");
            first.close();
            try (Database taken = second.get()) {
                insert(taken, "b");
                assertThat(things(taken)).isEqualTo(2);
            }
        }
    }

    @Test
    void aProcessThatLostTheStoreWithoutKnowingStoresNothing() {
        try (Database first = open()) {
            insert(first, "a");
            run("update store_owner set number = number + 1");
            String lost = "the store " + place.url()
                    + " was taken by another process that started later: this one stores nothing any more and must be stopped";
            assertThatThrownBy(() -> insert(first, "b"))
                    .isInstanceOf(StoreException.class)
                    .hasMessage(lost);
            assertThatThrownBy(() -> first.together(tx -> tx.dml("insert into thing (id) values ('c')")))
                    .hasMessage(lost);
            assertThatThrownBy(first::ping).hasMessage(lost);
            assertThat(things(first)).isEqualTo(1);
        }
    }

    private Database standBy(String lease) {
        return Database.standBy(store("0s"), "db/test", Duration.parse(lease));
    }

    @Test
    void whoeverStandsByTakesOverAtOnceWhenTheStoreIsGivenBack() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Database first = standBy("PT5M");
            var second = threads.submit(() -> standBy("PT5M"));
            insert(first, "a");
            assertThat(second.isDone()).isFalse();
            first.close();
            try (Database taken = second.get()) {
                insert(taken, "b");
                assertThat(things(taken)).isEqualTo(2);
            }
        }
    }

    @Test
    void aLeaseOutlastsTheLossOfAConnection() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor();
                Database first = standBy("PT5M")) {
            String holder = text("select lease_holder from store_owner");
            var second = threads.submit(() -> standBy("PT5M"));
            await(() -> !text(OF_THIS_DATABASE + " and application_name like 'opsconductor %' and application_name <> '"
                            + holder + "'")
                    .equals("0"));
            // As at a restart of the server: the lock is free until its holder looks after it, a second at most.
            PostgreSqlServer.shared()
                    .administer("select pg_terminate_backend(l.pid) from pg_locks l join pg_database d on d.oid ="
                            + " l.database where l.locktype = 'advisory' and l.granted and d.datname = '"
                            + text("select current_database()") + "'");
            await(() -> text(OF_THIS_DATABASE + " and application_name = '" + holder
                            + "' and pid in (select pid from pg_locks where locktype = 'advisory' and granted)")
                    .equals("1"));
            insert(first, "b");
            assertThat(text("select lease_holder from store_owner")).isEqualTo(holder);
            assertThat(second.isDone()).isFalse();
            second.cancel(true);
        }
    }

    private String text(String sql) {
        try (Connection connection = place.connect();
                Statement statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            return rows.next() ? rows.getString(1) : "";
        } catch (SQLException e) {
            throw new AssertionError(sql, e);
        }
    }

    @Test
    void whoStandsStillInTheMiddleLosesTheStoreAndIsTold() throws Exception {
        CountDownLatch standing = new CountDownLatch(1);
        CountDownLatch awake = new CountDownLatch(1);
        CountDownLatch told = new CountDownLatch(1);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor();
                Database first = standBy("PT0.5S")) {
            first.whenLost(told::countDown);
            insert(first, "a");
            var stuck = threads.submit(() -> first.transaction(tx -> {
                long rows = tx.dml("insert into thing (id, note) values ('stuck', '0')");
                standing.countDown();
                try {
                    awake.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                return rows;
            }));
            standing.await();
            try (Database second = standBy("PT0.5S")) {
                insert(second, "b");
                awake.countDown();
                assertThatThrownBy(stuck::get).isInstanceOf(ExecutionException.class);
                assertThatThrownBy(() -> insert(first, "c")).hasMessageContaining("was taken by another process");
                told.await();
                assertThatThrownBy(first::ping).hasMessageContaining("was taken by another process");
                assertThat(things(second)).isEqualTo(2);
            }
        }
    }

    @Test
    void whoNeedsNoLeaseIsWaitedForHoweverLongItIsSilent() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            // What a holder before it left behind.
            standBy("PT0.2S").close();
            run("update store_owner set lease_until_ms = 1, lease_holder = 'opsconductor gone'");
            Database first = open();
            var second = threads.submit(() -> standBy("PT0.2S"));
            insert(first, "a");
            assertThat(second.isDone()).isFalse();
            first.close();
            second.get().close();
        }
    }

    private Database share(String patience) {
        return Database.share(store(patience), "db/test");
    }

    @Test
    void severalProcessesShareAStoreAndKeepOutWhoWantsItAlone() throws Exception {
        try (Database one = share("5s")) {
            try (Database two = share("5s")) {
                insert(one, "a");
                insert(two, "b");
                assertThat(things(one)).isEqualTo(2);
                StorePlace impatient = store("0s");
                assertThatThrownBy(() -> Database.open(impatient, "db/test"))
                        .isInstanceOf(StoreException.class)
                        .hasMessageStartingWith("another process uses the store ");
            }
            insert(one, "c");
        }
        try (Database alone = open()) {
            assertThat(things(alone)).isEqualTo(3);
            assertThatThrownBy(() -> share("0s"))
                    .isInstanceOf(StoreException.class)
                    .hasMessageEndingWith("or let that one share it as well (store.shared)");
        }
    }

    @Test
    void whoeverWasCutOffStoresNothingAfterTheOtherKindTookTheStore() {
        try (Database shared = share("5s")) {
            insert(shared, "a");
            // What one that wants it alone does once it has the lock.
            run("update store_owner set number = number + 1");
            assertThatThrownBy(() -> insert(shared, "b"))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("was taken by another process that started later and does not share it");
        }
        try (Database alone = open()) {
            insert(alone, "c");
            // What the first one that shares it does once it has the lock; others after it go on with its number.
            run("update store_owner set number = number + 1, sharing = number + 1");
            assertThatThrownBy(() -> insert(alone, "d")).isInstanceOf(StoreException.class);
        }
    }

    @Test
    void aVersionWithOtherTablesWaitsForTheOthersToEnd() {
        try (Database older = share("5s")) {
            insert(older, "a");
            // What an older version had left to do.
            run("drop table numbered, follows");
            run("delete from flyway_schema_history where version = '2'");
            assertThatThrownBy(() -> share("0s"))
                    .isInstanceOf(StoreException.class)
                    .hasMessage("the store " + place.url() + " has tables of an older version, and processes of that"
                            + " version that share it did not end within 0 s: stop all of them, then start this one");
        }
        try (Database newer = share("5s");
                Database another = share("5s")) {
            assertThat(newer.hasTable("numbered")).isTrue();
            assertThat(things(another)).isEqualTo(1);
        }
    }

    @Test
    void manyStartAtOnceOnAnEmptyDatabase() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var starts = threads.invokeAll(Collections.<Callable<Database>>nCopies(3, () -> share("20s")));
            for (int i = 0; i < starts.size(); i++) {
                insert(starts.get(i).get(), "s" + i);
            }
            assertThat(things(starts.getFirst().get())).isEqualTo(3);
            for (var start : starts) {
                start.get().close();
            }
        }
    }

    @Test
    void theStoreIsHeldAgainAfterEveryConnectionEnded() {
        try (Database first = open()) {
            insert(first, "a");
            PostgreSqlServer.shared()
                    .administer("select pg_terminate_backend(pid) from pg_stat_activity where datname = '"
                            + place.url().replaceFirst(".*/", "") + "'");
            // Whoever comes next meets connections that ended, and notices nothing.
            assertThat(things(first)).isEqualTo(1);
            insert(first, "b");
            await(() -> {
                try {
                    Database.open(store("0s"), "db/test").close();
                    return false;
                } catch (StoreException e) {
                    return true;
                }
            });
        }
    }

    @Test
    void writersOfTwoProcessesComeOneAfterTheOther() {
        countTogether();
    }

    private void countTogether() {
        try (Database owner = open();
                Database beside = Database.existing(store("5s"))) {
            insert(owner, "counter");
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                for (int i = 0; i < 100; i++) {
                    Database database = i % 2 == 0 ? owner : beside;
                    threads.execute(() -> database.transaction(tx -> {
                        long now;
                        try (var rows = tx.query("select note from thing where id = 'counter'")) {
                            now = rows.map(row -> Long.parseLong(Rows.text(row, "note")))
                                    .findFirst()
                                    .orElseThrow();
                        }
                        return tx.dml("update thing set note = ? where id = 'counter'", Long.toString(now + 1));
                    }));
                }
            }
            assertThat(owner.one("select note from thing where id = 'counter'", row -> Rows.text(row, "note")))
                    .contains("100");
        }
    }

    @Test
    void theIsolationIsOursWhateverTheServersDefaultIs() {
        run("alter role " + PostgreSqlServer.USER + " in database "
                + place.url().replaceFirst(".*/", "") + " set default_transaction_isolation = 'repeatable read'");
        countTogether();
    }

    @Test
    void everyTextComparesByItsBytes() {
        try (Database database = open()) {
            assertThat(database.query(
                            "select table_name || '.' || column_name as name from information_schema.columns"
                                    + " where table_schema = 'public' and data_type = 'text' and collation_name is null",
                            row -> Rows.text(row, "name")))
                    .isEmpty();
            for (String id : new String[] {"b", "_", "A", "a", "2026-01-01T00:00:00Z", "2026-01-01T00:00:00.5Z"}) {
                insert(database, id);
            }
            assertThat(database.query("select id from thing order by id", row -> Rows.text(row, "id")))
                    .containsExactly("2026-01-01T00:00:00.5Z", "2026-01-01T00:00:00Z", "A", "_", "a", "b");
        }
    }

    @Test
    void aServerThatForgetsWhatIsCommittedIsRefused() {
        run("alter role " + PostgreSqlServer.USER + " in database "
                + place.url().replaceFirst(".*/", "") + " set synchronous_commit = off");
        assertThatThrownBy(this::open)
                .isInstanceOf(StoreException.class)
                .hasMessage(
                        "the store " + place.url() + " would lose what it said is stored: synchronous_commit is off;"
                                + " run ALTER ROLE opsconductor SET synchronous_commit = on");
    }

    @Test
    void aSchemaThatIsNotThereIsNamed() {
        settings.put("OPSCONDUCTOR_TEST_STORE_URL", place.url() + "?currentSchema=nowhere");
        assertThatThrownBy(this::open)
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("has no schema that opsconductor may use");
    }

    @Test
    void twoProcessesMayShareADatabaseInSchemasOfTheirOwn() {
        run("create schema one");
        run("create schema two");
        settings.put("OPSCONDUCTOR_TEST_STORE_URL", place.url() + "?currentSchema=one");
        try (Database one = open()) {
            settings.put("OPSCONDUCTOR_TEST_STORE_URL", place.url() + "?currentSchema=two");
            try (Database two = open()) {
                insert(one, "a");
                assertThat(things(two)).isZero();
                assertThat(two.hasTable("thing")).isTrue();
                assertThat(two.hasTable("nothing")).isFalse();
            }
        }
    }

    @Test
    void aWrongPasswordIsToldWithoutIt() throws Exception {
        Path wrong = Files.writeString(home.resolve("wrong"), "not-the-password\n");
        settings.put("OPSCONDUCTOR_TEST_STORE_PASSWORD", "file:" + wrong);
        StorePlace impatient = store("0s");
        assertThatThrownBy(() -> Database.open(impatient, "db/test"))
                .isInstanceOf(StoreException.class)
                .hasMessage("the store " + place.url() + " cannot be opened: FATAL: password authentication failed for"
                        + " user \"opsconductor\"");
    }

    @Test
    void aServerWithoutTlsIsRefusedUnlessThatIsSaid() {
        settings.remove("OPSCONDUCTOR_TEST_STORE_TLS");
        StorePlace impatient = store("0s");
        assertThatThrownBy(() -> Database.open(impatient, "db/test"))
                .isInstanceOf(StoreException.class)
                .hasMessage("the store " + place.url() + " cannot be opened: The server does not support SSL.");
    }
}
