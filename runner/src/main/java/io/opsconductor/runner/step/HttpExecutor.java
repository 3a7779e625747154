package io.opsconductor.runner.step;

import io.opsconductor.plan.RenderedCommand;
import io.opsconductor.runner.credential.CredentialSource;
import io.opsconductor.runner.inventory.Target;
import io.opsconductor.runner.inventory.WebAddress;
import io.opsconductor.runner.mask.Masker;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;

/** Sends requests to the web interfaces of targets, each over a connection of its own. */
public final class HttpExecutor implements StepExecutor {
    /** Time for the exchange to notice that it was ended. */
    private static final Duration LAST_WORDS = Duration.ofSeconds(2);

    private final CredentialSource secrets;
    private final Masker masker;
    private final Resolver resolver;
    private final Cancellation closing = new Cancellation();

    /** Finds the addresses of a name. */
    @FunctionalInterface
    interface Resolver {
        /** At least one address. */
        List<InetAddress> addresses(String host) throws UnknownHostException;
    }

    /**
     * @param secrets fetches tokens, passwords and keys for each request
     * @param masker what output passes through
     */
    public HttpExecutor(CredentialSource secrets, Masker masker) {
        this(secrets, masker, host -> NameLookup.of(host).addresses());
    }

    HttpExecutor(CredentialSource secrets, Masker masker, Resolver resolver) {
        this.secrets = secrets;
        this.masker = masker;
        this.resolver = resolver;
    }

    @Override
    public TargetOutcome run(StepCommand command, OutputListener listener, Cancellation cancellation) {
        if (!(command.command() instanceof RenderedCommand.Request request)
                || !(command.place() instanceof Place.OnTarget(Target target))) {
            throw new IllegalArgumentException("http sends a request to a target");
        }
        WebAddress address = target.http();
        if (address == null) {
            return HttpFailures.notConfigured(target);
        }
        try (var _ = closing.onCancel(() -> cancellation.cancel("The runner is stopping."))) {
            String reason = cancellation.reason();
            if (reason != null) {
                return new TargetOutcome.Cancelled(
                        Captured.NOTHING,
                        Captured.NOTHING,
                        Duration.ZERO,
                        "Cancelled before it was started. " + reason);
            }
            HttpExchange exchange = new HttpExchange(
                    command,
                    request,
                    target,
                    address,
                    new WebLogin(secrets, masker),
                    resolver,
                    masker,
                    () -> new OutputCapture(masker, command.outputLimitBytes(), listener));
            return attend(command, exchange, cancellation);
        }
    }

    private static TargetOutcome attend(StepCommand command, HttpExchange exchange, Cancellation cancellation) {
        Ending ending = new Ending();
        // An interrupt closes the socket on which a virtual thread waits, whatever the library waits for.
        Thread thread = Thread.ofVirtual().name("http-exchange").start(() -> {
            try {
                exchange.run();
            } finally {
                ending.ended();
            }
        });
        try (var _ = cancellation.onCancel(ending::cancelled)) {
            Ending.Cause cause = ending.await(command.timeout());
            if (cause != Ending.Cause.ENDED) {
                thread.interrupt();
                boolean interrupted = Thread.interrupted();
                join(thread);
                if (interrupted) {
                    Thread.currentThread().interrupt();
                }
            }
            return switch (cause) {
                case ENDED -> exchange.outcome();
                case TIMED_OUT -> exchange.timedOut();
                case CANCELLED -> exchange.cancelled(cancellation.reason());
            };
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join(LAST_WORDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closing.cancel("The runner is stopping.");
    }
}
