package io.opsconductor.runner.trail;

import com.fasterxml.jackson.core.type.TypeReference;
import io.opsconductor.json.Digest;
import io.opsconductor.json.Json;
import io.opsconductor.kit.journal.Checkpoint;
import io.opsconductor.kit.journal.Checkpointing;
import io.opsconductor.kit.journal.Checkpoints;
import io.opsconductor.kit.journal.CopyOf;
import io.opsconductor.kit.journal.Journal;
import io.opsconductor.kit.journal.JournalMirror;
import io.opsconductor.kit.journal.JournalRecord;
import io.opsconductor.kit.journal.Witness;
import io.opsconductor.kit.keys.SigningKey;
import io.opsconductor.kit.store.Database;
import io.opsconductor.runner.keys.DevelopmentKeys;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** A home in which chatbot and runner have recorded two executions, each in its own run of both processes. */
record RecordedHome(Path path) {
    /** Made once and copied, because keys and stores take their time. */
    static RecordedHome make(Path path) {
        DevelopmentKeys.ensure(path, Clock.systemUTC());
        RecordedHome home = new RecordedHome(path);
        home.run("1", Journal.FULL_BYTES);
        home.run("2", Journal.FULL_BYTES);
        return home;
    }

    RecordedHome copiedTo(Path target) {
        try (Stream<Path> all = Files.walk(path)) {
            for (Path each : all.toList()) {
                Path there = target.resolve(path.relativize(each).toString());
                if (Files.isDirectory(each)) {
                    Files.createDirectories(there);
                } else {
                    Files.copy(each, there);
                }
            }
            return new RecordedHome(target);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A process that writes. */
    private final class Writing implements AutoCloseable {
        private final Database database;
        private final JournalMirror mirror;
        private final Checkpoints checkpoints;
        private final Journal journal;
        private final Checkpointing checkpointing;
        private final Witness witness;

        Writing(String process, String other, long fullBytes) {
            Path own = path.resolve(process);
            // Both stores by the runner's migrations: the two tables are the same in the chatbot's.
            database = Database.open(own.resolve("store.db"), "db/runner");
            mirror = new JournalMirror(database);
            checkpoints = Checkpoints.open(
                    own.resolve("checkpoints"),
                    process,
                    SigningKey.open(
                            path.resolve("keys/audit/" + process + ".key"),
                            path.resolve("keys/audit/" + process + ".pub")),
                    database,
                    Clock.systemUTC());
            journal = Journal.open(
                    own.resolve("journal"), process, Clock.systemUTC(), mirror, checkpoints.signed(), fullBytes);
            checkpointing = new Checkpointing(journal, checkpoints, Duration.ofHours(1), Clock.systemUTC());
            witness = new Witness(journal, other, Clock.systemUTC());
        }

        /** The number of the line. */
        long write(String type, String execution, String digest, Map<String, ?> data) {
            return journal.append(new JournalRecord(type, "c1", execution, digest, data))
                    .seq();
        }

        @Override
        public void close() {
            checkpointing.close();
            journal.close();
            mirror.close();
            database.close();
        }
    }

    /** Both processes start, serve one request, and stop. */
    void run(String name, long fullBytes) {
        String execution = "execution-" + name;
        String digest = digest(name);
        Map<String, String> vote =
                Map.of("approver", "web:bob", "decision", "approve", "key_id", "k", "signature", "s", "time", "t");
        try (Writing chatbot = new Writing("chatbot", "runner", fullBytes);
                Writing runner = new Writing("runner", "chatbot", fullBytes)) {
            runner.write("started", "", "", Map.of("policy", "p"));
            runner.witness.see(chatbot.checkpoints.said());
            chatbot.witness.see(runner.checkpoints.said());
            chatbot.write("message_received", "", "", Map.of("message", "m" + name, "sender", "web:alice"));
            chatbot.write("intent", "", "", Map.of("message", "m" + name, "kind", "run"));
            runner.write("preview_issued", "", digest, Map.of("requester", "web:alice"));
            chatbot.write("plan_previewed", "", digest, Map.of("approval", "a" + name));
            runner.write("decision_checked", "", digest, Map.of("votes", List.of(vote), "sufficient", true));
            chatbot.write(
                    "decision",
                    execution,
                    digest,
                    Map.of("approval", "a" + name, "approver", "web:bob", "decision", "approve"));
            chatbot.write("execution_requested", execution, digest, Map.of());
            runner.write("execution_accepted", execution, digest, Map.of("votes", List.of(vote)));
            runner.write("step_started", execution, digest, Map.of("step", 0, "tool", "t", "target", "web-01"));
            runner.write(
                    "step_finished",
                    execution,
                    digest,
                    Map.of("step", 0, "tool", "t", "target", "web-01", "status", "succeeded"));
            runner.write("execution_finished", execution, digest, Map.of("status", "succeeded"));
            chatbot.write("result_posted", execution, digest, Map.of("status", "succeeded"));
        }
    }

    /** Both processes start, and serve a request that nobody need approve, one with broken glass, one that is withdrawn, and one that expires. */
    void others() {
        try (Writing chatbot = new Writing("chatbot", "runner", Journal.FULL_BYTES);
                Writing runner = new Writing("runner", "chatbot", Journal.FULL_BYTES)) {
            for (String name : List.of("read", "glass", "withdrawn", "expired")) {
                runner.write("preview_issued", "", digest(name), Map.of("requester", "web:alice"));
                chatbot.write("plan_previewed", "", digest(name), Map.of("approval", "a-" + name));
            }
            decision(chatbot, "read", "execution-read", "policy", "no_approval_needed");
            chatbot.write("execution_requested", "execution-read", digest("read"), Map.of());
            runner.write("execution_accepted", "execution-read", digest("read"), Map.of("votes", List.of()));
            Map<String, String> own = Map.of("approver", "web:alice", "decision", "approve");
            runner.write("decision_checked", "", digest("glass"), Map.of("votes", List.of(own), "sufficient", true));
            decision(chatbot, "glass", "execution-glass", "web:alice", "approve");
            Map<String, String> why = Map.of("requester", "web:alice", "reason", "it burns");
            chatbot.write("break_glass", "execution-glass", digest("glass"), why);
            chatbot.write("execution_requested", "execution-glass", digest("glass"), Map.of());
            runner.write("execution_accepted", "execution-glass", digest("glass"), Map.of("votes", List.of(own)));
            runner.write("break_glass", "execution-glass", digest("glass"), why);
            decision(chatbot, "withdrawn", "", "web:alice", "withdrawn");
            decision(chatbot, "expired", "", "", "expired");
        }
    }

    /** A runner with a home of its own, which shares this one's store, serves a request; the chatbot sees how far it has signed. */
    void runAtAnother(String name) {
        String execution = "execution-" + name;
        Map<String, String> vote = Map.of("approver", "web:bob", "decision", "approve");
        try (Writing chatbot = new Writing("chatbot", "runner", Journal.FULL_BYTES);
                Database shared = Database.existing(path.resolve("runner/store.db"));
                JournalMirror copy = new JournalMirror(shared, new CopyOf("r-2"));
                Journal another = Journal.open(path.resolve("another/journal"), "runner", Clock.systemUTC(), copy)) {
            chatbot.witness.see(Optional.of("7 " + Digest.of("a checkpoint of the other runner") + " r-2"));
            another.append(new JournalRecord("preview_issued", "c1", "", digest(name), Map.of()));
            chatbot.write("plan_previewed", "", digest(name), Map.of("approval", "a-" + name));
            another.append(new JournalRecord(
                    "decision_checked", "c1", "", digest(name), Map.of("votes", List.of(vote), "sufficient", true)));
            decision(chatbot, name, execution, "web:bob", "approve");
            chatbot.write("execution_requested", execution, digest(name), Map.of());
            another.append(new JournalRecord(
                    "execution_accepted", "c1", execution, digest(name), Map.of("votes", List.of(vote))));
            chatbot.write("result_posted", execution, digest(name), Map.of("status", "succeeded"));
        }
    }

    /**
     * A chatbot with a home of its own had the store before this one, and served a request; it died before a denial of a second
     * one was stored, which this one then had run.
     *
     * @param whose this one says that the denial is which does not count
     */
    void takenOverFrom(String name, String whose) {
        Map<String, String> vote = Map.of("approver", "web:bob", "decision", "approve");
        Map<String, String> denial = Map.of("approver", "web:carol", "decision", "deny");
        try (Writing runner = new Writing("runner", "chatbot", Journal.FULL_BYTES)) {
            long denied;
            try (Database shared = Database.existing(path.resolve("chatbot/store.db"));
                    JournalMirror copy = new JournalMirror(shared, new CopyOf("c-2"));
                    Journal another =
                            Journal.open(path.resolve("another/journal"), "chatbot", Clock.systemUTC(), copy)) {
                for (String each : List.of(name, name + "-denied")) {
                    runner.write("preview_issued", "", digest(each), Map.of("requester", "web:alice"));
                    another.append(new JournalRecord(
                            "plan_previewed", "c1", "", digest(each), Map.of("approval", "a-" + each)));
                }
                runner.write("decision_checked", "", digest(name), Map.of("votes", List.of(vote), "sufficient", true));
                String execution = "execution-" + name;
                another.append(new JournalRecord(
                        "decision",
                        "c1",
                        execution,
                        digest(name),
                        Map.of("approval", "a-" + name, "approver", "web:bob", "decision", "approve")));
                another.append(new JournalRecord("execution_requested", "c1", execution, digest(name), Map.of()));
                runner.write("execution_accepted", execution, digest(name), Map.of("votes", List.of(vote)));
                String second = name + "-denied";
                runner.write(
                        "decision_checked", "", digest(second), Map.of("votes", List.of(denial), "sufficient", false));
                denied = another.append(new JournalRecord(
                                "decision",
                                "c1",
                                "",
                                digest(second),
                                Map.of("approval", "a-" + second, "approver", "web:carol", "decision", "deny")))
                        .seq();
            }
            try (Writing chatbot = new Writing("chatbot", "runner", Journal.FULL_BYTES)) {
                String second = name + "-denied";
                String execution = "execution-" + second;
                chatbot.write(
                        "decision_void",
                        "",
                        digest(second),
                        Map.of(
                                "approval",
                                "a-" + second,
                                "approver",
                                "web:carol",
                                "decision",
                                "deny",
                                "line",
                                Long.toString(denied),
                                "instance",
                                whose));
                runner.write(
                        "decision_checked", "", digest(second), Map.of("votes", List.of(vote), "sufficient", true));
                decision(chatbot, second, execution, "web:bob", "approve");
                chatbot.write("execution_requested", execution, digest(second), Map.of());
                runner.write("execution_accepted", execution, digest(second), Map.of("votes", List.of(vote)));
            }
        }
    }

    /**
     * The runner's machine loses power just after the runner said that a decision counts, and the line of that is lost.
     *
     * @param execution that the decision leads to; empty when others must approve as well
     */
    void powerCut(String name, String execution) {
        try (Writing chatbot = new Writing("chatbot", "runner", Journal.FULL_BYTES)) {
            try (Writing runner = new Writing("runner", "chatbot", Journal.FULL_BYTES)) {
                runner.write("started", "", "", Map.of("policy", "p"));
                runner.write("preview_issued", "", digest(name), Map.of("requester", "web:alice"));
                chatbot.write("plan_previewed", "", digest(name), Map.of("approval", "a-" + name));
                decision(chatbot, name, execution, "web:bob", "approve");
            }
            try (Writing runner = new Writing("runner", "chatbot", Journal.FULL_BYTES)) {
                runner.write("started", "", "", Map.of("policy", "p"));
            }
        }
    }

    /**
     * The chatbot dies after it recorded a denial and before that is stored; after the restart the plan is approved and runs.
     *
     * @param takenBack which decision is said not to count after the restart, in which line counted from that of the denial; empty
     *     for none
     */
    void diedBeforeItDenied(String name, Optional<Map.Entry<String, Integer>> takenBack) {
        Map<String, String> denial = Map.of("approver", "web:carol", "decision", "deny");
        Map<String, String> vote = Map.of("approver", "web:bob", "decision", "approve");
        String execution = "execution-" + name;
        try (Writing runner = new Writing("runner", "chatbot", Journal.FULL_BYTES)) {
            runner.write("preview_issued", "", digest(name), Map.of("requester", "web:alice"));
            runner.write("decision_checked", "", digest(name), Map.of("votes", List.of(denial), "sufficient", false));
            long line;
            try (Writing chatbot = new Writing("chatbot", "runner", Journal.FULL_BYTES)) {
                chatbot.write("plan_previewed", "", digest(name), Map.of("approval", "a-" + name));
                line = decision(chatbot, name, "", "web:carol", "deny");
            }
            try (Writing chatbot = new Writing("chatbot", "runner", Journal.FULL_BYTES)) {
                takenBack.ifPresent(which -> chatbot.write(
                        "decision_void",
                        "",
                        digest(name),
                        Map.of(
                                "approval",
                                "a-" + name,
                                "approver",
                                "web:carol",
                                "decision",
                                which.getKey(),
                                "line",
                                Long.toString(line + which.getValue()))));
                runner.write("decision_checked", "", digest(name), Map.of("votes", List.of(vote), "sufficient", true));
                decision(chatbot, name, execution, "web:bob", "approve");
                chatbot.write("execution_requested", execution, digest(name), Map.of());
                runner.write("execution_accepted", execution, digest(name), Map.of("votes", List.of(vote)));
            }
        }
    }

    /** The number of the line. */
    private static long decision(Writing chatbot, String name, String execution, String who, String decision) {
        return chatbot.write(
                "decision",
                execution,
                digest(name),
                Map.of("approval", "a-" + name, "approver", who, "decision", decision));
    }

    static String digest(String name) {
        return Digest.of("plan " + name);
    }

    Path journal(String process) {
        return path.resolve(process + "/journal/journal.jsonl");
    }

    Path checkpoints(String process) {
        return path.resolve(process + "/checkpoints/checkpoints.jsonl");
    }

    List<String> lines(Path file) {
        try {
            return new ArrayList<>(Files.readAllLines(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void write(Path file, List<String> lines) {
        try {
            Files.writeString(file, lines.isEmpty() ? "" : String.join("\n", lines) + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void store(String process, String sql, Object... values) {
        try (Database database = Database.existing(path.resolve(process + "/store.db"))) {
            database.change(sql, values);
        }
    }

    /** Cuts the last lines of a journal and of the copy of it. */
    void cut(String process, int lines) {
        List<String> all = lines(journal(process));
        write(journal(process), all.subList(0, all.size() - lines));
        store(process, "delete from journal where seq > ?", all.size() - lines);
    }

    /** Writes a whole chain anew, as whoever can write the directory could, with every line that is kept. */
    void rewrite(String process, Predicate<String> kept) {
        List<String> all = lines(journal(process));
        try {
            Files.delete(journal(process));
            store(process, "delete from journal");
            try (Database database = Database.existing(path.resolve(process + "/store.db"));
                    JournalMirror mirror = new JournalMirror(database);
                    Journal journal =
                            Journal.open(path.resolve(process + "/journal"), process, Clock.systemUTC(), mirror)) {
                all.stream()
                        .filter(kept)
                        .map(Json::tree)
                        .forEach(line -> journal.append(new JournalRecord(
                                line.path("type").asText(),
                                line.path("conversation").asText(),
                                line.path("execution").asText(),
                                line.path("digest").asText(),
                                Json.mapper()
                                        .convertValue(
                                                line.path("data"), new TypeReference<Map<String, Object>>() {}))));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Signs the present end of a journal anew, as whoever has its key could, and forgets every checkpoint before. */
    void signAnew(String process) {
        try {
            Files.delete(checkpoints(process));
            store(process, "delete from checkpoint");
            try (Writing writing = new Writing(process, process.equals("runner") ? "chatbot" : "runner", 1L << 26)) {
                writing.write("stopped", "", "", Map.of("how", "in order"));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Optional<Checkpoint> checkpoint(String process, int line) {
        return lines(checkpoints(process)).stream()
                .skip(line - 1L)
                .findFirst()
                .map(text -> Json.read(text, Checkpoint.class));
    }

    Verification verified() {
        try {
            return Verification.of(HomeFiles.of(path, Map.of()), HomeFiles.PROCESSES);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
