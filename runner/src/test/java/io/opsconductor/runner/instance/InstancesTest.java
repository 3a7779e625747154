package io.opsconductor.runner.instance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opsconductor.counterpart.store.TestStore;
import io.opsconductor.json.Json;
import io.opsconductor.kit.journal.CopyOf;
import io.opsconductor.kit.journal.InstanceName;
import io.opsconductor.kit.journal.Journal;
import io.opsconductor.kit.journal.JournalMirror;
import io.opsconductor.kit.journal.JournalRecord;
import io.opsconductor.kit.store.Database;
import io.opsconductor.kit.store.StorePlace;
import io.opsconductor.plan.TargetResult;
import io.opsconductor.plan.TargetStatus;
import io.opsconductor.plan.Tenant;
import io.opsconductor.runner.store.ExecutionKey;
import io.opsconductor.runner.store.ExecutionStore;
import io.opsconductor.runner.store.NotOwnerException;
import io.opsconductor.runner.store.OutputFiles;
import io.opsconductor.runner.store.Owned;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Who counts and who owns what, with two connections of processes to one database. */
@Timeout(30)
class InstancesTest {
    private static final Duration LONG = Duration.ofMinutes(1);
    private static final ExecutionKey KEY = new ExecutionKey(Tenant.DEFAULT, "execution-1");

    @TempDir
    private Path home;

    private Database one;
    private Database two;
    private Instances instances;
    private ExecutionStore store;

    @BeforeEach
    void open() {
        StorePlace place = StorePlace.of("runner", home, TestStore.POSTGRESQL.settings("runner", home));
        one = Database.share(place, "db/runner");
        two = Database.share(place, "db/runner");
        instances = new Instances(one, InstantSource.system());
        store = store(one);
    }

    @AfterEach
    void close() {
        two.close();
        one.close();
    }

    private ExecutionStore store(Database database) {
        return new ExecutionStore(database, new OutputFiles(home.resolve("outputs"), InstantSource.system()));
    }

    private void running(long owner) {
        one.change(
                "insert into execution (id, public_id, digest, request_digest, conversation, requester, preview, accepted_at,"
                        + " status, ended_at, summary, owner) values ('execution-1', 'execution-1', 'd', 'r', 'c', 'web:alice',"
                        + " '{}', '2026-01-01T00:00:00Z', 'running', '', '', ?)",
                owner);
        one.change("insert into target_run (execution, step, position, tool, target, state, result)"
                + " values ('execution-1', 0, 0, 't', 'web-01', 'STARTED', '')");
    }

    private void lapse(long epoch) {
        one.change("update runner_instance set lease_until_ms = 0 where epoch = ?", epoch);
    }

    @Test
    void whoWasCalledDeadIsNotRenewedAndComesBackWithAGreaterNumberAlone() {
        long first = instances.enter("r-1", LONG);
        assertThat(instances.renew(first, LONG)).isTrue();
        one.change("update runner_instance set state = 'dead' where epoch = ?", first);
        assertThat(instances.renew(first, LONG)).isFalse();
        long again = instances.enterAgain("r-1", first, LONG).orElseThrow();
        assertThat(again).isGreaterThan(first);
        // Another process with its name entered meanwhile: a copy of its home.
        long copy = instances.enter("r-1", LONG);
        assertThat(instances.renew(again, LONG)).isFalse();
        assertThat(instances.enterAgain("r-1", again, LONG)).isEmpty();
        assertThat(instances.renew(copy, LONG)).isTrue();
    }

    @Test
    void ofManyWhoFindWhatADeadOneLeftOneTakesItAndOnlyOnceItsLeaseHasEnded() throws Exception {
        long dead = instances.enter("r-dead", LONG);
        running(dead);
        long living = instances.enter("r-1", LONG);
        assertThat(store.left(living)).isEmpty();
        assertThat(store.take(new ExecutionStore.Left(KEY, dead), living)).isFalse();
        lapse(dead);
        List<Callable<Boolean>> takes = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            ExecutionStore from = store(i % 2 == 0 ? one : two);
            long epoch = instances.enter("r-taker-" + i, LONG);
            takes.add(() -> from.take(new ExecutionStore.Left(KEY, dead), epoch));
        }
        int taken = 0;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Boolean> take : threads.invokeAll(takes)) {
                taken += take.get() ? 1 : 0;
            }
        }
        assertThat(taken).isEqualTo(1);
        assertThat(instances.renew(dead, LONG)).isFalse();
    }

    @Test
    void whoDoesNotOwnAnExecutionStoresNothingAboutIt() {
        long dead = instances.enter("r-dead", LONG);
        running(dead);
        long living = instances.enter("r-1", LONG);
        Owned before = new Owned(KEY, dead);
        store.startedAgain(before, 0, 0);
        lapse(dead);
        assertThat(store.take(store.left(living).getFirst(), living)).isTrue();
        TargetResult result =
                new TargetResult(0, "t", "web-01", TargetStatus.SUCCEEDED, 0, "late", "", false, false, 1, "");
        assertThatThrownBy(() -> store.tried(before, 0, result)).isInstanceOf(NotOwnerException.class);
        assertThatThrownBy(() -> store.startedAgain(before, 0, 0)).isInstanceOf(NotOwnerException.class);
        assertThat(store.isOwner(before)).isFalse();
        assertThat(store.isOwner(new Owned(KEY, living))).isTrue();
        assertThat(Json.write(store.runs(KEY))).contains("STARTED").doesNotContain("late");
    }

    @Test
    void whoCountsNoMoreTakesNothingEither() {
        long dead = instances.enter("r-dead", LONG);
        running(dead);
        lapse(dead);
        long another = instances.enter("r-1", LONG);
        instances.leave(another);
        assertThat(store.take(new ExecutionStore.Left(KEY, dead), another)).isFalse();
    }

    @Test
    void aRunnersNameGoesWithItsJournal() throws Exception {
        Path first = home.resolve("first/runner");
        assertThat(InstanceName.alone(first, one)).isEqualTo(CopyOf.THE_FIRST);
        try (JournalMirror mirror = new JournalMirror(one, CopyOf.THE_FIRST);
                Journal journal = Journal.open(first.resolve("journal"), "runner", Clock.systemUTC(), mirror)) {
            journal.append(new JournalRecord("started", "", "", "", Map.of()));
            mirror.catchUp();
        }
        assertThat(InstanceName.shared(first, one, "r-")).isEqualTo(CopyOf.THE_FIRST);
        CopyOf second = InstanceName.shared(home.resolve("second/runner"), one, "r-");
        assertThat(second.instance()).startsWith("r-");
        assertThat(InstanceName.shared(home.resolve("second/runner"), two, "r-"))
                .isEqualTo(second);
        assertThat(InstanceName.of(home.resolve("second/runner"))).isEqualTo(second);
        // Alone on this store it is still another one than the first.
        assertThat(InstanceName.alone(home.resolve("third/runner"), one)).isNotEqualTo(CopyOf.THE_FIRST);
        assertThat(Files.readString(first.resolve("instance"))).isEqualTo("first\n");
    }
}
