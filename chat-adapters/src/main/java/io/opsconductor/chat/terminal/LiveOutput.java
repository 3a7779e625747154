package io.opsconductor.chat.terminal;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** Output while it comes, in whole lines, each with its target's name when there is more than one. */
final class LiveOutput {
    private static final int MAX_PENDING = 64_000;

    private final Consumer<String> printLine;
    private final Map<String, StringBuilder> pending = new LinkedHashMap<>();
    private final Set<String> shown = new HashSet<>();
    private boolean severalTargets;

    LiveOutput(Consumer<String> printLine) {
        this.printLine = printLine;
    }

    /** A plan is about to run: whether its lines need their targets' names. */
    void severalTargets(boolean several) {
        severalTargets = several;
    }

    void add(ChatEvent.Progress output) {
        String where = key(output.execution(), output.step(), output.target());
        shown.add(where);
        StringBuilder text = pending.computeIfAbsent(where + "/" + output.stream(), _ -> new StringBuilder());
        text.append(output.text());
        int end = text.lastIndexOf("\n");
        if (end < 0 && text.length() > MAX_PENDING) {
            end = text.length();
        }
        if (end >= 0) {
            print(output.target(), text.substring(0, end));
            text.delete(0, Math.min(text.length(), end + 1));
        }
    }

    /** A target is done: what is left of its last lines. */
    void finish(ChatEvent.Progress finished) {
        String where = key(finished.execution(), finished.step(), finished.target()) + "/";
        pending.forEach((key, text) -> {
            if (key.startsWith(where) && !text.isEmpty()) {
                print(finished.target(), text.toString());
                text.setLength(0);
            }
        });
    }

    /** Whether a target's output was already shown while it ran. */
    boolean wasShown(String execution, int step, String target) {
        return shown.contains(key(execution, step, target));
    }

    private void print(String target, String text) {
        String prefix = severalTargets ? Style.line(target) + " | " : "";
        for (String line : Style.safe(text).split("\n", -1)) {
            printLine.accept(prefix + line);
        }
    }

    private static String key(String execution, int step, String target) {
        return execution + "/" + step + "/" + target;
    }
}
