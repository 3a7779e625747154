package io.opsconductor.runner;

import static io.opsconductor.runner.TestCaller.plan;
import static io.opsconductor.runner.TestCaller.step;
import static org.assertj.core.api.Assertions.assertThat;

import io.opsconductor.json.Digest;
import io.opsconductor.json.InvalidJsonException;
import io.opsconductor.json.Json;
import io.opsconductor.plan.Attestation;
import io.opsconductor.plan.Attestation.Decision;
import io.opsconductor.plan.Attestation.Statement;
import io.opsconductor.plan.DecisionCheck;
import io.opsconductor.plan.ExecuteRequest;
import io.opsconductor.plan.Failures;
import io.opsconductor.plan.Plan;
import io.opsconductor.plan.PlanCode;
import io.opsconductor.plan.PreviewAnswer;
import io.opsconductor.plan.StepOptions;
import io.opsconductor.runner.JsonMutations.Mutation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/**
 * A chatbot that has a valid certificate, a true preview and true approvals, and sends something else. What it sends is
 * refused, or means nothing else than what was approved: then exactly that runs, once. Whether something ran is seen by the
 * file that the tool writes, and not by what the runner says.
 */
@TestInstance(Lifecycle.PER_CLASS)
class HostileChatbotTest {
    private static final int SENDERS = 8;
    private static final int RACERS = 100;

    private final TestClock clock = new TestClock();
    private Path directory;
    private TestHome home;
    private Path marks;
    private Runner runner;
    private TestCaller chatbot;
    private final AtomicInteger plans = new AtomicInteger();

    @BeforeAll
    void start() throws IOException {
        // In memory where there is such a place: what is refused is on disk before it is told, and there are thousands.
        Path memory = Path.of("/dev/shm");
        directory = Files.isWritable(memory)
                ? Files.createTempDirectory(memory, "hostile")
                : Files.createTempDirectory("hostile");
        home = TestHome.make(directory.resolve("home"));
        home.tool("raze", "destroy", "sh -c 'echo ran >> \"$0\"' {file}", List.of("file: path"));
        home.tool("toggled", "change", "sh -c 'echo approved >> \"$0\"' {file}", List.of("file: path"));
        marks = Files.createDirectory(directory.resolve("marks"));
        runner = Main.start(home.settings(), home.environment(), clock);
        chatbot = TestCaller.as("chatbot", home.path(), runner.apiPort());
    }

    @AfterAll
    void stop() throws IOException {
        chatbot.close();
        runner.close();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    /** A plan that leaves a mark in a file of its own, with the true approvals of two people for it. */
    private record Approved(Path mark, PreviewAnswer preview, ExecuteRequest request) {
        String text() {
            return Json.write(request);
        }
    }

    private Approved approved() {
        Path mark = marks.resolve("mark-" + plans.getAndIncrement());
        StepOptions first = StepOptions.USUAL.called("first").within(60).with(new Failures(0, Failures.Then.CONTINUE));
        Plan plan = new Plan(
                List.of(
                        step("raze", Map.of("file", mark.toString())).with(first),
                        step("say", Map.of("text", "razed")).with(StepOptions.USUAL.after(List.of("first")))),
                300);
        PreviewAnswer preview = chatbot.preview(plan, "web:alice");
        return new Approved(
                mark,
                preview,
                chatbot.request(plan, preview, chatbot.typed(preview, "web:bob"), chatbot.typed(preview, "web:carol")));
    }

    @Test
    void whateverIsChangedInARequestIsRefusedOrMeansTheSame() throws Exception {
        Approved approved = approved();
        List<Mutation> all = JsonMutations.of(approved.text());
        List<Mutation> same = new ArrayList<>();
        List<String> hostile = new ArrayList<>();
        for (Mutation mutation : all) {
            String text = mutation.on().apply(approved.text());
            if (text.equals(approved.text())) {
                continue;
            }
            if (meaning(text).equals(meaning(approved.text()))) {
                same.add(mutation);
            } else {
                hostile.add(text);
            }
        }
        assertThat(hostile).hasSizeGreaterThan(900);
        refused("/execute-plan", hostile);
        assertThat(approved.mark()).doesNotExist();

        Map<String, Set<String>> ran = new ConcurrentSkipListMap<>();
        shared(same, mutation -> {
            Approved own = approved();
            TestCaller.Answer answer =
                    chatbot.postText("/execute-plan", mutation.on().apply(own.text()));
            if (answer.status() == 200) {
                assertThat(own.mark()).as(mutation.name()).hasContent("ran");
                assertThat(chatbot.postText("/execute-plan", own.text()).status())
                        .as("used up after " + mutation.name())
                        .isIn(200, 409);
                assertThat(own.mark()).as(mutation.name()).hasContent("ran");
                ran.computeIfAbsent(mutation.kind(), _ -> new ConcurrentSkipListSet<>())
                        .add(mutation.path().replaceAll("/\\d+", "/*"));
            } else {
                assertThat(own.mark()).as(mutation.name()).doesNotExist();
            }
            return answer;
        });
        assertThat(ran.toString().replace("], ", "]\n")).isEqualTo(MEANS_THE_SAME.strip());
    }

    /** Where a change changes nothing: what was approved ran, once. All else was refused. */
    private static final String MEANS_THE_SAME = """
            {a byte order mark=[]
            a letter less=[/execution_id]
            a letter more=[/execution_id]
            a line end behind=[/attestations/*/statement/decision, /plan/steps/*/options/failures/then]
            a space before=[/attestations/*/statement/decision, /plan/steps/*/options/failures/then]
            a space behind=[/attestations/*/statement/decision, /plan/steps/*/options/failures/then]
            a zero byte=[/attestations/*/statement/decision, /plan/steps/*/options/failures/then]
            all in capitals=[/attestations/*/statement/decision, /execution_id, /plan/steps/*/options/failures/then]
            all letters escaped=[]
            fields in another order=[]
            gone=[/plan/steps/*/targets]
            in another order=[/attestations]
            null=[/plan/steps/*/targets]
            the first letter in the other case=[/attestations/*/statement/decision, /execution_id, /plan/steps/*/options/failures/then]
            the first twice=[/attestations]
            the last letter another=[/execution_id]
            white space around=[]
            white space between all=[]}
            """;

    /** What a request asks for, however it is written; empty when it is none. */
    private static Optional<ExecuteRequest> meaning(String text) {
        try {
            ExecuteRequest read = Json.read(text.getBytes(StandardCharsets.UTF_8), ExecuteRequest.class);
            return Optional.of(new ExecuteRequest(
                    // The caller chooses it: what is used up with it is the digest.
                    read.executionId().matches("[A-Za-z0-9_-]{8,64}") ? "any" : read.executionId(),
                    read.plan(),
                    read.tenantId(),
                    read.actorId(),
                    read.digest(),
                    // Each says what it says, wherever in the list and however often.
                    read.attestations().size() > 32
                            ? read.attestations()
                            : read.attestations().stream()
                                    .map(HostileChatbotTest::meaning)
                                    .distinct()
                                    .sorted(Comparator.comparing(Attestation::signature))
                                    .toList()));
        } catch (InvalidJsonException e) {
            return Optional.empty();
        }
    }

    private static Attestation meaning(Attestation attestation) {
        try {
            byte[] signature = Base64.getDecoder().decode(attestation.signature());
            return new Attestation(
                    attestation.statement(),
                    attestation.keyId(),
                    Base64.getEncoder().encodeToString(signature));
        } catch (IllegalArgumentException e) {
            return attestation;
        }
    }

    @Test
    void whateverIsChangedInAQuestionAboutDecisionsIsRefusedOrMeansTheSame() throws Exception {
        Approved approved = approved();
        String good = Json.write(new DecisionCheck.Request(
                approved.preview().digest(), approved.request().attestations()));
        List<String> hostile = JsonMutations.of(good).stream()
                .map(mutation -> mutation.on().apply(good))
                .filter(text -> !question(text).equals(question(good)))
                .toList();
        assertThat(hostile).hasSizeGreaterThan(500);
        Map<Boolean, List<TestCaller.Answer>> answers = new TreeMap<>();
        for (TestCaller.Answer answer : sent("/decisions/check", hostile)) {
            answers.computeIfAbsent(answer.status() == 200, _ -> new ArrayList<>())
                    .add(answer);
        }
        // Fewer decisions than are needed are an answer too: that they do not suffice.
        assertThat(answers.getOrDefault(true, List.of()))
                .allSatisfy(answer -> assertThat(
                                answer.as(DecisionCheck.Answer.class).sufficient())
                        .isFalse());
        assertThat(answers.get(false)).hasSizeGreaterThan(500);
        assertThat(approved.mark()).doesNotExist();
    }

    private static Optional<DecisionCheck.Request> question(String text) {
        try {
            DecisionCheck.Request read = Json.read(text.getBytes(StandardCharsets.UTF_8), DecisionCheck.Request.class);
            return Optional.of(new DecisionCheck.Request(
                    read.digest(),
                    read.attestations().size() > 32
                            ? read.attestations()
                            : read.attestations().stream()
                                    .map(HostileChatbotTest::meaning)
                                    .distinct()
                                    .sorted(Comparator.comparing(Attestation::signature))
                                    .toList()));
        } catch (InvalidJsonException e) {
            return Optional.empty();
        }
    }

    /**
     * The chatbot holds the key that signs what people do on chat platforms, so it can lie about them, and about nothing
     * else: these are the fields of a statement that the runner cannot know better.
     */
    @Test
    void whatIsSignedAnewIsRefusedUnlessItIsTheChatbotsOwnWord() throws Exception {
        Approved approved = approved();
        Statement good = approved.request().attestations().getFirst().statement();
        List<String> hostile = new ArrayList<>();
        TreeSet<String> own = new TreeSet<>();
        for (Mutation mutation : JsonMutations.of(Json.write(good))) {
            Optional<Statement> signed = statement(mutation.on().apply(Json.write(good)));
            if (signed.isEmpty() || signed.get().equals(good)) {
                continue;
            }
            if (mutation.path().equals("/conversation")) {
                own.add(mutation.path());
                continue;
            }
            hostile.add(Json.write(new ExecuteRequest(
                    TestCaller.newId(),
                    approved.request().plan(),
                    "default",
                    "web:alice",
                    approved.request().digest(),
                    List.of(
                            chatbot.sign(signed.get()),
                            approved.request().attestations().getLast()))));
        }
        assertThat(hostile).hasSizeGreaterThan(60);
        assertThat(own).containsExactly("/conversation");
        refused("/execute-plan", hostile);
        assertThat(approved.mark()).doesNotExist();
    }

    private static Optional<Statement> statement(String text) {
        try {
            return Optional.of(Json.read(text, Statement.class));
        } catch (InvalidJsonException e) {
            return Optional.empty();
        }
    }

    @Test
    void whoeverDidNotTypeTheCodeOfAPlanThatDestroysDidNotApproveIt() throws Exception {
        Approved approved = approved();
        Approved other = approved();
        PreviewAnswer preview = approved.preview();
        String code = PlanCode.of(preview.digest());
        Attestation carol = approved.request().attestations().getLast();
        assertRefused(approved, "wrong_code", chatbot.approval(preview, "web:bob"), carol);
        for (String typed : List.of(
                "",
                "000-000",
                PlanCode.of(other.preview().digest()),
                code.toLowerCase(Locale.ROOT),
                code.replace("-", ""),
                code + " ")) {
            assertRefused(approved, "wrong_code", chatbot.sign(chatbot.typed(preview, "web:bob", typed)), carol);
        }
        assertThat(approved.mark()).doesNotExist();

        Path file = marks.resolve("changed");
        Plan change = plan(step("note", Map.of("file", file.toString())));
        PreviewAnswer shown = chatbot.preview(change, "web:alice");
        TestCaller.Answer answer = chatbot.execute(chatbot.request(change, shown, chatbot.typed(shown, "web:bob")));
        assertThat(answer.code()).isEqualTo("unexpected_code");
        assertThat(file).doesNotExist();
    }

    @Test
    void onePersonShortIsNotEnoughWhoeverThePersonSeemsToBe() throws Exception {
        Approved approved = approved();
        PreviewAnswer preview = approved.preview();
        Attestation bob = chatbot.typed(preview, "web:bob");
        Attestation carol = chatbot.typed(preview, "web:carol");
        assertRefused(approved, "approvals_missing");
        assertRefused(approved, "approvals_missing", bob);
        assertRefused(approved, "approvals_missing", bob, bob);
        assertRefused(approved, "approvals_missing", carol, chatbot.typed(preview, "slack:T1/U3"));
        assertRefused(approved, "self_approval", bob, chatbot.typed(preview, "web:alice"));
        assertRefused(approved, "self_approval", bob, chatbot.typed(preview, "slack:T1/U1"));
        assertRefused(approved, "approver_not_allowed", bob, chatbot.typed(preview, "web:dan"));
        assertRefused(approved, "approver_not_allowed", bob, chatbot.typed(preview, "web:nobody"));
        assertThat(approved.mark()).doesNotExist();
    }

    @Test
    void whatWasApprovedForAnotherPlanIsNotApprovedForThisOne() throws Exception {
        Approved one = approved();
        Approved other = approved();
        assertRefused(one, "foreign_approval", other.request().attestations().toArray(Attestation[]::new));
        assertRefused(
                one,
                "foreign_approval",
                one.request().attestations().getFirst(),
                other.request().attestations().getLast());
        // The plan of one under the digest of the other, with the approvals of the other.
        TestCaller.Answer swapped = chatbot.execute(new ExecuteRequest(
                TestCaller.newId(),
                one.request().plan(),
                "default",
                "web:alice",
                other.request().digest(),
                other.request().attestations()));
        assertThat(swapped.code()).isEqualTo("plan_mismatch");
        assertThat(one.mark()).doesNotExist();
        assertThat(other.mark()).doesNotExist();
        assertThat(chatbot.execute(one.request()).status()).isEqualTo(200);
        assertThat(one.mark()).hasContent("ran");
        assertThat(other.mark()).doesNotExist();
    }

    @Test
    void ofAHundredAtOnceWithOneIdOneRuns() throws Exception {
        Approved approved = approved();
        List<TestCaller.Answer> answers = sent("/execute-plan", Collections.nCopies(RACERS, approved.text()));
        assertThat(answers).allSatisfy(answer -> assertThat(answer.status()).isEqualTo(200));
        assertThat(answers.stream()
                        .filter(answer -> answer.response()
                                .headers()
                                .firstValue("OpsConductor-Repeated")
                                .isEmpty()))
                .hasSize(1);
        assertThat(approved.mark()).hasContent("ran");
    }

    @Test
    void ofAHundredAtOnceWithOneDigestOneRuns() throws Exception {
        Approved approved = approved();
        List<String> racers = IntStream.range(0, RACERS)
                .mapToObj(_ -> Json.write(withId(approved.request())))
                .toList();
        List<TestCaller.Answer> answers = sent("/execute-plan", racers);
        assertThat(answers.stream().filter(answer -> answer.status() == 200)).hasSize(1);
        assertThat(answers.stream().filter(answer -> answer.status() != 200))
                .allSatisfy(answer -> assertThat(answer.code()).isEqualTo("already_executed"));
        assertThat(approved.mark()).hasContent("ran");

        // And afterwards, in any order.
        refused(
                "/execute-plan",
                racers.reversed().stream()
                        .filter(text -> answers.get(racers.indexOf(text)).status() != 200)
                        .toList());
        assertThat(approved.mark()).hasContent("ran");
    }

    @Test
    void anApprovalIsNothingBeforeItIsGivenAndNothingWhenItsTimeIsUp() throws Exception {
        Approved approved = approved();
        assertRefused(approved, "approvals_missing");
        TestClock own = new TestClock();
        TestHome other = TestHome.make(home.path().resolveSibling("expiring"));
        other.tool("raze", "destroy", "sh -c 'echo ran >> \"$0\"' {file}", List.of("file: path"));
        try (Runner second = Main.start(other.settings(), other.environment(), own);
                TestCaller caller = TestCaller.as("chatbot", other.path(), second.apiPort())) {
            Path mark = marks.resolve("expired");
            Plan plan = plan(step("note", Map.of("file", mark.toString())));
            ExecuteRequest request = caller.approved(plan, "web:alice", "web:bob");
            // Issued by the first runner, approved there, and sent to this one.
            assertThat(caller.execute(approved.request()).code()).isEqualTo("unknown_preview");
            own.advance(Duration.ofSeconds(30));
            ExecuteRequest later = caller.approved(plan, "web:alice", "web:bob");
            own.advance(Duration.ofMinutes(14).plusSeconds(30));
            assertThat(caller.execute(request).code()).isEqualTo("expired");
            assertThat(caller.execute(later).status()).isEqualTo(200);
            assertThat(mark).hasContent("ran");
        }
        assertThat(approved.mark()).doesNotExist();
    }

    @Test
    void aToolFileThatIsSwappedBetweenPreviewAndExecutionNeverRunsUnapproved() throws Exception {
        Path mark = marks.resolve("toggled");
        Plan plan = plan(step("toggled", Map.of("file", mark.toString())));
        List<ExecuteRequest> requests = IntStream.range(0, 40)
                .mapToObj(_ -> chatbot.approved(plan, "web:alice", "web:bob"))
                .toList();
        AtomicBoolean stop = new AtomicBoolean();
        Path file = home.path().resolve("tools/toggled.yaml");
        byte[] approvedTool = Files.readAllBytes(file);
        byte[] other =
                Files.readString(file).replace("echo approved", "echo SWAPPED!").getBytes(StandardCharsets.UTF_8);
        Thread swapper = Thread.ofPlatform().start(() -> {
            for (int i = 0; !stop.get(); i++) {
                write(file, i % 2 == 0 ? other : approvedTool);
                // Several times while a request is looked at; without a pause nobody else would get a processor.
                LockSupport.parkNanos(Duration.ofMillis(1).toNanos());
            }
            write(file, approvedTool);
        });
        int ran = 0;
        try {
            for (ExecuteRequest request : requests) {
                TestCaller.Answer answer = chatbot.execute(request);
                if (answer.status() == 200) {
                    ran++;
                } else {
                    assertThat(answer.code()).isEqualTo("changed_since_preview");
                }
            }
        } finally {
            stop.set(true);
            swapper.join();
        }
        assertThat(Files.exists(mark) ? Files.readAllLines(mark) : List.of())
                .isEqualTo(Collections.nCopies(ran, "approved"));
    }

    /** Through a file of its own that takes the place of the other: half of a file is no tool. */
    private static void write(Path file, byte[] content) {
        try {
            Path fresh = Files.write(file.resolveSibling("." + file.getFileName() + ".new"), content);
            Files.move(
                    fresh,
                    file,
                    java.nio.file.StandardCopyOption.ATOMIC_MOVE,
                    java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void whatChangedSinceThePreviewIsToldBeforeAnybodyApprovesInVain() throws Exception {
        TestHome other = TestHome.make(home.path().resolveSibling("changing"));
        try (Runner second = Main.start(other.settings(), other.environment(), clock);
                TestCaller caller = TestCaller.as("chatbot", other.path(), second.apiPort())) {
            Plan plan = plan(step("note", Map.of("file", marks.resolve("never").toString())));
            PreviewAnswer preview = caller.preview(plan, "web:alice");
            Attestation bob = caller.approval(preview, "web:bob");
            other.tool("note", "change", "sh -c 'echo other >> \"$0\"' {file}", List.of("file: path"));
            TestCaller.Answer answer =
                    caller.post("/decisions/check", new DecisionCheck.Request(preview.digest(), List.of(bob)));
            assertThat(answer.status()).isEqualTo(409);
            assertThat(answer.code()).isEqualTo("changed_since_preview");
            assertThat(answer.message())
                    .isEqualTo("since the preview was shown, this changed: the tool note, the command on runner");
            assertThat(caller.post(
                                    "/decisions/check",
                                    new DecisionCheck.Request(
                                            preview.digest(),
                                            List.of(caller.sign(caller.statement(preview, Decision.DENY, "web:bob")))))
                            .status())
                    .isEqualTo(200);
        }
        assertThat(marks.resolve("never")).doesNotExist();
    }

    private void assertRefused(Approved approved, String code, Attestation... attestations) throws Exception {
        ExecuteRequest request = new ExecuteRequest(
                TestCaller.newId(),
                approved.request().plan(),
                "default",
                "web:alice",
                approved.request().digest(),
                List.of(attestations));
        assertThat(refused("/execute-plan", List.of(Json.write(request))))
                .extracting(TestCaller.Answer::code)
                .containsExactly(code);
    }

    private static ExecuteRequest withId(ExecuteRequest request) {
        return new ExecuteRequest(
                TestCaller.newId(),
                request.plan(),
                request.tenantId(),
                request.actorId(),
                request.digest(),
                request.attestations());
    }

    /** Sends all of them and sees each refused, with a reason that is in the journal too. */
    private List<TestCaller.Answer> refused(String call, List<String> bodies) throws Exception {
        int before = recorded().size();
        List<TestCaller.Answer> answers = sent(call, bodies);
        List<String> told = new ArrayList<>();
        for (int i = 0; i < answers.size(); i++) {
            TestCaller.Answer answer = answers.get(i);
            assertThat(answer.status()).as(bodies.get(i)).isBetween(400, 499);
            assertThat(answer.message()).as(bodies.get(i)).isNotBlank();
            told.add(answer.code() + " " + Digest.of(answer.message()));
        }
        assertThat(recorded().subList(before, recorded().size())).containsExactlyInAnyOrderElementsOf(told);
        return answers;
    }

    private List<String> recorded() {
        return new TestJournal(home.path())
                .ofType("refused").stream()
                        .map(entry -> entry.path("data"))
                        .map(data -> data.path("code").asText() + " "
                                + Digest.of(data.path("message").asText()))
                        .toList();
    }

    private List<TestCaller.Answer> sent(String call, List<String> bodies) throws Exception {
        return shared(bodies, body -> chatbot.postText(call, body));
    }

    /** Does something for each, by some at once; the answers are in the order of what they are for. */
    private static <T> List<TestCaller.Answer> shared(List<T> all, Function<T, TestCaller.Answer> work)
            throws Exception {
        List<Callable<List<TestCaller.Answer>>> senders = IntStream.range(0, SENDERS)
                .<Callable<List<TestCaller.Answer>>>mapToObj(sender -> () -> IntStream.range(0, all.size())
                        .filter(i -> i % SENDERS == sender)
                        .mapToObj(i -> work.apply(all.get(i)))
                        .toList())
                .toList();
        TestCaller.Answer[] answers = new TestCaller.Answer[all.size()];
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<List<TestCaller.Answer>>> parts = threads.invokeAll(senders);
            for (int sender = 0; sender < SENDERS; sender++) {
                List<TestCaller.Answer> part = parts.get(sender).get();
                for (int i = 0; i < part.size(); i++) {
                    answers[i * SENDERS + sender] = part.get(i);
                }
            }
        }
        return Stream.of(answers).toList();
    }
}
