package io.opsconductor.runner.cli;

import io.opsconductor.runner.credential.CredentialSource;
import io.opsconductor.runner.inventory.Target;
import io.opsconductor.runner.inventory.WinRmAddress;
import io.opsconductor.runner.mask.Masker;
import io.opsconductor.runner.step.Condition;
import io.opsconductor.runner.step.Condition.HostKeyStanding;
import io.opsconductor.runner.step.Condition.Login;
import io.opsconductor.runner.step.Condition.Reach;
import io.opsconductor.runner.step.DatabaseProbe;
import io.opsconductor.runner.step.HttpProbe;
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
    private final Probe http;
    private final Probe database;
    private final Probe port;
    private final Semaphore seats;
    private final Duration limit;

    private record Look(Target target, Probe probe) {}

    InventoryCheck(CredentialSource secrets, Masker masker, int parallel, Duration limit) {
        // Half for reaching it and logging in, half for its answer.
        Duration half = limit.dividedBy(2);
        this.ssh = new SshProbe(secrets, masker, half);
        this.winrm = new WinRmProbe(secrets, masker, half);
        this.port = new PortProbe("winrm", half);
        this.http = new HttpProbe(secrets, masker, half);
        this.database = new DatabaseProbe(secrets, masker, half);
        this.seats = new Semaphore(parallel);
        this.limit = limit;
    }

    /**
     * Looks at the targets, at each in every way by which tools reach it.
     *
     * @param seen told about each look as soon as it is over, from any thread, one at a time
     * @return in the order of the targets
     */
    List<Condition> look(List<Target> targets, Consumer<Condition> seen) {
        List<CompletableFuture<Condition>> looking = new ArrayList<>();
        for (Look look : looks(targets)) {
            Target target = look.target();
            CompletableFuture<Condition> found = new CompletableFuture<>();
            looking.add(found);
            Thread.ofVirtual().name("check-" + target.name()).start(() -> {
                seats.acquireUninterruptibly();
                try {
                    Condition condition = inTime(look);
                    synchronized (this) {
                        seen.accept(condition);
                    }
                    found.complete(condition);
                } catch (RuntimeException e) {
                    found.complete(unreached(
                            look, "could not be checked (" + e.getClass().getSimpleName() + ")."));
                } finally {
                    seats.release();
                }
            });
        }
        return looking.stream().map(CompletableFuture::join).toList();
    }

    private Condition inTime(Look look) {
        CompletableFuture<Condition> found = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            try {
                found.complete(look.probe().look(look.target()));
            } catch (RuntimeException e) {
                found.completeExceptionally(e);
            }
        });
        try {
            // Each host on the way has as long as the target to be reached.
            Duration way =
                    limit.dividedBy(2).multipliedBy(look.target().ssh().jump().size());
            return found.get(limit.plus(way).plus(SPARE).toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return unreached(look, "did not answer within " + limit.toSeconds() + " s.");
        } catch (ExecutionException e) {
            return unreached(look, "could not be checked (" + e.getCause() + ").");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return unreached(look, "was not checked to the end.");
        }
    }

    /** How many looks the targets need. */
    int count(List<Target> targets) {
        return looks(targets).size();
    }

    private List<Look> looks(List<Target> targets) {
        return targets.stream()
                .flatMap(target -> probes(target).stream().map(probe -> new Look(target, probe)))
                .toList();
    }

    private List<Probe> probes(Target target) {
        List<Probe> probes = new ArrayList<>();
        WinRmAddress windows = target.winrm();
        boolean winrmPort = target.port() == 5985 || target.port() == 5986;
        if (windows != null) {
            probes.add(windows.credential() == null ? port : winrm);
        } else if (winrmPort && target.platform().equalsIgnoreCase("windows")) {
            probes.add(port);
        } else if (target.credential() != null || (target.http() == null && target.database() == null)) {
            probes.add(ssh);
        }
        if (target.http() != null) {
            probes.add(http);
        }
        if (target.database() != null) {
            probes.add(database);
        }
        return probes;
    }

    private static Condition unreached(Look look, String what) {
        return new Condition(
                look.target().name(),
                look.probe().way(),
                Reach.NOT_REACHED,
                HostKeyStanding.NOT_CHECKED,
                Login.NOT_CHECKED,
                "",
                look.target().name() + " " + what + " Check that it is up, and that its name resolves.");
    }

    @Override
    public void close() {
        ssh.close();
        winrm.close();
        http.close();
        database.close();
        port.close();
    }
}
