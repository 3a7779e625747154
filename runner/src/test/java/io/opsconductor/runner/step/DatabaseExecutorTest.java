package io.opsconductor.runner.step;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsconductor.counterpart.net.FreePort;
import io.opsconductor.plan.RenderedCommand;
import io.opsconductor.plan.RenderedCommand.Bind;
import io.opsconductor.plan.RenderedCommand.BindKind;
import io.opsconductor.runner.credential.Credential;
import io.opsconductor.runner.credential.CredentialSource;
import io.opsconductor.runner.credential.SecretSource;
import io.opsconductor.runner.inventory.DatabaseAddress;
import io.opsconductor.runner.inventory.Target;
import io.opsconductor.runner.mask.Masker;
import io.opsconductor.tool.CommandRendering.Surroundings;
import io.opsconductor.tool.ExecutionMethod;
import io.opsconductor.tool.ToolDefinition;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** What holds for every database server; the classes below name the servers. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 60, unit = TimeUnit.SECONDS)
abstract class DatabaseExecutorTest {
    static final String PASSWORD = "pw-correct-horse";
    private static final String HOSTILE = "x'; drop table orders; -- \" ` \\' ? {n}";

    private final Masker masker = new Masker();
    private final TestClock clock = new TestClock();
    private final DatabaseExecutor executor = new DatabaseExecutor(
            new CredentialSource(masker, Map.of("GOOD", PASSWORD, "BAD", "wrong-horse"), Path.of("age.txt")),
            masker,
            clock,
            Duration.ofSeconds(10));
    private final TestAuthority authority = new TestAuthority();

    /** Holds the authority's certificate, and the server's for the name localhost with its key. */
    final Path certificates = temporary();

    private static Path temporary() {
        try {
            return Files.createTempDirectory("database-certificates");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A clock that a test moves. */
    private static final class TestClock implements java.time.InstantSource {
        private volatile java.time.Instant now = java.time.Instant.parse("2026-11-26T00:00:00Z");

        @Override
        public java.time.Instant instant() {
            return now;
        }
    }

    abstract DatabaseAddress.Kind kind();

    abstract int port();

    /** As the server's administrator, in the database {@code shop}. */
    abstract Connection administrator() throws SQLException;

    /** A statement that runs for that long at the server. */
    abstract String sleep(int seconds);

    /** How many statements of ours the server is at. */
    abstract String running();

    /** How many s the server lets a statement of this session run, as a number or with a unit. */
    abstract String limit();

    /** The protocol's version when the session is encrypted. */
    abstract String encryption();

    abstract void start() throws Exception;

    abstract void stop() throws Exception;

    @BeforeAll
    void begin() throws Exception {
        Files.writeString(certificates.resolve("ca.pem"), authority.pem());
        Files.writeString(certificates.resolve("foreign.pem"), new TestAuthority().pem());
        authority.writeServer(certificates, "localhost");
        start();
        administer("create table orders (id integer primary key, note varchar(500), amount decimal(10,2))");
        administer("insert into orders values (1, 'first', 10.50), (2, null, null), (3, 'NULL', 3), (4, '"
                + "long ".repeat(60) + "', 4)");
    }

    @AfterAll
    void end() throws Exception {
        executor.close();
        stop();
        delete(certificates);
    }

    @AfterEach
    void nothingIsLeftRunning() throws Exception {
        assertThat(count(running())).isZero();
    }

    /** Each shipped tool for it, as "tool ~ values ~ text in the answer"; {@code VICTIM} is the id of a session of ours. */
    abstract List<String> toolRuns();

    /** The id of a session. */
    abstract String sessionId();

    /** A session of the account that tools have, to look at and to end. */
    abstract Connection victim() throws SQLException;

    @Test
    void everyShippedToolForItRuns() throws Exception {
        Set<String> tried = new TreeSet<>();
        for (String row : toolRuns()) {
            List<String> cells = List.of(row.split(" ~ ", -1));
            tried.add(cells.getFirst());
            try (Connection victim = victim();
                    Statement statement = victim.createStatement();
                    var id = statement.executeQuery(sessionId())) {
                id.next();
                String values = cells.get(1).replace("VICTIM", id.getString(1));
                TargetOutcome outcome = run(tool(cells.getFirst(), ShippedTools.values(values)));
                assertThat(outcome.reason()).as(row).isEmpty();
                assertThat(((TargetOutcome.Answered) outcome).stdout().text())
                        .as(row)
                        .contains(cells.get(2));
            }
        }
        assertThat(tried)
                .containsExactlyElementsOf(
                        new TreeSet<>(tools().map(ToolDefinition::name).toList()));
    }

    /** It is refused before any card, or the statement stays what it is. */
    @Test
    void aHostileValueOfAShippedToolIsRefusedOrNothingButAValue() throws Exception {
        for (ToolDefinition tool : tools().toList()) {
            for (var hostile : tool.parameters()) {
                for (String value : List.of(ShippedTools.HOSTILE, HOSTILE, "orders; drop table orders")) {
                    Map<String, Object> values = new LinkedHashMap<>();
                    tool.parameters().forEach(parameter -> values.put(parameter.name(), Samples.of(parameter)));
                    values.put(hostile.name(), value);
                    ShippedTools.rendered(tool, values, new Surroundings("", kind().nameQuote()))
                            .ifPresent(statement -> assertThat(run((RenderedCommand.Statement) statement)
                                            .reason())
                                    .as(tool.name() + " " + hostile.name())
                                    .doesNotContain("does not understand"));
                }
            }
        }
        assertThat(count("select count(*) from orders")).isEqualTo(4);
    }

    /** A session that waits for a lock, and the one that holds it. */
    final void theToolShowsWhoBlocksWhom(String name, String statement) throws Exception {
        try (Connection holder = administrator();
                Connection waiter = administrator();
                Statement holds = holder.createStatement();
                Statement waits = waiter.createStatement()) {
            holder.setAutoCommit(false);
            holds.executeUpdate(statement);
            Thread waiting = Thread.ofPlatform().start(() -> {
                try {
                    waits.executeUpdate(statement);
                } catch (SQLException e) {
                    throw new IllegalStateException(e);
                }
            });
            String shown = stdout(run(tool(name, Map.of())));
            while (!shown.contains(statement)) {
                Thread.onSpinWait();
                shown = stdout(run(tool(name, Map.of())));
            }
            holder.rollback();
            waiting.join();
        }
    }

    private Stream<ToolDefinition> tools() {
        return ShippedTools.of(ExecutionMethod.DATABASE).stream()
                .filter(tool -> tool.platforms().contains(kind().word()));
    }

    private RenderedCommand.Statement tool(String name, Map<String, Object> values) {
        return (RenderedCommand.Statement)
                ShippedTools.rendered(name, values, new Surroundings("", kind().nameQuote()));
    }

    @Test
    void aResultIsATableThatTellsNullFromText() {
        assertThat(stdout(run(read("select id, note, amount from orders where id < ? order by id", 4L))))
                .isEqualTo("""
                id  note    amount
                --  ------  ------
                 1  first    10.50
                 2  NULL      NULL
                 3  'NULL'    3.00
                (3 rows)
                """);
        assertThat(stdout(run(read("select note from orders where id = ?", 4L))))
                .contains("\u2026 (+1");
        assertThat(stdout(run(read("select id from orders where id = ?", 99L)))).isEqualTo("id\n--\n(0 rows)\n");
    }

    @Test
    void moreRowsThanTheLimitAreCutVisibly() {
        RenderedCommand.Statement limited =
                new RenderedCommand.Statement("select id from orders order by id", List.of(), true, 2);

        assertThat(stdout(run(limited))).isEqualTo("id\n--\n 1\n 2\n(the first 2 rows; there are more)\n");
    }

    @Test
    void aHostileValueIsNothingButAValue() throws Exception {
        TargetOutcome outcome = run(new RenderedCommand.Statement(
                "select count(*) as n from orders where note = ?",
                List.of(new Bind("note", BindKind.TEXT, HOSTILE)),
                true,
                10));

        assertThat(stdout(outcome)).isEqualTo("n\n-\n0\n(1 row)\n");
        assertThat(count("select count(*) from orders")).isEqualTo(4);
    }

    @Test
    void aChangeSaysHowManyRowsItAffectedAndIsKept() throws Exception {
        assertThat(stdout(run(change("insert into orders values (50, 'x', 1)"))))
                .isEqualTo("1 row affected\n");
        assertThat(stdout(run(change("update orders set amount = amount + 1 where id >= 50"))))
                .isEqualTo("1 row affected\n");
        assertThat(stdout(run(change("delete from orders where id > 60")))).isEqualTo("0 rows affected\n");
        assertThat(count("select count(*) from orders where id = 50 and amount = 2"))
                .isEqualTo(1);
        administer("delete from orders where id >= 50");
    }

    @Test
    void aReadOnlySessionRefusesEveryWayToChange() throws Exception {
        for (String statement : List.of(
                "insert into orders values (70, 'x', 1)",
                "delete from orders",
                "create table other (id integer)",
                "drop table orders")) {
            assertThat(run(read(statement)).reason())
                    .as(statement)
                    .startsWith(
                            "The statement would have changed something on orders-db, and a tool with effect read may"
                                    + " not (")
                    .endsWith("). Correct the tool's effect.");
        }
        // What a session could be talked into is gone with it.
        run(change("insert into orders values (71, 'x', 1)"));
        assertThat(run(read("delete from orders where id = 71")).status().word())
                .isEqualTo("failed");
        assertThat(count("select count(*) from orders where id = 71")).isEqualTo(1);
        administer("delete from orders where id >= 50");
    }

    @Test
    void twoStatementsInOneAreNotRun() throws Exception {
        assertThat(run(read("begin; set transaction read write; delete from orders; commit"))
                        .status()
                        .word())
                .isEqualTo("failed");
        assertThat(count("select count(*) from orders")).isEqualTo(4);
    }

    @Test
    void mistakesAreNamed() {
        assertThat(run(read("selekt 1")).reason())
                .startsWith("The database of orders-db does not understand the statement: ")
                .endsWith(". Correct the tool.");
        assertThat(run(read("select * from nowhere")).reason())
                .startsWith("The database of orders-db refused the statement: ");
    }

    @Test
    void aLoginThatFailsIsNamedAndNotTriedAgain() throws Exception {
        assertThat(run(read("select 1"), address("BAD", "shop", port()), Duration.ofSeconds(20)))
                .isInstanceOfSatisfying(TargetOutcome.NotStarted.class, refused -> {
                    assertThat(refused.code()).isEqualTo("login_refused");
                    assertThat(refused.reason())
                            .startsWith("orders-db refused the login of account ops with credential db-ops (")
                            .doesNotContain("wrong-horse");
                });
        assertThat(run(read("select 1"), address("GOOD", "nothing", port()), Duration.ofSeconds(20))
                        .reason())
                .matches("orders-db has no database nothing\\. .*"
                        + "|orders-db does not let the account ops into the database nothing .*");
        assertThat(run(read("select 1"), address("MISSING", "shop", port()), Duration.ofSeconds(20))
                        .reason())
                .isEqualTo("The credential db-ops for orders-db cannot be used: the environment variable MISSING is not"
                        + " set in the runner's environment. Nothing was run.");
        int closed = FreePort.find();
        assertThat(run(read("select 1"), address("GOOD", "shop", closed), Duration.ofSeconds(20)))
                .isEqualTo(new TargetOutcome.NotStarted(
                        "not_reachable",
                        "orders-db refused the connection on port " + closed
                                + ". Nothing was run. Check that the database runs and listens there."));
    }

    @Test
    void aStatementThatRunsTooLongIsEndedAtTheServer() throws Exception {
        TargetOutcome outcome = run(read(sleep(50)), address("GOOD", "shop", port()), Duration.ofSeconds(1));

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        TargetOutcome.TimedOut.class,
                        late -> assertThat(late.reason()).isEqualTo("It was still running after 1 s and was ended."));
        assertThat(count(running())).isZero();
    }

    @Test
    void cancellingEndsTheStatementAtTheServer() throws Exception {
        Cancellation cancellation = new Cancellation();
        Thread canceller = Thread.ofVirtual().start(() -> {
            try {
                while (count(running()) == 0) {
                    Thread.onSpinWait();
                }
                cancellation.cancel("bob cancelled it.");
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        });
        TargetOutcome outcome = executor.run(
                command(read(sleep(50)), address("GOOD", "shop", port()), Duration.ofSeconds(40)),
                (channel, text) -> {},
                cancellation);
        canceller.join();

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        TargetOutcome.Cancelled.class,
                        c -> assertThat(c.reason()).isEqualTo("It was ended. bob cancelled it."));
        assertThat(count(running())).isZero();
    }

    @Test
    @Timeout(25)
    void aServerThatVanishesAfterTheResultDoesNotHoldItBack() throws Exception {
        try (FaultProxy proxy = FaultProxy.to(port())) {
            TargetOutcome outcome = executor.run(
                    command(
                            change("insert into orders values (90, 'kept', 1) returning id, note"),
                            address("GOOD", "shop", proxy.port()),
                            Duration.ofSeconds(30)),
                    (channel, text) -> proxy.freeze(),
                    new Cancellation());

            assertThat(stdout(outcome)).contains("90  kept");
            assertThat(count("select count(*) from orders where id = 90")).isEqualTo(1);
        }
        administer("delete from orders where id = 90");
    }

    @Test
    void theServerItselfEndsAStatementThatTheRunnerForgot() {
        TargetOutcome outcome = run(read(limit()), address("GOOD", "shop", port()), Duration.ofSeconds(7));

        assertThat(stdout(outcome)).containsPattern("\\n *12(s|\\.0+)?\\n");
    }

    @Test
    void aCertificateThatItsAuthoritySignedForItsNameIsAccepted() {
        assertThat(stdout(run(overTls("localhost", "ca.pem"), encryption()))).contains("TLSv1.3");
    }

    @Test
    void aCertificateOfAnotherAuthorityOrForAnotherNameIsRefused() {
        for (Target impostor : List.of(overTls("localhost", "foreign.pem"), overTls("127.0.0.1", "ca.pem"))) {
            assertThat(run(impostor, encryption())).isInstanceOfSatisfying(TargetOutcome.NotStarted.class, refused -> {
                assertThat(refused.code()).as(refused.reason()).isEqualTo("tls_failed");
                assertThat(refused.reason())
                        .startsWith("TLS with orders-db on port " + port() + " failed (")
                        .endsWith("Nothing was run. Check that its certificate is for " + impostor.address()
                                + ", and name the authority that signed it as ca in the inventory.");
            });
        }
    }

    private TargetOutcome run(Target target, String sql) {
        return executor.run(
                new StepCommand(
                        "execution-1", read(sql), new Place.OnTarget(target), Duration.ofSeconds(20), 64 * 1024),
                (channel, text) -> {},
                new Cancellation());
    }

    private Target overTls(String host, String trusted) {
        DatabaseAddress plain = address("GOOD", "shop", port());
        return at(
                host,
                new DatabaseAddress(
                        plain.kind(),
                        plain.port(),
                        plain.database(),
                        null,
                        true,
                        certificates.resolve(trusted),
                        "",
                        plain.credential()));
    }

    @Test
    void whateverIsBoundArrivesAsItIs() {
        for (String first : List.of("true", "false")) {
            assertThat(stdout(run(new RenderedCommand.Statement(
                            "select count(*) as n from orders where (id = 1) = ? and coalesce(?, true)"
                                    + " and coalesce(?, id) = id and coalesce(?, 'none') = 'none'",
                            List.of(
                                    new Bind("first", BindKind.BOOLEAN, first),
                                    new Bind("a", BindKind.BOOLEAN, null),
                                    new Bind("b", BindKind.INTEGER, null),
                                    new Bind("c", BindKind.TEXT, null)),
                            true,
                            10))))
                    .isEqualTo("n\n-\n" + (first.equals("true") ? 1 : 3) + "\n(1 row)\n");
        }
    }

    @Test
    void aSecretInAResultIsMaskedAndALongResultIsCut() {
        TargetOutcome outcome = executor.run(
                new StepCommand(
                        "execution-1",
                        read("select '" + PASSWORD + "' as said from orders"),
                        new Place.OnTarget(at("127.0.0.1", address("GOOD", "shop", port()))),
                        Duration.ofSeconds(20),
                        60),
                (channel, text) -> assertThat(text).doesNotContain(PASSWORD),
                new Cancellation());

        assertThat(outcome).isInstanceOfSatisfying(TargetOutcome.Answered.class, answered -> {
            assertThat(answered.stdout().truncated()).isTrue();
            assertThat(answered.stdout().text())
                    .startsWith("said\n")
                    .contains(Masker.MASK + "\n" + Masker.MASK + "\n[output cut here: 60 of ")
                    .doesNotContain("pw-");
        });
    }

    @Test
    void whatIsCancelledAlreadyIsNotStarted() throws Exception {
        Cancellation cancellation = new Cancellation();
        cancellation.cancel("bob cancelled it.");

        assertThat(executor.run(
                                command(
                                        change("insert into orders values (95, 'x', 1)"),
                                        address("GOOD", "shop", port()),
                                        Duration.ofSeconds(20)),
                                (channel, text) -> {},
                                cancellation)
                        .reason())
                .isEqualTo("Cancelled before it was started. bob cancelled it.");
        assertThat(count("select count(*) from orders where id = 95")).isZero();
    }

    @Test
    void aConnectionIsKeptForTheNextStatementAndClosedWhenIdle() {
        run(read("select 1 as one"));
        int kept = executor.pool().idleConnections();
        assertThat(stdout(run(read("select 2 as two")))).contains("2");
        assertThat(kept).isPositive();
        assertThat(executor.pool().idleConnections()).isEqualTo(kept);

        clock.now = clock.now.plus(Duration.ofMinutes(6));
        executor.pool().closeIdle();
        assertThat(executor.pool().idleConnections()).isZero();
    }

    final TargetOutcome run(RenderedCommand.Statement statement) {
        return run(statement, address("GOOD", "shop", port()), Duration.ofSeconds(20));
    }

    /** As {@link #run(RenderedCommand.Statement)}, at a server that is said to be of another kind. */
    final TargetOutcome runAs(DatabaseAddress.Kind kind, RenderedCommand.Statement statement) {
        DatabaseAddress own = address("GOOD", "shop", port());
        return run(
                statement,
                new DatabaseAddress(kind, own.port(), own.database(), null, false, null, "", own.credential()),
                Duration.ofSeconds(20));
    }

    private TargetOutcome run(RenderedCommand.Statement statement, DatabaseAddress address, Duration timeout) {
        return executor.run(command(statement, address, timeout), (channel, text) -> {}, new Cancellation());
    }

    private DatabaseAddress address(String variable, String database, int port) {
        return new DatabaseAddress(
                kind(),
                port,
                database,
                null,
                false,
                null,
                "",
                new Credential.Password("db-ops", "ops", new SecretSource.InEnvironment(variable)));
    }

    private static StepCommand command(RenderedCommand.Statement statement, DatabaseAddress address, Duration timeout) {
        return new StepCommand(
                "execution-1", statement, new Place.OnTarget(at("127.0.0.1", address)), timeout, 64 * 1024);
    }

    private static Target at(String host, DatabaseAddress address) {
        return new Target(
                "orders-db", List.of(), host, 22, "", "", List.of(), Map.of(), null, List.of(), null, null, address);
    }

    static RenderedCommand.Statement read(String sql, Long... values) {
        return new RenderedCommand.Statement(
                sql,
                java.util.Arrays.stream(values)
                        .map(v -> new Bind("n", BindKind.INTEGER, v.toString()))
                        .toList(),
                true,
                100);
    }

    static RenderedCommand.Statement change(String sql) {
        return new RenderedCommand.Statement(sql, List.of(), false, 100);
    }

    static String stdout(TargetOutcome outcome) {
        assertThat(outcome.reason()).isEmpty();
        return ((TargetOutcome.Answered) outcome).stdout().text();
    }

    final void administer(String sql) throws SQLException {
        try (Connection connection = administrator();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    final int count(String sql) throws SQLException {
        try (Connection connection = administrator();
                Statement statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getInt(1);
        }
    }

    static void delete(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
