package io.opsconductor.acceptance.bench;

import io.opsconductor.acceptance.product.ChatApi;
import io.opsconductor.acceptance.product.InSlack;
import io.opsconductor.counterpart.slack.Answer;
import io.opsconductor.counterpart.slack.Channel;
import io.opsconductor.counterpart.slack.Delivery;
import io.opsconductor.counterpart.slack.Person;
import io.opsconductor.counterpart.slack.PostedMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/**
 * Mentions at a fixed pace, sent whether or not earlier ones are acknowledged. Each makes a plan, so the brain, the runner and
 * what is told to Slack are busy all the while; this process, which is Slack and its people, shares the machine with them.
 */
final class SlackOpenLoad {
    private static final int A_SECOND = 200;

    /** The chatbot keeps to one message a second in a channel, as Slack asks; fewer channels would measure that. */
    private static final int CHANNELS = 400;

    private static final int WARM_UP_SECONDS = 60;
    private static final int WARM_UP_A_SECOND = 40;
    private static final double GOAL_MILLIS = 50;
    private static final Duration LONGEST_DRAIN = Duration.ofMinutes(8);
    private static final Duration LOOK_EVERY = Duration.ofMillis(250);
    private static final List<String> REQUESTS = List.of(
            "check disk space on web-server-01",
            "uptime on all web servers",
            "restart nginx on web-server-02, then check its status",
            "show the last 20 lines of /var/log/syslog on db-server-01");

    private final InSlack slack;
    private final ChatApi chatbot;
    private final List<Person> people;
    private final List<Channel> channels = new ArrayList<>();
    private final List<PostedMessage> asked = new ArrayList<>();

    SlackOpenLoad(InSlack slack, List<String> names) {
        this.slack = slack;
        this.chatbot = slack.product().chat();
        this.people = names.stream().map(slack::person).toList();
        // Slack sends a mention twice, as message and as mention; each event here shall be one that makes a plan.
        slack.app().subscribedTo("app_mention");
        for (int i = 0; i < CHANNELS; i++) {
            channels.add(slack.channel(names.toArray(String[]::new)));
        }
    }

    List<Figure> run(int seconds) {
        say(WARM_UP_A_SECOND, WARM_UP_SECONDS);
        drain();
        int before = slack.slack().deliveries().all().size();
        long plansBefore = plans();
        asked.clear();

        double latest = say(A_SECOND, seconds);
        long spoken = System.nanoTime();
        long plansMeanwhile = plans() - plansBefore;
        double drained = drain() ? Samples.millisSince(spoken) / 1000 : Double.NaN;

        List<Delivery> deliveries = slack.slack().deliveries().all();
        return figures(deliveries.subList(before, deliveries.size()), seconds, latest, plansMeanwhile, drained);
    }

    /** Says so much, and answers by how many milliseconds it was late at most. */
    private double say(int aSecond, int seconds) {
        String mention = slack.bot().bot().mention() + " ";
        long start = System.nanoTime();
        long gap = Duration.ofSeconds(1).toNanos() / aSecond;
        double latest = 0;
        for (int i = 0; i < aSecond * seconds; i++) {
            long due = start + i * gap;
            while (System.nanoTime() < due) {
                LockSupport.parkNanos(due - System.nanoTime());
            }
            latest = Math.max(latest, Samples.millisSince(due));
            Channel channel = channels.get(i % CHANNELS);
            asked.add(people.get(i % people.size()).says(channel, mention + REQUESTS.get(i % REQUESTS.size())));
        }
        return latest;
    }

    /** Waits until everything that was asked has an answer; false when that takes too long. */
    private boolean drain() {
        long begun = System.nanoTime();
        while (Samples.millisSince(begun) < LONGEST_DRAIN.toMillis()) {
            long unsent = slack.slack().deliveries().all().stream()
                    .filter(delivery -> !delivery.finished())
                    .count();
            if (unsent == 0 && answers() >= said()) {
                return true;
            }
            LockSupport.parkNanos(LOOK_EVERY.toNanos());
        }
        return false;
    }

    private long said() {
        return slack.slack().deliveries().all().size();
    }

    private long answers() {
        return channels.stream()
                .flatMap(channel -> channel.messages().stream())
                .filter(message -> message.author() == slack.bot().bot())
                .count();
    }

    private long plans() {
        return SlackEvents.counter(chatbot, "opsconductor_plans_generated_total");
    }

    private List<Figure> figures(
            List<Delivery> deliveries, int seconds, double latest, long plansMeanwhile, double drained) {
        List<Double> took = deliveries.stream()
                .flatMap(delivery -> delivery.attempts().stream())
                .filter(Answer::acknowledged)
                .map(answer -> answer.took().toNanos() / 1e6)
                .toList();
        Map<String, Integer> answersByThread = answersByThread();
        List<String> acknowledged = deliveries.stream()
                .filter(Delivery::acknowledged)
                .map(delivery -> delivery.payload().at("/event/ts").asText())
                .toList();
        long lost = acknowledged.stream()
                .filter(ts -> !answersByThread.containsKey(ts))
                .count();
        long doubled =
                answersByThread.values().stream().filter(count -> count > 1).count();
        String how = "%d events in %d s, sent at most %.0f ms late; meanwhile %d plans"
                .formatted(deliveries.size(), seconds, latest, plansMeanwhile);
        List<Figure> figures = new ArrayList<>();
        if (!took.isEmpty()) {
            figures.add(
                    new Figure("slack: acknowledgement at 200 events/s, p50", Samples.median(took), "ms", null, how));
            figures.add(new Figure(
                    "slack: acknowledgement at 200 events/s, p99", Samples.at(took, 0.99), "ms", GOAL_MILLIS, ""));
            figures.add(new Figure("slack: acknowledgement at 200 events/s, max", Samples.at(took, 1), "ms", null, ""));
        }
        figures.add(new Figure(
                "slack: events not acknowledged",
                deliveries.size() - acknowledged.size(),
                "",
                0.0,
                "within 3 s, sent once"));
        figures.add(new Figure(
                "slack: events acknowledged and lost",
                lost,
                "",
                0.0,
                Double.isNaN(drained)
                        ? "not answered %s after the last one".formatted(LONGEST_DRAIN)
                        : "all were answered %.1f s after the last one".formatted(drained)));
        figures.add(new Figure("slack: events processed twice", doubled, "", 0.0, "threads with more than one answer"));
        return figures;
    }

    private Map<String, Integer> answersByThread() {
        Map<String, Integer> answers = new HashMap<>();
        channels.stream()
                .flatMap(channel -> channel.messages().stream())
                .filter(message -> message.author() == slack.bot().bot())
                .forEach(message -> answers.merge(message.rootTs(), 1, Integer::sum));
        answers.keySet().retainAll(asked.stream().map(PostedMessage::ts).collect(Collectors.toSet()));
        return answers;
    }
}
