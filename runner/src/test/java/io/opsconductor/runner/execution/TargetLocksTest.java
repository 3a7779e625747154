package io.opsconductor.runner.execution;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsconductor.counterpart.store.TestStore;
import io.opsconductor.kit.store.Database;
import io.opsconductor.kit.store.StorePlace;
import io.opsconductor.plan.Tenant;
import io.opsconductor.runner.execution.TargetLocks.Taken;
import io.opsconductor.runner.instance.Instances;
import io.opsconductor.runner.instance.Lease;
import io.opsconductor.runner.step.Cancellation;
import io.opsconductor.runner.store.MachineLocks;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TargetLocksTest {
    private static final Set<String> MACHINE = Set.of("10.0.0.1:22");

    private final TargetLocks locks = TargetLocks.alone(Duration.ofMillis(50));
    private final List<String> told = Collections.synchronizedList(new ArrayList<>());

    @TempDir
    private Path home;

    private Taken take(String tenant) {
        return take(locks, tenant, "e-1");
    }

    private Taken take(TargetLocks from, String tenant, String execution) {
        return from.take(
                new Tenant(tenant),
                MACHINE,
                "restart_service of execution " + execution,
                new Cancellation(),
                told::add);
    }

    @Test
    void theSameAddressIsAnotherMachineToAnotherTenant() {
        assertThat(take("acme")).isInstanceOf(Taken.Held.class);
        assertThat(take("globex")).isInstanceOf(Taken.Held.class);
        assertThat(told).isEmpty();
    }

    @Test
    void aTenantsOwnChangesKeepOffOneMachine() {
        assertThat(take("acme")).isInstanceOf(Taken.Held.class);
        assertThat(take("acme")).isInstanceOf(Taken.GivenUp.class);
        assertThat(told).containsExactly("Waits, because restart_service of execution e-1 changes the same machine.");
    }

    /** A store that processes share. */
    private Database store() {
        return Database.share(
                StorePlace.of("runner", home, TestStore.POSTGRESQL.settings("runner", home)), "db/runner");
    }

    private static TargetLocks shared(Database store, Lease lease, Duration wait) {
        return TargetLocks.shared(wait, new MachineLocks(store), lease::epoch);
    }

    private static Lease lease(Database store, String name) {
        return Lease.shared(new Instances(store, InstantSource.system()), name, Duration.ofMinutes(1));
    }

    @Test
    void changesOfTwoProcessesKeepOffOneMachine() {
        try (Database one = store();
                Database two = store()) {
            TargetLocks first = shared(one, lease(one, "r-1"), Duration.ofMillis(50));
            TargetLocks second = shared(two, lease(two, "r-2"), Duration.ofMillis(50));
            Taken held = take(first, "acme", "e-1");
            assertThat(held).isInstanceOf(Taken.Held.class);
            assertThat(take(second, "globex", "e-3")).isInstanceOf(Taken.Held.class);
            assertThat(told).isEmpty();
            assertThat(take(second, "acme", "e-2"))
                    .isEqualTo(new Taken.GivenUp("Not started: restart_service of execution e-1 was still changing the"
                            + " same machine after 0 s."));
            assertThat(told)
                    .containsExactly("Waits, because restart_service of execution e-1 changes the same machine.");
            ((Taken.Held) held).close();
            // Its own wait has left nothing behind either.
            assertThat(take(second, "acme", "e-2")).isInstanceOf(Taken.Held.class);
        }
    }

    @Test
    void whatAProcessHoldsThatCountsNoMoreIsNobodysAndItGivesNothingOfOthersBack() {
        try (Database one = store();
                Database two = store()) {
            TargetLocks first = shared(one, lease(one, "r-1"), Duration.ofMillis(50));
            TargetLocks second = shared(two, lease(two, "r-2"), Duration.ofMillis(50));
            Taken dead = take(first, "acme", "e-1");
            two.change("update runner_instance set lease_until_ms = 0 where name = 'r-1'");
            assertThat(take(second, "acme", "e-2")).isInstanceOf(Taken.Held.class);
            ((Taken.Held) dead).close();
            TargetLocks third = shared(two, lease(two, "r-3"), Duration.ofMillis(50));
            assertThat(take(third, "acme", "e-3")).isInstanceOf(Taken.GivenUp.class);
        }
    }

    @Test
    void ofManyWhoWaitInTwoProcessesOneAfterTheOtherChangesTheMachine() {
        try (Database one = store();
                Database two = store()) {
            List<TargetLocks> both = List.of(
                    shared(one, lease(one, "r-1"), Duration.ofSeconds(30)),
                    shared(two, lease(two, "r-2"), Duration.ofSeconds(30)));
            AtomicInteger inside = new AtomicInteger();
            AtomicInteger most = new AtomicInteger();
            AtomicInteger done = new AtomicInteger();
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                for (int i = 0; i < 10; i++) {
                    TargetLocks from = both.get(i % 2);
                    threads.execute(() -> {
                        try (Taken.Held _ = (Taken.Held) take(from, "acme", "e")) {
                            most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                            done.incrementAndGet();
                            inside.decrementAndGet();
                        }
                    });
                }
            }
            assertThat(most).hasValue(1);
            assertThat(done).hasValue(10);
        }
    }
}
