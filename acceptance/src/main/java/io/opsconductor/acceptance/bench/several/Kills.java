package io.opsconductor.acceptance.bench.several;

import com.fasterxml.jackson.databind.JsonNode;
import io.opsconductor.acceptance.bench.Figure;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;

/**
 * A chatbot, one that stands by for it, and three runners under load, of which again and again one is killed with SIGKILL. In the end
 * every approved plan must have been told its end, each command must have begun at most once, and nothing may be left open.
 */
public final class Kills {
    private static final int TARGETS = 40;
    private static final int PEOPLE = 6;
    /** Every so-manieth one stays away for longer than a lease, so that others have to take over; the rest is started again at once. */
    private static final int AWAY_EVERY = 5;

    /** Every so-manieth kill may hit one that is still starting. */
    private static final int STARTING_EVERY = 4;

    private static final Duration AWAY = Duration.ofSeconds(15);
    /** Half of the usual one: of five processes, two or three are down at any time here. */
    private static final String LEASE = "10s";

    private static final int REDIS_EVERY = 20;
    private static final int POSTGRESQL_EVERY = 50;
    private static final Duration QUIET = Duration.ofMinutes(3);

    private final Site site;
    private final Consumer<String> said;
    private final List<Member> runners = new ArrayList<>();
    private final List<Member> chatbots = new ArrayList<>();
    private final Map<Member, Long> away = new HashMap<>();
    private final List<Instant> runnerKills = new ArrayList<>();
    private final List<String> defects = new ArrayList<>();

    private Kills(Site site, Consumer<String> said) {
        this.site = site;
        this.said = said;
    }

    /**
     * Kills.
     *
     * @param home for everything that is made
     * @param kills how many, of chatbots and runners; Redis and PostgreSQL come on top
     * @param said told of what happens, and of each defect
     */
    public static List<Figure> measure(Path home, int kills, Consumer<String> said) throws IOException {
        try (Site site = Site.prepare(home.resolve("several"), TARGETS)) {
            return new Kills(site, said).measured(kills);
        }
    }

    private List<Figure> measured(int kills) throws IOException {
        List<Member> all = new ArrayList<>();
        try {
            for (int i = 1; i <= 3; i++) {
                runners.add(site.runner("r-" + i, Map.of("OPSCONDUCTOR_RUNNER_INSTANCE_LEASE", LEASE)));
            }
            try (Spreader spreader =
                    Spreader.start(runners.stream().map(Member::port).toList())) {
                chatbots.add(site.chatbot("c-1", spreader.port(), LEASE));
                runners.forEach(Member::awaitReady);
                chatbots.getFirst().awaitReady();
                chatbots.add(site.chatbot("c-2", spreader.port(), LEASE));
                all.addAll(runners);
                all.addAll(chatbots);
                return underLoad(kills, all);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        } finally {
            runners.forEach(Member::close);
            chatbots.forEach(Member::close);
        }
    }

    private List<Figure> underLoad(int kills, List<Member> all) throws IOException, InterruptedException {
        Load load = new Load(chatbots, TARGETS);
        load.start(PEOPLE);
        while (load.answered() < PEOPLE) {
            kept(all, Duration.ofMillis(100));
        }
        int redis = 0;
        int postgresql = 0;
        for (int kill = 1; kill <= kills; kill++) {
            kept(all, Duration.ofMillis(ThreadLocalRandom.current().nextLong(2_000, 6_000)));
            Member victim = victim(all, kill % STARTING_EVERY == 0);
            Instant at = Instant.now();
            victim.kill();
            if (victim.kind() == Member.Kind.RUNNER) {
                runnerKills.add(at);
            }
            boolean long_ = kill % AWAY_EVERY == 0;
            away.put(victim, System.nanoTime() + (long_ ? AWAY.toNanos() : 0));
            said.accept("%d: %s is killed%s; %d plans approved so far"
                    .formatted(
                            kill,
                            victim.name(),
                            long_ ? " for a while" : "",
                            load.approved().size()));
            if (kill % REDIS_EVERY == 0) {
                redis++;
                site.redis().stop();
                kept(all, Duration.ofSeconds(3));
                site.redis().startAgain();
            }
            if (kill % POSTGRESQL_EVERY == 0) {
                postgresql++;
                site.server().stop();
                site.server().startAgain();
            }
        }
        Thread ending = Thread.ofVirtual().start(() -> ended(load));
        while (ending.isAlive()) {
            kept(all, Duration.ofMillis(100));
        }
        List<Asked> approved = load.approved();
        said.accept("%d plans approved; not approved: %s".formatted(approved.size(), load.notApproved()));
        Map<Asked, JsonNode> results = quiet(load, approved, all);
        Aftermath aftermath = new Aftermath(site, runnerKills, defects);
        Aftermath.Told told = aftermath.compared(approved, results);
        aftermath.stores();
        aftermath.journals(all);
        defects.forEach(said);
        return List.of(
                new Figure(
                        "defects",
                        defects.size(),
                        "",
                        0.0,
                        "after %d kills of chatbots and runners, %d of Redis, %d restarts of PostgreSQL"
                                .formatted(kills, redis, postgresql)),
                new Figure("plans approved", approved.size(), "", null, "each on 6 of 40 machines"),
                new Figure("commands that began", told.began(), "", null, "each once"),
                new Figure("told as interrupted", told.interrupted(), "", null, "their outcome is unknown"),
                new Figure(
                        "told as not started, not reached or cancelled",
                        told.notStarted(),
                        "",
                        null,
                        "with the reason"),
                new Figure(
                        "from the kill to the word in the chat",
                        told.slowest(),
                        "s",
                        Aftermath.TOLD_SECONDS,
                        "the slowest of those told as interrupted; the lease is " + LEASE));
    }

    /** Any of them that does something already; or, now and then, one that may still be starting. */
    private Member victim(List<Member> all, boolean starting) throws IOException, InterruptedException {
        while (true) {
            Member one = all.get(ThreadLocalRandom.current().nextInt(all.size()));
            if (one.isAlive() && (starting || one.answers())) {
                return one;
            }
            kept(all, Duration.ofMillis(100));
        }
    }

    private static void ended(Load load) {
        try {
            load.end();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** For a while; whoever is down is started again when its time has come, as whatever supervises it does. */
    private void kept(List<Member> all, Duration time) throws IOException, InterruptedException {
        long until = System.nanoTime() + time.toNanos();
        do {
            for (Member member : all) {
                if (!member.isAlive() && System.nanoTime() >= away.getOrDefault(member, 0L)) {
                    member.startAgain();
                }
            }
            Thread.sleep(50);
        } while (System.nanoTime() < until);
    }

    /** Waits until every plan has an end in the chat; one that has none in time is a defect. */
    private Map<Asked, JsonNode> quiet(Load load, List<Asked> approved, List<Member> all)
            throws IOException, InterruptedException {
        away.clear();
        kept(all, Duration.ZERO);
        runners.forEach(Member::awaitReady);
        Map<Asked, JsonNode> results = new HashMap<>();
        long until = System.nanoTime() + QUIET.toNanos();
        while (results.size() < approved.size() && System.nanoTime() < until) {
            kept(all, Duration.ofMillis(500));
            for (Asked asked : approved) {
                if (!results.containsKey(asked)) {
                    result(load, asked).ifPresent(event -> results.put(asked, event));
                }
            }
        }
        approved.stream()
                .filter(asked -> !results.containsKey(asked))
                .forEach(
                        asked -> defects.add(asked.word() + " in " + asked.conversation() + " has no end in the chat"));
        return results;
    }

    private static Optional<JsonNode> result(Load load, Asked asked) {
        try {
            return load.chat().events(asked.conversation()).stream()
                    .filter(event -> event.path("type").asText().equals("result"))
                    .findFirst();
        } catch (RuntimeException e) {
            // No chatbot answers just now.
            return Optional.empty();
        }
    }
}
