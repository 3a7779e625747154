package io.opsconductor.runner.signal;

import io.opsconductor.kit.config.UnreadableSecretException;
import io.opsconductor.kit.keys.MutualTls;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.redisson.Redisson;
import org.redisson.api.RStream;
import org.redisson.api.RTopic;
import org.redisson.api.RedissonClient;
import org.redisson.api.stream.StreamAddArgs;
import org.redisson.api.stream.StreamCreateGroupArgs;
import org.redisson.api.stream.StreamMessageId;
import org.redisson.api.stream.StreamReadGroupArgs;
import org.redisson.client.RedisException;
import org.redisson.client.codec.StringCodec;
import org.redisson.config.Config;
import org.redisson.config.Credentials;
import org.redisson.config.SingleServerConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * By Redis or Valkey: hints are in a stream, of which a group of consumers gives each to one of them, and the rest goes by a topic.
 * A thread of its own looks after the connection; while there is none, nothing is waited for.
 */
public final class RedisSignals implements Signals {
    private static final Logger LOG = LoggerFactory.getLogger(RedisSignals.class);
    private static final String GROUP = "runners";
    private static final String FIELD = "hint";
    /** More hints than this are of no use: what they are about was looked for in the store long before. */
    private static final int MOST_HINTS = 10_000;

    private static final int TIMEOUT_MILLIS = 1_000;
    private static final Duration LOOKING = Duration.ofMillis(500);

    private final RedisPlace place;
    private final String consumer;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread looking;
    private volatile Consumer<String> listener = _ -> {};
    private volatile @Nullable Connected connected;
    private volatile boolean up;
    private volatile String trouble = "it was not reached yet";
    private volatile Instant since = Instant.now().truncatedTo(ChronoUnit.SECONDS);

    private record Connected(RedissonClient client, RStream<String, String> hints, RTopic words) {}

    private RedisSignals(RedisPlace place, String consumer) {
        this.place = place;
        this.consumer = consumer;
        this.looking = Thread.ofVirtual().name("redis").unstarted(this::look);
    }

    /**
     * Begins to connect, and answers at once: whether it succeeds, {@link #isUp} says.
     *
     * @param consumer what this process is called, other than all others
     */
    public static RedisSignals connecting(RedisPlace place, String consumer) {
        RedisSignals signals = new RedisSignals(place, consumer);
        signals.looking.start();
        return signals;
    }

    private void look() {
        try {
            do {
                try {
                    Connected now = connected;
                    if (now == null) {
                        connected = connect();
                    } else {
                        long _ = now.hints().size();
                        if (!up) {
                            makeGroup(now.hints());
                        }
                    }
                    isUp(true, "");
                } catch (RuntimeException e) {
                    isUp(false, reason(e));
                }
            } while (!closed.await(LOOKING.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void isUp(boolean now, String why) {
        if (closed.getCount() == 0) {
            return;
        }
        if (up && !now) {
            since = Instant.now().truncatedTo(ChronoUnit.SECONDS);
            LOG.warn("{} is away, and this runner goes on alone: {}", place.address(), why);
        } else if (!up && now) {
            LOG.info("{} answers", place.address());
        }
        trouble = why;
        up = now;
    }

    private static String reason(Throwable e) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
    }

    private Connected connect() {
        RedissonClient client = Redisson.create(config());
        try {
            RStream<String, String> hints = client.getStream(place.name() + ":hints");
            makeGroup(hints);
            RTopic words = client.getTopic(place.name() + ":words");
            words.addListener(String.class, (_, text) -> hear(text));
            return new Connected(client, hints, words);
        } catch (RuntimeException e) {
            client.shutdown(0, 1, TimeUnit.SECONDS);
            throw e;
        }
    }

    private void hear(String text) {
        try {
            listener.accept(text);
        } catch (RuntimeException e) {
            LOG.warn("what another runner told could not be used: {}", e.getMessage());
        }
    }

    private static void makeGroup(RStream<String, String> hints) {
        try {
            hints.createGroup(
                    StreamCreateGroupArgs.name(GROUP).id(StreamMessageId.NEWEST).makeStream());
        } catch (RedisException e) {
            if (!String.valueOf(e.getMessage()).contains("BUSYGROUP")) {
                throw e;
            }
        }
    }

    private Config config() {
        Config config = new Config();
        config.setCodec(StringCodec.INSTANCE);
        config.setThreads(2);
        config.setNettyThreads(2);
        config.setCredentialsResolver(_ -> credentials());
        SingleServerConfig server = config.useSingleServer()
                .setAddress(place.address().toString())
                .setConnectionMinimumIdleSize(1)
                .setConnectionPoolSize(8)
                .setSubscriptionConnectionMinimumIdleSize(1)
                .setSubscriptionConnectionPoolSize(1)
                .setDnsMonitoringInterval(5_000);
        Path authority = place.authority();
        if (authority != null) {
            config.setSslTrustManagerFactory(MutualTls.trustFactory(authority));
        }
        server.setTimeout(TIMEOUT_MILLIS);
        server.setConnectTimeout(TIMEOUT_MILLIS);
        server.setRetryAttempts(0);
        server.setClientName("opsconductor-" + consumer);
        return config;
    }

    private CompletableFuture<Credentials> credentials() {
        try {
            String password = place.password().read().orElse(null);
            return CompletableFuture.completedFuture(
                    new Credentials(place.user().isEmpty() ? null : place.user(), password));
        } catch (UnreadableSecretException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    @Override
    public boolean isUp() {
        return up;
    }

    @Override
    public boolean offer(String hint) {
        Connected now = connected;
        if (now == null || !up) {
            return false;
        }
        try {
            StreamMessageId _ = now.hints()
                    .add(StreamAddArgs.<String, String>entry(FIELD, hint)
                            .trimNonStrict()
                            .maxLen(MOST_HINTS)
                            .noLimit());
            return true;
        } catch (RuntimeException e) {
            isUp(false, reason(e));
            return false;
        }
    }

    @Override
    public Optional<String> take(Duration wait) throws InterruptedException {
        Connected now = connected;
        if (now == null || !up) {
            Thread.sleep(wait);
            return Optional.empty();
        }
        try {
            Map<StreamMessageId, Map<String, String>> taken = now.hints()
                    .readGroup(
                            GROUP,
                            consumer,
                            // Were it lost with this process, its offer would still be in the store.
                            StreamReadGroupArgs.neverDelivered()
                                    .noAck()
                                    .count(1)
                                    .timeout(wait));
            if (taken.isEmpty()) {
                return Optional.empty();
            }
            List<StreamMessageId> done = List.copyOf(taken.keySet());
            var _ = now.hints().removeAsync(done.toArray(StreamMessageId[]::new));
            return taken.values().stream()
                    .map(fields -> fields.get(FIELD))
                    .filter(hint -> hint != null)
                    .findFirst();
        } catch (RuntimeException e) {
            if (e.getCause() instanceof InterruptedException interrupted) {
                throw interrupted;
            }
            isUp(false, reason(e));
            return Optional.empty();
        }
    }

    @Override
    public void tell(String message) {
        Connected now = connected;
        if (now == null || !up) {
            return;
        }
        try {
            long _ = now.words().publish(message);
        } catch (RuntimeException e) {
            isUp(false, reason(e));
        }
    }

    @Override
    public void listen(Consumer<String> told) {
        listener = told;
    }

    @Override
    public Optional<String> trouble() {
        return up
                ? Optional.empty()
                : Optional.of(place.address() + " is away since " + since + " (" + trouble
                        + "): this runner runs alone what is sent to it. Start it again, or look at redis.address,"
                        + (encrypted() ? " redis.authority," : "") + " redis.user and redis.password");
    }

    private boolean encrypted() {
        return "rediss".equals(place.address().getScheme());
    }

    @Override
    public void close() {
        closed.countDown();
        up = false;
        try {
            looking.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Connected now = connected;
        if (now != null) {
            now.client().shutdown(0, 2, TimeUnit.SECONDS);
        }
    }
}
