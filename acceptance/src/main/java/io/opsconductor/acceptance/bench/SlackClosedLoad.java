package io.opsconductor.acceptance.bench;

import io.opsconductor.acceptance.product.InSlack;
import io.opsconductor.counterpart.slack.Channel;
import io.opsconductor.counterpart.slack.Person;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * As many acknowledgements as come, on sixteen connections. The events are messages that nobody answers: the chatbot stores
 * each before it acknowledges, the framework's least app does nothing at all.
 */
final class SlackClosedLoad {
    private static final int CONNECTIONS = 16;
    private static final int WARM_UP_SECONDS = 5;
    private static final int MEASURED_SECONDS = 10;

    private final InSlack slack;
    private final Person person;
    private final Channel channel;
    private final AtomicLong events = new AtomicLong();

    SlackClosedLoad(InSlack slack, String name) {
        this.slack = slack;
        this.person = slack.person(name);
        this.channel = slack.channel(name);
    }

    private record Pace(double aSecond, long refused) {}

    List<Figure> run(Path directory) {
        Pace ours = pace(URI.create(slack.product().address() + "/slack/events"));
        double memory = ResidentMemory.of(slack.product().handle("chatbot"));
        List<Figure> figures = new ArrayList<>(List.of(
                new Figure("slack: acknowledgements, closed loop", ours.aSecond(), "/s", null, how(ours)),
                new Figure("slack: chatbot, resident memory", memory, "MB", 350.0, "after all of the above")));
        Optional<BoltForJavaScript> bolt =
                BoltForJavaScript.start(directory, slack.app().signingSecret());
        if (bolt.isPresent()) {
            try (BoltForJavaScript framework = bolt.get()) {
                Pace theirs = pace(framework.url());
                double its = ResidentMemory.of(framework.process());
                figures.add(new Figure(
                        "bolt-js: acknowledgements, closed loop", theirs.aSecond(), "/s", null, how(theirs)));
                figures.add(new Figure("bolt-js: resident memory", its, "MB", null, "an app that does nothing else"));
                figures.add(new Figure(
                        "acknowledgements a second, times bolt-js", ours.aSecond() / theirs.aSecond(), "x", null, ""));
                figures.add(new Figure("resident memory, times bolt-js", memory / its, "x", null, ""));
            }
        }
        return figures;
    }

    private static String how(Pace pace) {
        return CONNECTIONS + " connections, " + MEASURED_SECONDS + " s after " + WARM_UP_SECONDS + " s to warm up"
                + (pace.refused() == 0 ? "" : "; " + pace.refused() + " not acknowledged");
    }

    private Pace pace(URI url) {
        load(url, WARM_UP_SECONDS);
        return load(url, MEASURED_SECONDS);
    }

    private Pace load(URI url, int seconds) {
        AtomicLong acknowledged = new AtomicLong();
        AtomicLong refused = new AtomicLong();
        long begun = System.nanoTime();
        List<Thread> connections = new ArrayList<>();
        for (int i = 0; i < CONNECTIONS; i++) {
            connections.add(Thread.startVirtualThread(() -> {
                try (EventLine line = new EventLine(slack.app(), url)) {
                    while (Samples.millisSince(begun) < seconds * 1000L) {
                        (line.send(event()) == 200 ? acknowledged : refused).incrementAndGet();
                    }
                } catch (IOException e) {
                    // What it would have sent is missing from the count.
                    refused.incrementAndGet();
                }
            }));
        }
        try {
            for (Thread connection : connections) {
                connection.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while measuring", e);
        }
        return new Pace(acknowledged.get() / (Samples.millisSince(begun) / 1000), refused.get());
    }

    private String event() {
        long number = events.incrementAndGet();
        return """
                {"token":"bench","team_id":"%1$s","api_app_id":"%2$s","event":{"type":"message","user":"%3$s",\
                "text":"nothing to see here","channel":"%4$s","channel_type":"channel","ts":"1700000000.%5$06d",\
                "event_ts":"1700000000.%5$06d","team":"%1$s"},"type":"event_callback","event_id":"EvBENCH%5$d",\
                "event_time":1700000000,"authorizations":[{"enterprise_id":null,"team_id":"%1$s","user_id":"%6$s",\
                "is_bot":true,"is_enterprise_install":false}],"is_ext_shared_channel":false}""".formatted(
                        slack.workspace().id(),
                        slack.app().id(),
                        person.id(),
                        channel.id(),
                        number,
                        slack.bot().bot().id());
    }
}
