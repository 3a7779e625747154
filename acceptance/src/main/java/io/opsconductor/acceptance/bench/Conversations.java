package io.opsconductor.acceptance.bench;

import com.fasterxml.jackson.databind.JsonNode;
import io.opsconductor.acceptance.product.ChatApi;
import io.opsconductor.acceptance.product.Command;
import io.opsconductor.acceptance.product.Installation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Message to card, approve to first output beside OpenSSH's ControlMaster, and memory after 100 conversations. */
final class Conversations {
    private static final int CONVERSATIONS = 100;
    private static final int REQUESTS = 6;
    private static final int MEASURED = 100;
    private static final int WARM_UP = CONVERSATIONS * REQUESTS - MEASURED;
    private static final String REQUEST = "check disk space on web-server-01";

    private Conversations() {}

    static List<Figure> measure(Path home) {
        Times times = new Times(new ArrayList<>(), new ArrayList<>());
        try (Installation product = Installation.start(home)) {
            String command = "";
            for (int i = 0; i < CONVERSATIONS; i++) {
                command = converse(product.chat(), times);
            }
            List<Double> toCard = times.toCard().subList(WARM_UP, times.toCard().size());
            List<Double> toOutput =
                    times.toOutput().subList(WARM_UP, times.toOutput().size());
            List<Double> controlMaster = controlMaster(home, command);
            return List.of(
                    new Figure(
                            "message to plan card",
                            Samples.median(toCard),
                            "ms",
                            100.0,
                            "median of %d after %d to warm up, p95 %.1f"
                                    .formatted(MEASURED, WARM_UP, Samples.at(toCard, 0.95))),
                    new Figure(
                            "approve to first output, above ssh ControlMaster",
                            Samples.median(toOutput) - Samples.median(controlMaster),
                            "ms",
                            20.0,
                            "median %.1f (p95 %.1f) against %.1f for ssh"
                                    .formatted(
                                            Samples.median(toOutput),
                                            Samples.at(toOutput, 0.95),
                                            Samples.median(controlMaster))),
                    memory(product, "chatbot", 350),
                    memory(product, "runner", 250));
        }
    }

    private record Times(List<Double> toCard, List<Double> toOutput) {}

    /** One conversation, followed as the page follows it: by a stream that stays open. Answers the command that ran. */
    private static String converse(ChatApi chat, Times times) {
        String command = "";
        long asked = System.nanoTime();
        String conversation = chat.say("alice", REQUEST);
        try (ChatApi.Events events = chat.follow(conversation, 0)) {
            for (int request = 0; request < REQUESTS; request++) {
                if (request > 0) {
                    asked = System.nanoTime();
                    chat.say(conversation, "alice", REQUEST);
                }
                JsonNode plan = events.next("plan");
                times.toCard().add(Samples.millisSince(asked));
                command = plan.at("/steps/0/command").asText();
                long approved = System.nanoTime();
                chat.approve(plan, "alice");
                events.next(Conversations::isOutput);
                times.toOutput().add(Samples.millisSince(approved));
                events.next("result");
            }
        }
        return command;
    }

    private static boolean isOutput(JsonNode event) {
        return event.get("type").asText().equals("progress")
                && event.path("state").asText().equals("output");
    }

    /** The same command through a warm ControlMaster connection to the same server, whole ssh call each. */
    private static List<Double> controlMaster(Path home, String command) {
        Path demo = home.resolve("demo");
        List<String> ssh = new ArrayList<>(List.of(
                "ssh",
                "-F",
                "none",
                "-o",
                "BatchMode=yes",
                "-o",
                "UserKnownHostsFile=" + demo.resolve("known_hosts"),
                "-o",
                "ControlMaster=auto",
                "-o",
                "ControlPersist=60",
                "-o",
                "ControlPath=" + home.resolve("cm"),
                "-i",
                demo.resolve("id_ed25519").toString(),
                "-p",
                demoPort(demo),
                "demo@127.0.0.1",
                command));
        List<Double> samples = new ArrayList<>();
        for (int i = 0; i < WARM_UP + MEASURED; i++) {
            long start = System.nanoTime();
            Command run = Command.run(home, Map.of(), Duration.ofSeconds(30), ssh);
            if (run.exitCode() != 0) {
                throw new IllegalStateException("ssh ended with " + run.exitCode() + ": " + run.output());
            }
            if (i >= WARM_UP) {
                samples.add(Samples.millisSince(start));
            }
        }
        return samples;
    }

    /** Port of web-server-01, which is the first target of the demo's inventory. */
    private static String demoPort(Path demo) {
        try {
            return Files.readString(demo.resolve("inventory.yaml"))
                    .transform(yaml -> yaml.substring(yaml.indexOf("port:") + "port:".length()))
                    .strip()
                    .split("[^0-9]", 2)[0];
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Figure memory(Installation product, String process, double goal) {
        return new Figure(
                process + ", resident memory",
                ResidentMemory.of(product.handle(process)),
                "MB",
                goal,
                "after " + CONVERSATIONS + " conversations of " + REQUESTS + " requests");
    }
}
