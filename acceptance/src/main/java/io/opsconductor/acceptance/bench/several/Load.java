package io.opsconductor.acceptance.bench.several;

import com.fasterxml.jackson.databind.JsonNode;
import io.opsconductor.acceptance.product.ChatApi;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** People who ask for changes in the chat, approve them, and read what came of them, whatever is killed meanwhile. */
final class Load {
    private static final int TARGETS_EACH = 6;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final List<Member> chatbots;
    private final int targets;
    private final AtomicInteger words = new AtomicInteger();
    private final AtomicInteger answered = new AtomicInteger();
    private final List<Asked> approved = Collections.synchronizedList(new ArrayList<>());
    private final Map<String, Integer> notApproved = Collections.synchronizedMap(new TreeMap<>());
    private final List<Thread> people = new ArrayList<>();
    private volatile boolean over;

    Load(List<Member> chatbots, int targets) {
        this.chatbots = List.copyOf(chatbots);
        this.targets = targets;
    }

    void start(int count) {
        for (int i = 0; i < count; i++) {
            people.add(Thread.ofVirtual().start(this::ask));
        }
    }

    /** Asks for nothing more; answers when nobody waits any more. */
    void end() throws InterruptedException {
        over = true;
        for (Thread each : people) {
            each.join();
        }
    }

    /** How many plans have been told their end. */
    int answered() {
        return answered.get();
    }

    List<Asked> approved() {
        synchronized (approved) {
            return List.copyOf(approved);
        }
    }

    /** Why what was asked was not approved, and how often. */
    Map<String, Integer> notApproved() {
        synchronized (notApproved) {
            return Map.copyOf(notApproved);
        }
    }

    private void ask() {
        while (!over) {
            try {
                one("k" + words.incrementAndGet());
            } catch (RuntimeException e) {
                notApproved.merge(String.valueOf(e.getMessage()), 1, Integer::sum);
            }
        }
    }

    private void one(String word) {
        List<Integer> all = new ArrayList<>(IntStream.range(0, targets).boxed().toList());
        Collections.shuffle(all, ThreadLocalRandom.current());
        List<Integer> some = List.copyOf(all.subList(0, TARGETS_EACH));
        String text = "tool: bench_change word=" + word + " on "
                + some.stream().map(Site::target).collect(Collectors.joining(", "));
        String conversation = again(() -> chat().say("alice", text));
        JsonNode answer = awaited(conversation, "plan", "error");
        if (!answer.path("type").asText().equals("plan")) {
            throw new IllegalStateException("asked: " + answer.path("code").asText());
        }
        ChatApi.Answer decided = again(() -> {
            ChatApi.Answer tried = chat().decide(answer, "bob", "approve");
            if (tried.status() >= 500) {
                throw new IllegalStateException("approved: " + tried.code());
            }
            return tried;
        });
        // An approval whose answer was lost has been given before.
        if (decided.status() != 200 && !decided.code().startsWith("already_")) {
            throw new IllegalStateException("approved: " + decided.code());
        }
        approved.add(new Asked(word, conversation, some, Instant.now()));
        awaited(conversation, "result", "error");
        answered.incrementAndGet();
    }

    private JsonNode awaited(String conversation, String... types) {
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < until) {
            Optional<JsonNode> found = again(() -> chat().events(conversation, 0, 0)).stream()
                    .filter(event -> List.of(types).contains(event.path("type").asText()))
                    .findFirst();
            if (found.isPresent()) {
                return found.get();
            }
            pause();
        }
        throw new IllegalStateException("no " + String.join(" or ", types) + " within " + PATIENCE);
    }

    private static <T> T again(Supplier<T> call) {
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                return call.get();
            } catch (UncheckedIOException | IllegalStateException e) {
                if (System.nanoTime() > until) {
                    throw new IllegalStateException("no answer within " + PATIENCE, e);
                }
                pause();
            }
        }
    }

    /** The chatbot that has the store. */
    ChatApi chat() {
        return chatbots.stream()
                .filter(Member::isReady)
                .findFirst()
                .map(member -> new ChatApi("http://127.0.0.1:" + member.port()))
                .orElseThrow(() -> new IllegalStateException("no chatbot is ready"));
    }

    private static void pause() {
        try {
            Thread.sleep(250);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
