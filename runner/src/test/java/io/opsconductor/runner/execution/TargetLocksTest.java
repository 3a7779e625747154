package io.opsconductor.runner.execution;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsconductor.plan.Tenant;
import io.opsconductor.runner.execution.TargetLocks.Taken;
import io.opsconductor.runner.step.Cancellation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TargetLocksTest {
    private static final Set<String> MACHINE = Set.of("10.0.0.1:22");

    private final TargetLocks locks = new TargetLocks(Duration.ofMillis(50));
    private final List<String> told = new ArrayList<>();

    private Taken take(String tenant) {
        return locks.take(
                new Tenant(tenant), MACHINE, "restart_service of execution e-1", new Cancellation(), told::add);
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
}
