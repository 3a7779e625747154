package io.opsconductor.counterpart.slack;

import java.util.List;
import java.util.concurrent.CountDownLatch;

/** Starts the counterpart by hand: {@code --port N}, or a free port. Ends with the process. */
public final class SlackMain {
    private SlackMain() {}

    public static void main(String[] args) throws InterruptedException {
        List<String> words = List.of(args);
        int at = words.indexOf("--port");
        boolean understood =
                words.isEmpty() || (words.size() == 2 && at == 0 && words.get(1).matches("\\d{1,5}"));
        if (!understood) {
            System.err.println("usage: SlackMain [--port N]");
            System.exit(2);
        }
        try (SlackCounterpart slack = SlackCounterpart.start(at < 0 ? 0 : Integer.parseInt(words.get(1)))) {
            System.out.println("api " + slack.apiUrl());
            System.out.println("authorize " + slack.authorizeUrl());
            System.out.println("control " + slack.url().resolve("/control/"));
            new CountDownLatch(1).await();
        }
    }
}
