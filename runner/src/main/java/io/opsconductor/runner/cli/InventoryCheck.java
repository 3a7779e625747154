package io.opsconductor.runner.cli;

import io.opsconductor.runner.credential.CredentialSource;
import io.opsconductor.runner.inventory.Target;
import io.opsconductor.runner.inventory.WinRmAddress;
import io.opsconductor.runner.mask.Masker;
import io.opsconductor.runner.step.Condition;
import io.opsconductor.runner.step.Condition.HostKeyStanding;
import io.opsconductor.runner.step.Condition.Login;
import io.opsconductor.runner.step.Condition.Reach;
import io.opsconductor.runner.step.PortProbe;
import io.opsconductor.runner.step.Probe;
import io.opsconductor.runner.step.SshProbe;
import io.opsconductor.runner.step.WinRmProbe;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** Looks at many targets at once, a bounded number of them, and waits for each no longer than its limit. */
final class InventoryCheck implements AutoCloseable {
    /** For what has no limit of its own, such as asking a name server. */
    private static final Duration SPARE = Duration.ofSeconds(2);

    private final Probe ssh;
    private final Probe winrm;
    private final Probe port;
    private final Semaphore seats;
    private final Duration limit;

    InventoryCheck(CredentialSource secrets, Masker masker, int parallel, Duration limit) {
        // Half for reaching it and logging in, half for its answer.
        Duration half = limit.dividedBy(2);
        this.ssh = new SshProbe(secrets, masker, half);
        this.winrm = new WinRmProbe(secrets, masker, half);
        this.port = new PortProbe("winrm", half);
        this.seats = new Semaphore(parallel);
        this.limit = limit;
    }

    /**
     * Looks at the targets.
     *
     * @param seen told about each as soon as it was looked at, from any thread, one at a time
     * @return in the order of the targets
     */
    List<Condition> look(List<Target> targets, Consumer<Condition> seen) {
        List<CompletableFuture<Condition>> looking = new ArrayList<>();
        for (Target target : targets) {
            CompletableFuture<Condition> found = new CompletableFuture<>();
            looking.add(found);
            Thread.ofVirtual().name("check-" + target.name()).start(() -> {
                seats.acquireUninterruptibly();
                try {
                    Condition condition = inTime(target);
                    synchronized (this) {
                        seen.accept(condition);
                    }
                    found.complete(condition);
                } catch (RuntimeException e) {
                    found.complete(unreached(
                            target, "could not be checked (" + e.getClass().getSimpleName() + ")."));
                } finally {
                    seats.release();
                }
            });
        }
        return looking.stream().map(CompletableFuture::join).toList();
    }

    private Condition inTime(Target target) {
        CompletableFuture<Condition> found = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            try {
                found.complete(probe(target).look(target));
            } catch (RuntimeException e) {
                found.completeExceptionally(e);
            }
        });
        try {
            return found.get(limit.plus(SPARE).toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return unreached(target, "did not answer within " + limit.toSeconds() + " s.");
        } catch (ExecutionException e) {
            return unreached(target, "could not be checked (" + e.getCause() + ").");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return unreached(target, "was not checked to the end.");
        }
    }

    private Probe probe(Target target) {
        WinRmAddress address = target.winrm();
        if (address != null) {
            return address.credential() == null ? port : winrm;
        }
        boolean winrmPort = target.port() == 5985 || target.port() == 5986;
        return winrmPort && target.platform().equalsIgnoreCase("windows") ? port : ssh;
    }

    private Condition unreached(Target target, String what) {
        return new Condition(
                target.name(),
                probe(target) == ssh ? "ssh" : "winrm",
                Reach.NOT_REACHED,
                HostKeyStanding.NOT_CHECKED,
                Login.NOT_CHECKED,
                "",
                target.name() + " " + what + " Check that it is up, and that its name resolves.");
    }

    @Override
    public void close() {
        ssh.close();
        winrm.close();
        port.close();
    }
}
