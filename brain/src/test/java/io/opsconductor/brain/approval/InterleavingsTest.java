package io.opsconductor.brain.approval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opsconductor.brain.People;
import io.opsconductor.brain.Refusal;
import io.opsconductor.brain.Tenancy;
import io.opsconductor.brain.audit.Audit;
import io.opsconductor.brain.conversation.ChatEvent;
import io.opsconductor.brain.conversation.ConversationTenants;
import io.opsconductor.brain.conversation.Conversations;
import io.opsconductor.brain.conversation.ThreadLanguage;
import io.opsconductor.brain.conversation.Told;
import io.opsconductor.brain.language.Language;
import io.opsconductor.brain.runner.DecisionJudge;
import io.opsconductor.brain.runner.RunnerAnswer;
import io.opsconductor.counterpart.order.Died;
import io.opsconductor.counterpart.order.Interleaving;
import io.opsconductor.counterpart.order.Schedules;
import io.opsconductor.counterpart.store.TestStore;
import io.opsconductor.json.Json;
import io.opsconductor.kit.journal.CopyOf;
import io.opsconductor.kit.journal.Journal;
import io.opsconductor.kit.journal.JournalEntry;
import io.opsconductor.kit.journal.JournalMirror;
import io.opsconductor.kit.keys.Signer;
import io.opsconductor.kit.store.Database;
import io.opsconductor.kit.store.Rows;
import io.opsconductor.kit.store.StorePlace;
import io.opsconductor.kit.trace.Tracing;
import io.opsconductor.plan.Attestation.Decision;
import io.opsconductor.plan.DecisionCheck;
import io.opsconductor.plan.Effect;
import io.opsconductor.plan.Plan;
import io.opsconductor.plan.Preview;
import io.opsconductor.plan.Step;
import io.opsconductor.plan.Tenant;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/**
 * Two approvers, each through a chatbot process of its own over the same store, the requester, the clock and crashes, in every
 * order in which their steps can come: each decision is cut where the runner is asked. The store, the decisions and the
 * journal are the real ones; what becomes of a plan at the runner is a model, and the runner's own half is in its module.
 */
@TestInstance(Lifecycle.PER_CLASS)
class InterleavingsTest {
    private static final Tenancy TENANCY = Tenancy.single(Tenant.DEFAULT);
    private static final Duration EXPIRY = Duration.ofMinutes(15);
    private static final List<String> APPROVERS = List.of("bob", "carol");

    private static final class MovableClock extends Clock {
        private volatile Instant now = Instant.parse("2026-11-26T09:00:00Z");

        void to(Instant moment) {
            now = moment;
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    private final MovableClock clock = new MovableClock();
    private Path home;
    private Database database;
    private JournalMirror mirror;
    private Journal journal;
    private Conversations conversations;
    private ThreadLanguage languages;
    private People people;
    private Signer signer;
    private ApprovalStore store;
    private int worlds;
    /** What became durable since the world began. */
    private final List<JournalEntry> recorded = new CopyOnWriteArrayList<>();
    /** What happens when a line is on disk, and nothing that is stored with it is committed yet. */
    private Consumer<JournalEntry> afterLine = entry -> {};

    @BeforeAll
    void open() throws Exception {
        // In memory where there is such a place: the crashes here are of processes, and no disk is asked to keep
        // anything.
        Path memory = Path.of("/dev/shm");
        home = Files.isWritable(memory)
                ? Files.createTempDirectory(memory, "interleavings")
                : Files.createTempDirectory("interleavings");
        database = Database.open(
                StorePlace.of("chatbot", home, TestStore.usual().settings("chatbot", home)), "db/chatbot");
        mirror = new JournalMirror(database);
        journal = Journal.open(home.resolve("journal"), "chatbot", clock, entry -> {
            recorded.add(entry);
            mirror.accept(entry);
            afterLine.accept(entry);
        });
        conversations = new Conversations(database, clock);
        languages = new ThreadLanguage(database, Language.english());
        people = new People(database, TENANCY, clock);
        store = new ApprovalStore(database);
        KeyPair keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        signer = Signer.open(
                pem("chatbot.key", "PRIVATE KEY", keys.getPrivate().getEncoded()),
                pem("chatbot.pub", "PUBLIC KEY", keys.getPublic().getEncoded()));
    }

    private Path pem(String name, String type, byte[] content) throws IOException {
        Path file = home.resolve(name);
        Files.writeString(
                file,
                "-----BEGIN " + type + "-----\n" + Base64.getMimeEncoder().encodeToString(content) + "\n-----END "
                        + type + "-----\n");
        Files.setPosixFilePermissions(file, java.nio.file.attribute.PosixFilePermissions.fromString("rw-------"));
        return file;
    }

    @AfterAll
    void close() throws IOException {
        journal.close();
        mirror.close();
        database.close();
        try (Stream<Path> files = Files.walk(home)) {
            for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    /** What the requester does meanwhile. */
    private enum Requester {
        NOTHING,
        WITHDRAWS,
        EDITS
    }

    /** When a process dies. */
    private enum Crash {
        NEVER,
        BETWEEN_STEPS,
        /** Between the journal's line of a decision and the commit of it. */
        BEFORE_A_COMMIT
    }

    private record Case(int needed, Decision carols, Requester requester, boolean expires, Crash crash) {}

    @Test
    void whoeverComesFirstThereIsOneDecision() throws Exception {
        int runs = all(new Case(1, Decision.APPROVE, Requester.EDITS, true, Crash.NEVER))
                + all(new Case(2, Decision.DENY, Requester.WITHDRAWS, true, Crash.NEVER));
        assertThat(runs).isGreaterThan(300);
    }

    @Test
    void whereverAProcessDiesNothingIsLostAndNothingHappensTwice() throws Exception {
        int runs = all(new Case(1, Decision.APPROVE, Requester.NOTHING, false, Crash.BETWEEN_STEPS))
                + all(new Case(2, Decision.DENY, Requester.NOTHING, true, Crash.BETWEEN_STEPS));
        assertThat(runs).isGreaterThan(300);
    }

    @Test
    void aDecisionThatIsRecordedWhenTheProcessDiesAndNotStoredIsTakenBackThere() throws Exception {
        int runs = all(new Case(1, Decision.DENY, Requester.NOTHING, true, Crash.BEFORE_A_COMMIT))
                + all(new Case(1, Decision.APPROVE, Requester.EDITS, false, Crash.BEFORE_A_COMMIT))
                + all(new Case(2, Decision.DENY, Requester.NOTHING, false, Crash.BEFORE_A_COMMIT));
        assertThat(runs).isGreaterThan(30);
    }

    @Test
    void aDecisionThatCouldNotBeStoredIsTakenBackBeforeTheNextOne() {
        World world = new World(new Case(1, Decision.APPROVE, Requester.NOTHING, false, Crash.NEVER), new Schedules());
        String id = world.request.id();
        database.change("alter table event rename to event_away");
        assertThatThrownBy(() -> world.approvals.withdraw(id, "web:alice")).isInstanceOf(RuntimeException.class);
        database.change("alter table event_away rename to event");
        assertThat(world.counting(id)).containsExactly("web:alice withdrawn");

        clock.to(world.request.preview().expiresAt());
        world.approvals.expire(id);
        assertThat(recorded.stream().map(JournalEntry::type))
                .containsExactly("plan_previewed", Audit.DECISION, Audit.VOID, Audit.DECISION);
        assertThat(world.counting(id)).containsExactly(" expired");
        world.clean();
    }

    private int all(Case which) throws Exception {
        Schedules schedules = new Schedules();
        do {
            World world = new World(which, schedules);
            try {
                if (world.interleaving.run(world::state)) {
                    world.check();
                }
                world.clean();
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError(which + ", in the order " + world.interleaving + ": " + e.getMessage(), e);
            }
        } while (schedules.next());
        return schedules.states();
    }

    /** One plan and everybody around it. */
    private final class World {
        private final Case which;
        private final Schedules schedules;
        private final ApprovalRequest request;
        private final Interleaving interleaving;
        private final Map<String, Decided> answers = new LinkedHashMap<>();
        private final Map<String, String> started = new LinkedHashMap<>();
        private int starts;
        private int deaths;
        private boolean diesInside;
        private Approvals approvals;
        private Map<String, Decisions> chatbots;
        private @Nullable ApprovalRequest newer;

        World(Case which, Schedules schedules) {
            this.which = which;
            this.schedules = schedules;
            this.interleaving = new Interleaving(schedules);
            this.request = request("a" + worlds, which.needed());
            recorded.clear();
            begin();
            conversations.write(request.conversation(), thread -> {
                approvals
                        .show(request, languages.speech(request.conversation()))
                        .record(thread);
                return request;
            });
            afterLine = this::recorded;
            acts("bob", () -> decides("bob", Decision.APPROVE));
            acts("carol", () -> decides("carol", which.carols()));
            switch (which.requester()) {
                case WITHDRAWS -> acts("alice", () -> approvals.withdraw(request.id(), "web:alice"));
                case EDITS -> acts("alice", this::edits);
                case NOTHING -> {}
            }
            if (which.expires()) {
                acts("clock", () -> {
                    clock.to(request.preview().expiresAt());
                    interleaving.pause("");
                    approvals.expire(request.id());
                });
            }
            if (which.crash() == Crash.BETWEEN_STEPS) {
                interleaving.add("crash", this::dies);
            }
        }

        /** A process begins: two of them, for they share nothing but the store. */
        private void begin() {
            ConversationTenants tenants = new ConversationTenants(database, TENANCY);
            Audit audit = new Audit(journal, tenants);
            approvals = new Approvals(
                    database,
                    TENANCY,
                    conversations,
                    languages,
                    people,
                    audit,
                    new ApprovalTraces(database, Tracing.off()),
                    clock,
                    this::routed);
            chatbots = new LinkedHashMap<>();
            for (String approver : APPROVERS) {
                chatbots.put(
                        approver,
                        new Decisions(
                                database,
                                approvals,
                                conversations,
                                languages,
                                people,
                                new Judge(),
                                () -> signer,
                                new GlassNotices(
                                        database,
                                        conversations,
                                        people,
                                        tenants,
                                        new GlassNotices.Place("break-glass", "web")),
                                audit,
                                clock,
                                this::routed));
            }
        }

        private void decides(String approver, Decision decision) {
            Decisions chatbot = Objects.requireNonNull(chatbots.get(approver));
            answers.put(approver, chatbot.decide(Vote.of(request.id(), "web:" + approver, decision, request.digest())));
        }

        private void acts(String who, Runnable act) {
            interleaving.add(who, () -> {
                try {
                    act.run();
                } catch (Died e) {
                    if (diesInside) {
                        diesInside = false;
                        dies();
                    }
                    throw e;
                }
            });
        }

        /** Between the line of a decision and the commit of it the process may die. */
        private void recorded(JournalEntry entry) {
            if (which.crash() == Crash.BEFORE_A_COMMIT
                    && deaths == 0
                    && entry.type().equals(Audit.DECISION)
                    && interleaving.isActing()
                    && schedules.choose(2) == 1) {
                interleaving.note("dies before it is committed");
                diesInside = true;
                throw new Died();
            }
        }

        private void edits() {
            ApprovalRequest other = request("n" + worlds, which.needed());
            if (approvals.replace(request, other, "web:alice", "edited", "").isEmpty()) {
                newer = other;
            }
        }

        /** All that was going on ends where it is, and the next process takes up what is stored. */
        private void dies() {
            deaths++;
            interleaving.allDie();
            approvals.close();
            begin();
            new JournaledDecisions(
                            database,
                            mirror,
                            CopyOf.THE_FIRST,
                            new Audit(journal, new ConversationTenants(database, TENANCY)))
                    .settle();
            assertThat(counting(request.id()))
                    .as("after the restart the journal and the store agree")
                    .containsExactlyElementsOf(counted(decided()));
            approvals.resume();
            if (!clock.instant().isBefore(request.preview().expiresAt())) {
                // As its timer does at once, on a thread of its own.
                approvals.expire(request.id());
            }
            new ExecutionQueue(database)
                    .open().stream()
                            .filter(plan -> plan.approval().equals(request.id()))
                            .forEach(this::sent);
        }

        /** Approved and stored; the process may die before it sends anything. */
        private void routed(ApprovedPlan plan) {
            if (which.crash() == Crash.BETWEEN_STEPS && deaths == 0 && schedules.choose(2) == 1) {
                interleaving.note("dies before it is sent");
                dies();
                throw new Died();
            }
            sent(plan);
        }

        /** The runner uses up the execution's id and the digest together. */
        private void sent(ApprovedPlan plan) {
            String bytes = Json.write(plan.request());
            String before = started.putIfAbsent(plan.digest(), bytes);
            if (before == null) {
                starts++;
            } else {
                assertThat(bytes).as("what is sent again is the same").isEqualTo(before);
            }
        }

        /** What a decision goes by while it is on its way: nothing else happens between this and the look at the request. */
        private String read() {
            StoredApproval stored = store.find(Tenant.DEFAULT, request.id()).orElseThrow();
            return clock.instant() + " " + stored.state() + " by " + stored.decidedBy() + " at " + stored.decidedAt()
                    + stored.people()
                    + stored.attestations().stream()
                            .map(attestation -> attestation.statement().approver() + " "
                                    + attestation.statement().decision() + " "
                                    + attestation.statement().time())
                            .toList();
        }

        /** All that the rest of the run and its check depend on. */
        private String state() {
            return (read() + "\n" + decisions() + "\n" + recorded(request.id(), entry -> true) + "\n"
                            + counting(request.id()) + "\n" + answers + "\n" + queued() + " " + starts + " " + deaths
                            + " " + (newer != null))
                    .replace(request.id(), "it");
        }

        private List<String> decisions() {
            return decided().stream()
                    .map(one -> one.decision() + " " + one.status() + " " + one.identity() + " " + one.missing())
                    .toList();
        }

        private List<ChatEvent.Decision> decided() {
            return conversations.eventsAfter(request.conversation(), 0, 1_000).stream()
                    .map(Told::event)
                    .filter(ChatEvent.Decision.class::isInstance)
                    .map(ChatEvent.Decision.class::cast)
                    .filter(decision -> decision.approval().equals(request.id()))
                    .toList();
        }

        private long queued() {
            return database.one(
                            "select count(*) as n from execution where approval = ?",
                            row -> Rows.number(row, "n"),
                            request.id())
                    .orElseThrow();
        }

        void check() {
            StoredApproval stored = store.find(Tenant.DEFAULT, request.id()).orElseThrow();
            List<ChatEvent.Decision> decisions = decided();
            List<ChatEvent.Decision> ends = decisions.stream()
                    .filter(decision -> !decision.status().equals("pending"))
                    .toList();

            if (which.expires()) {
                assertThat(stored.state()).as("in the end").isNotEqualTo(ApprovalState.PENDING);
                assertThat(ends).as("one decision").hasSize(1);
            }
            assertThat(decisions.isEmpty() ? "pending" : decisions.getLast().status())
                    .as("the card")
                    .isEqualTo(stored.state().word());

            boolean approved = stored.state() == ApprovalState.APPROVED;
            assertThat(queued()).as("queued").isEqualTo(approved ? 1 : 0);
            assertThat(starts).as("ran").isEqualTo(approved ? 1 : 0);
            if (approved) {
                assertThat(stored.people()).as("people").doesNotHaveDuplicates().hasSize(which.needed());
                assertThat(Instant.parse(stored.decidedAt()))
                        .isBefore(request.preview().expiresAt());
                assertThat(stored.attestations())
                        .allSatisfy(attestation -> assertThat(
                                        attestation.statement().time())
                                .isBefore(request.preview().expiresAt()));
            }
            if (!approved) {
                assertThat(stored.people()).as("enough of them approve it").hasSizeLessThan(which.needed());
            }
            answers.forEach((who, answer) -> told(who, answer, decisions));
            ApprovalRequest edited = newer;
            assertThat(recorded.stream()
                            .filter(entry -> entry.type().equals("plan_previewed"))
                            .map(entry -> entry.data().path("approval").asText()))
                    .as("of a plan that came too late to be shown nothing is recorded")
                    .containsExactlyElementsOf(
                            edited == null ? List.of(request.id()) : List.of(request.id(), edited.id()));
            assertThat(counting(request.id()))
                    .as("the journal has what was decided, and nothing that came too late")
                    .containsExactlyElementsOf(counted(decisions));
        }

        private List<String> recorded(String approval, Predicate<JournalEntry> which) {
            return recorded.stream()
                    .filter(which)
                    .filter(entry -> entry.type().equals(Audit.DECISION)
                            && entry.data().path("approval").asText().equals(approval))
                    .map(entry -> entry.data().path("approver").asText() + " "
                            + entry.data().path("decision").asText())
                    .toList();
        }

        /** What the journal has of decisions and does not say to be void. */
        private List<String> counting(String approval) {
            List<Long> voided = recorded.stream()
                    .filter(entry -> entry.type().equals(Audit.VOID))
                    .map(entry -> entry.data().path("line").asLong())
                    .toList();
            return recorded(approval, entry -> !voided.contains(entry.seq()));
        }

        /** What the card says that became of it, in the journal's words. */
        private static List<String> counted(List<ChatEvent.Decision> decisions) {
            return decisions.stream()
                    .map(decision -> Objects.requireNonNullElse(decision.identity(), "") + " "
                            + (decision.decision().equals("cancelled") ? "withdrawn" : decision.decision()))
                    .toList();
        }

        /** Whoever was told that their decision counts finds it there; whoever was told why not, does not. */
        private void told(String who, Decided answer, List<ChatEvent.Decision> decisions) {
            List<String> words = decisions.stream()
                    .filter(decision -> ("web:" + who).equals(decision.identity()))
                    .map(ChatEvent.Decision::decision)
                    .toList();
            switch (answer) {
                case Decided.Counted _ ->
                    assertThat(words).as(who + " was told that it counts").hasSize(1);
                // After a crash the answer to the first attempt was lost, and the second one is told so.
                case Decided.Refused(Refusal refusal) ->
                    assertThat(words)
                            .as(who + " was told " + refusal.message())
                            .hasSize(words.isEmpty() ? 0 : deaths > 0 ? 1 : 0);
            }
        }

        private void clean() {
            approvals.close();
            ApprovalRequest edited = newer;
            if (edited != null) {
                assertThat(store.find(Tenant.DEFAULT, edited.id()).orElseThrow().state())
                        .isEqualTo(ApprovalState.PENDING);
            }
            database.change("update execution set status = 'succeeded' where conversation = ?", request.conversation());
            database.change(
                    "update approval set state = 'cancelled' where conversation = ? and state = 'pending'",
                    request.conversation());
            worlds++;
        }

        /** The runner, asked: by its own clock, and each person once. */
        private final class Judge implements DecisionJudge {
            @Override
            public RunnerAnswer<DecisionCheck.Answer> check(Tenant tenant, DecisionCheck.Request asked) {
                RunnerAnswer<DecisionCheck.Answer> answer = answer(asked);
                // Its answer is on its way: whatever may happen meanwhile happens now.
                interleaving.pause(read());
                return answer;
            }

            private RunnerAnswer<DecisionCheck.Answer> answer(DecisionCheck.Request asked) {
                if (!clock.instant().isBefore(request.preview().expiresAt())) {
                    return new RunnerAnswer.Refused<>(Refusal.of(410, "expired", "the preview expired", ""));
                }
                List<String> names = asked.attestations().stream()
                        .map(attestation -> attestation.statement().approver().substring("web:".length()))
                        .toList();
                boolean denied = asked.attestations().stream()
                        .anyMatch(attestation -> attestation.statement().decision() == Decision.DENY);
                int missing = Math.max(
                        0, which.needed() - (int) names.stream().distinct().count());
                return new RunnerAnswer.Ok<>(
                        new DecisionCheck.Answer(!denied && missing == 0, missing, List.of(), names.getLast()));
            }

            @Override
            public Refusal unreachable(String why, String hint) {
                return Refusal.of(503, "runner_unreachable", why, hint);
            }
        }
    }

    private ApprovalRequest request(String id, int needed) {
        Plan plan = new Plan(List.of(new Step("restart_service", Map.of("service", id), List.of("web-01"))));
        Instant now = clock.instant();
        Preview preview = new Preview(
                1,
                "default",
                "web:alice",
                "alice",
                "nonce-" + id,
                now,
                now.plus(EXPIRY),
                "sha256:0",
                Effect.CHANGE,
                List.of(),
                new Preview.BlastRadius(1, Map.of()),
                new Preview.ApprovalRule(Preview.ApprovalKind.SOMEONE_ELSE, needed, APPROVERS, Map.of(), "a test"),
                0,
                "");
        return new ApprovalRequest(
                id,
                "c" + worlds,
                "web:alice",
                "default",
                "restart",
                plan,
                preview,
                preview.digest(),
                now,
                "",
                List.of());
    }
}
