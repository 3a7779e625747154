package io.opsconductor.runner.step;

import io.opsconductor.plan.RenderedCommand;
import io.opsconductor.runner.credential.CredentialSource;
import io.opsconductor.runner.inventory.DatabaseAddress;
import io.opsconductor.runner.inventory.Target;
import io.opsconductor.runner.mask.Masker;
import io.opsconductor.runner.step.Condition.HostKeyStanding;
import io.opsconductor.runner.step.Condition.Login;
import io.opsconductor.runner.step.Condition.Reach;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/** Logs in at a database, asks it for the number 1 in a read-only session, and changes nothing. */
public final class DatabaseProbe implements Probe {
    private static final int OUTPUT_LIMIT_BYTES = 4 * 1024;

    private final DatabaseExecutor databases;
    private final Duration limit;

    /**
     * @param limit for the login; the same again for the answer
     */
    public DatabaseProbe(CredentialSource secrets, Masker masker, Duration limit) {
        this.databases = new DatabaseExecutor(secrets, masker, InstantSource.system(), limit);
        this.limit = limit;
    }

    @Override
    public String way() {
        return "database";
    }

    @Override
    public Condition look(Target target) {
        TargetOutcome outcome = databases.run(
                new StepCommand(
                        "inventory-check",
                        new RenderedCommand.Statement("select 1", List.of(), true, 1),
                        new Place.OnTarget(target),
                        limit,
                        OUTPUT_LIMIT_BYTES),
                (channel, text) -> {},
                new Cancellation());
        return switch (outcome) {
            case TargetOutcome.NotStarted(String code, String reason) ->
                Condition.notStarted(target.name(), way(), code, reason);
            case TargetOutcome.Answered answered -> loggedIn(target, answered.failure());
            case TargetOutcome.Exited _,
                    TargetOutcome.Signalled _,
                    TargetOutcome.TimedOut _,
                    TargetOutcome.Cancelled _,
                    TargetOutcome.Interrupted _ ->
                loggedIn(target, target.name() + " accepted the login and did not answer in time.");
        };
    }

    private Condition loggedIn(Target target, String reason) {
        DatabaseAddress address = target.database();
        boolean certified = address != null && address.tls();
        boolean account = address != null && address.credential() != null;
        return new Condition(
                target.name(),
                way(),
                Reach.REACHED,
                certified ? HostKeyStanding.KNOWN : HostKeyStanding.NOT_CHECKED,
                account ? Login.ACCEPTED : Login.NOT_CHECKED,
                address == null ? "" : address.kind().word(),
                reason);
    }

    @Override
    public void close() {
        databases.close();
    }
}
