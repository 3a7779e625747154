package io.opsconductor.chat;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.opsconductor.chat.scripted.ScriptedRunner;
import io.opsconductor.counterpart.store.TestStore;
import io.opsconductor.kit.store.Database;
import io.opsconductor.kit.store.Rows;
import io.opsconductor.kit.store.StorePlace;
import io.opsconductor.kit.store.command.StoreCommand;
import io.opsconductor.plan.ExecutionStatus;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The chatbot's store, from version to version and from its file to a server. */
class ChatbotStoreTest {
    @TempDir
    Path home;

    private static void migrate(Path home, Map<String, String> database) {
        Map<String, String> settings = new HashMap<>(database);
        settings.put("OPSCONDUCTOR_HOME", home.toString());
        StringWriter out = new StringWriter();
        CommandLine command = StoreCommand.of("chatbot", "db/chatbot", settings);
        command.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(out, true));
        assertThat(command.execute("migrate", "chatbot")).as(out.toString()).isZero();
    }

    @Test
    void aChatbotGoesOnInPostgreSqlWhereItsFileEnded() throws Exception {
        RunningChatbot.keys(home);
        Map<String, String> database = TestStore.POSTGRESQL.settings("chatbot", home);
        try (ScriptedRunner runner = ScriptedRunner.start(home)) {
            String conversation;
            JsonNode pending;
            try (RunningChatbot before =
                    RunningChatbot.start(home, runner, TestStore.SQLITE.settings("chatbot", home))) {
                conversation = before.caller().say("alice", "check disk space on web-server-01");
                pending = before.caller().await(conversation, "plan");
            }
            migrate(home, database);
            try (RunningChatbot after = RunningChatbot.start(home, runner, database)) {
                assertThat(after.caller().decide(pending, "bob", "approve").status())
                        .isEqualTo(200);
                runner.arrived().ended(ExecutionStatus.SUCCEEDED, "It succeeded.");
                after.caller().await(conversation, "result");
                String another = after.caller().say("alice", "check disk space on web-server-01");
                assertThat(after.caller().await(another, "plan").path("approval"))
                        .isNotEqualTo(pending.path("approval"));
            }
        }
    }

    /** What a store of the first version was given. */
    private static final List<String> CONTENT = List.of(
            "insert into conversation (id, title, created_at, reserved_seq) values ('c1', 'Ä', '2026-01-01T00:00:00Z', 1001)",
            "insert into message (id, platform_event, conversation, sender, text, at, status) values"
                    + " ('m1', 'p1', 'c1', 'web:alice', 'ping', '2026-01-01T00:00:00Z', 'handled')",
            "insert into event values ('c1', 1, 'message', '2026-01-01T00:00:00Z', '{}')",
            "insert into draft values ('c1', 'web:alice', '{}')",
            "insert into approval (id, conversation, requester, tenant, summary, plan, plan_digest, preview, digest, state,"
                    + " expires_at, created_at, decided_by, decided_at) values ('a2', 'c1', 'web:alice', 'acme', 's', 'p',"
                    + " 'pd', 'v', 'd2', 'approved', 'e', '2026-01-01T00:00:00Z', 'web:bob', 'x')",
            "insert into approval (id, conversation, requester, tenant, summary, plan, plan_digest, preview, digest, state,"
                    + " expires_at, created_at, decided_by, decided_at) values ('a1', 'c1', 'web:alice', 'acme', 's', 'p',"
                    + " 'pd', 'v', 'd1', 'pending', 'e', '2026-01-01T00:00:00Z', '', '')",
            "insert into attestation (approval, approver, decision, body, at) values ('a2', 'web:bob', 'approve', 'b', 'x')",
            "insert into execution values ('e1', 'a2', 'c1', 'succeeded', 7, '', 'x', 'y')",
            "insert into journal (seq, at, type, conversation, execution, digest, hash, line) values"
                    + " (1, 'at', 'started', '', '', '', 'hash', 'line')");

    private static Flyway at(Path file, String version) {
        return Flyway.configure()
                .dataSource("jdbc:sqlite:" + file, "", "")
                .locations("classpath:db/chatbot")
                .target(version)
                .load();
    }

    private static Path filled(Path home, String version) throws IOException {
        Path file = StorePlace.file(home, "chatbot");
        Files.createDirectories(file.getParent());
        at(file, version).migrate();
        try (Database old = Database.existing(file)) {
            CONTENT.forEach(old::change);
        }
        return file;
    }

    private static void isWhole(StorePlace place, String version) {
        try (Database now = Database.open(place, "db/chatbot")) {
            assertThat(now.query(
                            "select id, tenant, note, successor from approval order by rowid",
                            row -> Rows.text(row, "id")
                                    + Rows.text(row, "tenant")
                                    + Rows.text(row, "note")
                                    + Rows.text(row, "successor")))
                    .as(version)
                    .containsExactly("a2acme", "a1acme");
            assertThat(now.query(
                            "select arrival, addressing, text from message",
                            row -> Rows.number(row, "arrival") + Rows.text(row, "addressing") + Rows.text(row, "text")))
                    .as(version)
                    .containsExactly("1directping");
            assertThat(now.query(
                            "select x.id, t.person, c.language, c.title from execution x"
                                    + " join attestation t on t.approval = x.approval"
                                    + " join conversation c on c.id = x.conversation",
                            row -> Rows.text(row, "id")
                                    + Rows.text(row, "person")
                                    + Rows.text(row, "language")
                                    + Rows.text(row, "title")))
                    .as(version)
                    .containsExactly("e1enÄ");
        }
    }

    @Test
    void aStoreOfEachVersionIsBroughtUpToDate() throws IOException {
        List<String> versions = new ArrayList<>();
        for (MigrationInfo each : at(home.resolve("none.db"), "latest").info().all()) {
            versions.add(String.valueOf(each.getVersion()));
        }
        assertThat(versions).startsWith("1", "2").hasSizeGreaterThan(10);
        for (String version : versions) {
            isWhole(new StorePlace.InFile(filled(home.resolve("v" + version), version)), version);
        }
    }

    @Test
    void aStoreOfTheFirstVersionIsCopied() throws IOException {
        Path file = filled(home, "1");
        Map<String, String> database = TestStore.POSTGRESQL.settings("chatbot", home);
        migrate(home, database);
        isWhole(StorePlace.of("chatbot", home, database), "copied");
        isWhole(new StorePlace.InFile(file), "kept");
    }
}
