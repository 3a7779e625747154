package io.opsconductor.chat.terminal;

import io.opsconductor.chat.table.TextTable;
import io.opsconductor.plan.Problem;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Shows a conversation's events as text. */
final class Screen {
    private static final int ROWS = 20;
    private static final int WIDTH = 40;
    private static final Duration JUST_NOW = Duration.ofMinutes(1);
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm", Locale.ENGLISH);
    private static final DateTimeFormatter DAY_AND_TIME = DateTimeFormatter.ofPattern("d MMM, HH:mm", Locale.ENGLISH);

    private final PrintWriter out;
    private final Style style;
    private final boolean live;
    private final LiveOutput liveOutput;

    /**
     * @param live whether output is shown while it comes, for a person who waits; otherwise it is shown once, whole and
     *     target by target, when the plan has ended
     */
    Screen(PrintWriter out, Style style, boolean live) {
        this.out = out;
        this.style = style;
        this.live = live;
        this.liveOutput = new LiveOutput(this::print);
    }

    Style style() {
        return style;
    }

    void print(String line) {
        out.println(line);
        out.flush();
    }

    /** Shows an event; {@code own} is the id of the message that this client sent, which the person has just typed. */
    void show(ChatEvent event, String own) {
        switch (event) {
            case ChatEvent.Message message -> message(message, own);
            case ChatEvent.Plan plan -> {
                PlanBox.of(plan, style, ZoneId.systemDefault()).forEach(this::print);
                liveOutput.severalTargets(
                        plan.blastRadius() != null && plan.blastRadius().targets() > 1);
            }
            case ChatEvent.Decision decision -> decision(decision);
            case ChatEvent.Progress progress -> progress(progress);
            case ChatEvent.Result result -> result(result);
            case ChatEvent.Question question -> {
                text(question.text());
                choices(question.choices());
            }
            case ChatEvent.Failure failure -> failure(failure);
            case ChatEvent.Unknown _ -> {}
        }
    }

    private void message(ChatEvent.Message message, String own) {
        if (message.from().equals(ChatEvent.BOT)) {
            text(message.text());
            choices(message.choices());
        } else if (!own.equals(message.message())) {
            print(style.dim(Style.line(message.from()) + ": ") + Style.safe(message.text()));
        }
    }

    private void text(String text) {
        print(Style.safe(text).replace("`", ""));
    }

    private void choices(List<ChatEvent.Choice> choices) {
        for (int i = 0; i < choices.size(); i++) {
            print("  " + style.bold(i + 1 + ")") + " "
                    + Style.line(choices.get(i).label()));
        }
    }

    private void decision(ChatEvent.Decision decision) {
        String by = decision.user() == null ? "" : " by " + Style.line(decision.user());
        String why =
                decision.reason() == null || decision.reason().isEmpty() ? "" : ": " + Style.line(decision.reason());
        String what = switch (decision.decision()) {
            case "approve" -> style.good("Approved" + by + ".") + missing(decision);
            case "deny" -> style.bad("Denied" + by + why + ".") + " Nothing ran.";
            case "expired" -> style.warn("The plan expired.") + " Nothing ran.";
            case "cancelled" -> style.warn("The plan was cancelled" + by + why + ".") + " Nothing ran.";
            case "superseded" -> style.warn("The plan was replaced by a newer one" + by + why + ".");
            default -> Style.line(decision.decision()) + by + why + ".";
        };
        String when = when(decision.at());
        print(when.isEmpty() ? what : what + style.dim(when));
    }

    /** When something was decided; nothing for what is decided while the person looks on. */
    private static String when(@Nullable Instant at) {
        if (at == null || at.isAfter(Instant.now().minus(JUST_NOW))) {
            return "";
        }
        ZonedDateTime there = at.atZone(ZoneId.systemDefault());
        boolean today = there.toLocalDate().equals(LocalDate.now(ZoneId.systemDefault()));
        return " · " + (today ? TIME : DAY_AND_TIME).format(there);
    }

    private static String missing(ChatEvent.Decision decision) {
        Integer missing = decision.missing();
        if (missing == null || missing == 0) {
            return "";
        }
        if (!decision.still().isEmpty()) {
            return " " + capital(Style.line(decision.still())) + ".";
        }
        return missing == 1 ? " One more approval is needed." : " " + missing + " more approvals are needed.";
    }

    private static String capital(String text) {
        return Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }

    private void progress(ChatEvent.Progress progress) {
        if (!live) {
            return;
        }
        switch (progress.state()) {
            case "output" -> liveOutput.add(progress);
            case "finished" -> liveOutput.finish(progress);
            case "waiting" ->
                print(style.dim("… " + Style.line(progress.target().isEmpty() ? "" : progress.target() + ": ")
                        + Style.line(progress.text())));
            case "cancelling" -> print(style.warn("Cancelling…"));
            default -> print(style.dim("… " + Style.line(progress.target()) + " started"));
        }
    }

    private void result(ChatEvent.Result result) {
        boolean severalSteps = result.stepResults().stream().anyMatch(step -> step.step() > 0);
        result.readings().forEach(this::reading);
        result.stepResults().forEach(step -> stepResult(result, step, severalSteps));
        String word = result.status().equals("interrupted") ? "outcome unknown" : result.status();
        String summary = Style.line(result.summary());
        if (tells(summary, word)) {
            print(coloured(result, summary));
        } else {
            String first =
                    word.isEmpty() ? "" : word.substring(0, 1).toUpperCase(Locale.ROOT) + Style.line(word.substring(1));
            print(coloured(result, first) + (summary.isEmpty() ? "." : ": " + summary));
        }
        if (!result.next().isEmpty()) {
            print(style.dim("To go on, say one of these or its number:"));
            choices(result.next());
        }
    }

    private void reading(ChatEvent.OutputReading reading) {
        print(style.bold(Style.line(reading.sentence())));
        ChatEvent.Table table = reading.table();
        if (table == null) {
            return;
        }
        TextTable text = new TextTable(
                table.columns(),
                table.shareColumn(),
                table.rows().stream()
                        .map(row -> new TextTable.Row(row.cells(), row.share()))
                        .toList());
        List<String> lines = text.lines(ROWS, WIDTH);
        print("  " + style.dim(lines.getFirst()));
        for (int at = 1; at < lines.size(); at++) {
            String line = "  " + lines.get(at);
            print(
                    switch (table.rows().get(at - 1).level()) {
                        case "bad" -> style.bad(line);
                        case "warn" -> style.warn(line);
                        default -> line;
                    });
        }
        int more = table.rows().size() + table.more() - (lines.size() - 1);
        if (more > 0) {
            print(style.dim("  and " + more + " more; the targets' outputs have them all"));
        }
    }

    private String coloured(ChatEvent.Result result, String text) {
        return style.bold(result.status().equals("succeeded") ? style.good(text) : style.bad(text));
    }

    /** Whether a summary says by itself how it ended: "1 failed" among others does not, "disk failed on web" does. */
    private static boolean tells(String summary, String word) {
        int at = summary.indexOf(" " + word);
        return at > 0 && !Character.isDigit(summary.charAt(at - 1));
    }

    private void stepResult(ChatEvent.Result result, ChatEvent.StepResult step, boolean severalSteps) {
        print("── " + style.bold(Style.line(step.target()))
                + (severalSteps ? " · " + (step.step() + 1) + ". " + Style.line(step.tool()) : "")
                + " · " + style.status(step.status())
                + (step.exitCode() == null ? "" : " · exit " + step.exitCode())
                + (step.durationMs() > 0 ? " · " + step.durationMs() + " ms" : ""));
        if (!step.reason().isEmpty()) {
            print(Style.line(step.reason()));
        }
        if (result.execution() == null || !liveOutput.wasShown(result.execution(), step.step(), step.target())) {
            output(step.stdout());
            if (!step.stderr().isEmpty()) {
                print(style.dim("Error output:"));
                output(step.stderr());
            }
        }
        if (step.stdoutTruncated() || step.stderrTruncated()) {
            print(style.warn("The output was longer than the limit; the rest was cut off."));
        }
    }

    private void output(String text) {
        if (!text.isEmpty()) {
            print(Style.safe(text.endsWith("\n") ? text.substring(0, text.length() - 1) : text));
        }
    }

    private void failure(ChatEvent.Failure failure) {
        problem(failure.message(), failure.hint());
        if (failure.reference() != null) {
            print("Reference for the log: " + Style.line(failure.reference()));
        }
        choices(failure.choices());
    }

    /** A call that was refused. */
    void refused(Problem.Detail problem) {
        problem(problem.message(), problem.hint());
        if (!problem.choices().isEmpty()) {
            print("Choices: " + Style.line(String.join(", ", problem.choices())));
        }
        if (problem.reference() != null) {
            print("Reference for the log: " + Style.line(problem.reference()));
        }
    }

    private void problem(String message, String hint) {
        print(style.bad(Style.safe(message).replace("`", "")));
        if (!hint.isEmpty()) {
            print(Style.safe(hint).replace("`", ""));
        }
    }
}
