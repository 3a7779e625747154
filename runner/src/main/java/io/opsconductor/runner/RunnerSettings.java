package io.opsconductor.runner;

import io.opsconductor.kit.config.InvalidSettingsException;
import io.opsconductor.kit.config.Settings;
import io.opsconductor.kit.store.StorePlace;
import io.opsconductor.kit.trace.TracingSettings;
import io.opsconductor.runner.signal.RedisPlace;
import io.opsconductor.runner.tenant.TenantFiles;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Everything that can be set. Each value is a key of the YAML file ({@code api.port}) or a variable ({@code
 * OPSCONDUCTOR_RUNNER_API_PORT}), which wins.
 *
 * @param home {@code OPSCONDUCTOR_HOME}: where the journal is, and whatever else has no place of its own
 * @param store {@code store.…}: default the file HOME/runner/store.db; see {@link StorePlace}
 * @param storeShared {@code store.shared}: whether other runners may have the same store at the same time, default false; only with
 *     a store in PostgreSQL
 * @param lease {@code instance.lease}: after how long without a word a runner that shares its store is taken for dead, 1s to 5m,
 *     default 20s
 * @param redis {@code redis.…}: where runners that share their store tell one another of work; default nowhere, see {@link
 *     RedisPlace}
 * @param redisTargets {@code redis.targets}: how many targets run here at once, whichever runner leads their executions, with
 *     {@code redis.address}; 1 to 1000, default 64
 * @param apiHost {@code api.host}: address of the API, default 127.0.0.1
 * @param apiPort {@code api.port}: default 3003; 0 takes any free one
 * @param allowedCallers {@code api.allowed-callers}: names (CN or DNS) of client certificates that may call, default
 *     chatbot
 * @param healthHost {@code health.host}: address of /health and /metrics, default 127.0.0.1
 * @param healthPort {@code health.port}: default 8010; 0 takes any free one
 * @param tenants whose work it does, at least one. Without {@code tenants} in the file there is one, named by "tenant"
 *     (default {@code default}), with {@code inventory} (files, default HOME/inventory.yaml), {@code policy} (files, default
 *     HOME/policy.yaml), {@code tools} (directories, default HOME/tools), {@code approval-keys} (directory of the public keys,
 *     *.pub, whose approvals count, default HOME/keys) and {@code age-keys} (file of the secret keys that open secrets encrypted
 *     with age, default HOME/keys/age.txt; needed only when the inventory refers to such secrets). With {@code tenants.NAME.…},
 *     each has its own in HOME/tenants/NAME, see {@link io.opsconductor.runner.tenant.TenantFiles}
 * @param tlsCertificate {@code tls.certificate}: default HOME/tls/runner.crt
 * @param tlsKey {@code tls.key}: default HOME/tls/runner.key
 * @param tlsAuthority {@code tls.authority}: default HOME/tls/ca.crt
 * @param revokedCertificates {@code tls.revoked}: the file of client certificates that count no more, default
 *     HOME/tls/revoked.txt; it need not be there
 * @param auditKey {@code audit.key}: signs how far the journal goes, default HOME/keys/audit/runner.key
 * @param auditPublicKey {@code audit.public-key}: default HOME/keys/audit/runner.pub
 * @param auditInterval {@code audit.interval}: for how long a line of the journal may be unsigned, 1s to 1h, default 1m
 * @param maxExecutions {@code executions.max}: how many run at once, 1 to 1000, default 32; more are answered 503
 * @param parallelTargets {@code executions.parallel-targets}: targets of one step at once, 1 to 64, default 16; more wait
 * @param keptOutputs {@code outputs.keep}: how long outputs of ended executions are kept, 1h to 3650d, default 90d; their
 *     digests stay
 * @param targetWait {@code executions.target-wait}: how long a change waits for another one on the same machine to end, 1s to
 *     1h, default 10m; then it is not started
 * @param shutdownGrace {@code shutdown.grace}: how long executions go on after a stop signal, 0s to 10m, default 10s;
 *     then they are cancelled
 * @param heartbeat {@code api.heartbeat}: silence after which an event stream gets a comment, 100ms to 60s, default 5s
 * @param tracing {@code tracing.…}: where traces go, by default nowhere; see {@link TracingSettings}
 */
public record RunnerSettings(
        Path home,
        StorePlace store,
        boolean storeShared,
        Duration lease,
        Optional<RedisPlace> redis,
        int redisTargets,
        String apiHost,
        int apiPort,
        List<String> allowedCallers,
        String healthHost,
        int healthPort,
        List<TenantFiles> tenants,
        Path tlsCertificate,
        Path tlsKey,
        Path tlsAuthority,
        Path revokedCertificates,
        Path auditKey,
        Path auditPublicKey,
        Duration auditInterval,
        int maxExecutions,
        int parallelTargets,
        Duration keptOutputs,
        Duration targetWait,
        Duration shutdownGrace,
        Duration heartbeat,
        Optional<TracingSettings> tracing) {
    public RunnerSettings {
        allowedCallers = List.copyOf(allowedCallers);
        tenants = List.copyOf(tenants);
    }

    /**
     * Reads the settings.
     *
     * @param environment usually {@code System.getenv()}; {@code OPSCONDUCTOR_RUNNER_CONFIG} may name a YAML file
     * @throws InvalidSettingsException naming every mistake
     */
    public static RunnerSettings read(Map<String, String> environment) {
        Optional<Path> file = Optional.ofNullable(environment.get("OPSCONDUCTOR_RUNNER_CONFIG"))
                .filter(name -> !name.isBlank())
                .map(Path::of);
        Settings settings = Settings.open("runner", file, environment);
        Path home = settings.home();
        StorePlace store = StorePlace.read(settings, StorePlace.file(home, "runner"));
        boolean storeShared = settings.flag("store.shared", false);
        if (storeShared && store instanceof StorePlace.InFile) {
            settings.mistake(
                    "store.shared is true, and the store is a file, which one runner writes: name a database of"
                            + " PostgreSQL in store.url, or leave store.shared out");
        }
        Optional<RedisPlace> redis = RedisPlace.read(settings, home);
        if (redis.isPresent() && !storeShared) {
            settings.mistake(
                    "redis.address is set, and store.shared is not: Redis or Valkey only hints at what runners that"
                            + " share a store have for one another; set store.shared, or leave redis.address out");
        }
        RunnerSettings read = new RunnerSettings(
                home,
                store,
                storeShared,
                settings.duration(
                        "instance.lease", Duration.ofSeconds(20), Duration.ofSeconds(1), Duration.ofMinutes(5)),
                redis,
                settings.integer("redis.targets", 64, 1, 1000),
                settings.text("api.host", "127.0.0.1"),
                settings.port("api.port", 3003),
                settings.words("api.allowed-callers", List.of("chatbot")),
                settings.text("health.host", "127.0.0.1"),
                settings.port("health.port", 8010),
                TenantSettings.read(settings, home),
                settings.path("tls.certificate", home.resolve("tls/runner.crt")),
                settings.path("tls.key", home.resolve("tls/runner.key")),
                settings.path("tls.authority", home.resolve("tls/ca.crt")),
                settings.path("tls.revoked", home.resolve("tls/revoked.txt")),
                settings.path("audit.key", home.resolve("keys/audit/runner.key")),
                settings.path("audit.public-key", home.resolve("keys/audit/runner.pub")),
                settings.duration("audit.interval", Duration.ofMinutes(1), Duration.ofSeconds(1), Duration.ofHours(1)),
                settings.integer("executions.max", 32, 1, 1000),
                settings.integer("executions.parallel-targets", 16, 1, 64),
                settings.duration("outputs.keep", Duration.ofDays(90), Duration.ofHours(1), Duration.ofDays(3650)),
                settings.duration(
                        "executions.target-wait", Duration.ofMinutes(10), Duration.ofSeconds(1), Duration.ofHours(1)),
                settings.duration("shutdown.grace", Duration.ofSeconds(10), Duration.ZERO, Duration.ofMinutes(10)),
                settings.duration(
                        "api.heartbeat", Duration.ofSeconds(5), Duration.ofMillis(100), Duration.ofSeconds(60)),
                TracingSettings.following(settings, home));
        settings.check();
        return read;
    }
}
