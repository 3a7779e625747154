package io.opsconductor.chat.deliver;

import io.opsconductor.brain.conversation.ChatEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How far one execution is, for the message that is changed while it runs. One thread at a time. */
public final class LiveProgress {
    private static final int TAIL_CHARACTERS = 1_000;

    private record Run(int step, String target) {}

    private final String execution;
    private final String summary;
    private final Instant began;
    private final Map<Run, Progress.TargetRun> runs = new LinkedHashMap<>();
    private String waiting = "";
    private boolean changed = true;
    /** Nanoseconds; 0 when it was never shown by this process. */
    private long shownAt;

    LiveProgress(String execution, ChatEvent.PlanCard plan, Instant began) {
        this.execution = execution;
        this.summary = plan.summary();
        this.began = began;
        List<ChatEvent.CardStep> steps = plan.steps();
        for (int step = 0; step < steps.size(); step++) {
            for (String target : steps.get(step).targets()) {
                runs.put(
                        new Run(step, target),
                        new Progress.TargetRun(step, steps.get(step).tool(), target, false, null, null, 0, ""));
            }
        }
    }

    public String execution() {
        return execution;
    }

    void add(ChatEvent.Progress event) {
        changed = true;
        if (event.state().equals("waiting")) {
            waiting = (event.target().isEmpty() ? "" : event.target() + ": ") + event.text();
            return;
        }
        waiting = "";
        Run run = new Run(event.step(), event.target());
        Progress.TargetRun before = runs.getOrDefault(
                run, new Progress.TargetRun(event.step(), event.tool(), event.target(), false, null, null, 0, ""));
        runs.put(run, after(before, event));
    }

    private static Progress.TargetRun after(Progress.TargetRun before, ChatEvent.Progress event) {
        Long took = event.durationMs();
        String text = event.text() == null ? "" : event.text();
        return new Progress.TargetRun(
                before.step(),
                before.tool(),
                before.target(),
                true,
                event.status() == null ? before.status() : event.status(),
                event.exitCode() == null ? before.exitCode() : event.exitCode(),
                took == null ? before.durationMs() : took,
                tail(before.tail() + text));
    }

    private static String tail(String text) {
        if (text.length() <= TAIL_CHARACTERS) {
            return text;
        }
        String end = text.substring(text.length() - TAIL_CHARACTERS);
        // A whole line at the beginning, when there is one.
        return end.substring(end.indexOf('\n') + 1);
    }

    /** How long until it should be shown; zero for now. */
    Duration due(Tempo tempo, Instant now) {
        if (shownAt == 0) {
            Duration left = tempo.firstProgress().minus(Duration.between(began, now));
            return left.isNegative() ? Duration.ZERO : left;
        }
        Duration gap = changed ? tempo.progressGap() : tempo.heartbeat();
        long left = gap.toNanos() - (System.nanoTime() - shownAt);
        return left <= 0 ? Duration.ZERO : Duration.ofNanos(left);
    }

    void shown() {
        shownAt = System.nanoTime();
        changed = false;
    }

    public Progress progress(Instant now) {
        long seconds = Math.max(0, Duration.between(began, now).toSeconds());
        return new Progress(execution, summary, seconds, List.copyOf(runs.values()), waiting);
    }
}
