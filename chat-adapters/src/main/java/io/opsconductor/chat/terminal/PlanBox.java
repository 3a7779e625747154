package io.opsconductor.chat.terminal;

import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A plan as lines of text. The box is open to the right, so that a command of any length stands whole and can be
 * copied; each of its lines begins with the box's edge, so that no command can draw the end of the box.
 */
final class PlanBox {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");

    private final Style style;
    private final List<String> lines = new ArrayList<>();

    private PlanBox(Style style) {
        this.style = style;
    }

    static List<String> of(ChatEvent.Plan plan, Style style, ZoneId zone) {
        PlanBox box = new PlanBox(style);
        box.lines.add("╭─ " + style.bold(Style.line(plan.summary().replace("`", ""))));
        box.inside(style.effect(plan.effect()) + words(plan.effect()) + radius(plan) + " · asked by "
                + Style.line(plan.requesterName()));
        if (!plan.breakGlass().isEmpty()) {
            box.inside(
                    style.bad("BREAK GLASS: nobody else approves this. The reason: " + Style.line(plan.breakGlass())));
        }
        if (!plan.note().isEmpty()) {
            box.inside(style.dim(Style.line(plan.note())));
        }
        if (!plan.how().isEmpty()) {
            box.inside(Style.line(plan.how()));
        }
        for (int i = 0; i < plan.steps().size(); i++) {
            box.step(plan.steps().get(i), plan.steps().size() > 1 ? i + 1 + ". " : "");
        }
        box.inside("");
        box.inside(rule(plan));
        if (plan.actions().contains("break_glass")) {
            box.inside(style.dim("In an emergency " + Style.line(plan.requesterName())
                    + " may do without: break glass: <why it cannot wait>"));
        }
        if (plan.needsApproval() && plan.expiresAt() != null) {
            box.inside("Expires at " + TIME.format(plan.expiresAt().atZone(zone)) + ".");
        }
        if (!plan.code().isEmpty() && plan.needsApproval()) {
            box.inside(style.bad("Cannot be undone: whoever approves it types " + Style.line(plan.code()) + "."));
        }
        for (int at = 0; at < plan.instead().size(); at++) {
            String number = plan.needsApproval() ? style.bold(at + 1 + ")") + " " : "";
            box.inside((at == 0 ? "Not this? " : "          ")
                    + number
                    + Style.line(plan.instead().get(at).reply()));
        }
        box.lines.add("╰─ " + style.dim(Style.line(plan.digest())));
        return box.lines;
    }

    private void inside(String text) {
        lines.add(text.isEmpty() ? "│" : "│ " + text);
    }

    private void step(ChatEvent.Step step, String number) {
        commands(step).forEach((command, targets) -> {
            inside("");
            inside(number + style.bold(Style.line(step.tool())) + " on " + String.join(", ", targets));
            Style.safe(command).lines().forEach(line -> inside("    " + line));
        });
        if (!step.how().isEmpty()) {
            inside("  " + style.bold(Style.line(step.how())));
        }
    }

    /** Each different command with the targets it runs on, in the plan's order. */
    private static Map<String, List<String>> commands(ChatEvent.Step step) {
        Map<String, List<String>> byCommand = new LinkedHashMap<>();
        for (ChatEvent.Command command : step.commands()) {
            String environment = command.environment().isEmpty() ? "" : " (" + command.environment() + ")";
            String account = command.account().isEmpty() ? "" : " as " + command.account();
            byCommand
                    .computeIfAbsent(command.command(), _ -> new ArrayList<>())
                    .add(Style.line(command.target() + environment + account));
        }
        if (byCommand.isEmpty()) {
            byCommand.put(
                    step.command(), step.targets().stream().map(Style::line).toList());
        }
        return byCommand;
    }

    private static String words(String effect) {
        return switch (effect) {
            case "read" -> " only looks, changes nothing · ";
            case "change" -> " changes something · ";
            case "destroy" -> " cannot be undone · ";
            default -> " · ";
        };
    }

    private static String radius(ChatEvent.Plan plan) {
        ChatEvent.BlastRadius radius = plan.blastRadius();
        if (radius == null) {
            return "unknown targets";
        }
        if (radius.targets() == 0) {
            return "runs on the runner";
        }
        String places = new TreeMap<>(radius.environments())
                .entrySet().stream()
                        .filter(entry -> !entry.getKey().isEmpty())
                        .map(entry -> entry.getValue() + " in " + Style.line(entry.getKey()))
                        .collect(Collectors.joining(", "));
        return radius.targets()
                + (radius.targets() == 1 ? " target" : " targets")
                + (places.isEmpty() ? "" : " (" + places + ")");
    }

    private static String rule(ChatEvent.Plan plan) {
        ChatEvent.Rule rule = plan.approvalRule();
        if (!plan.needsApproval()) {
            return "No approval needed." + reason(rule);
        }
        if (rule == null || plan.needs().isEmpty()) {
            return "It waits for approval." + reason(rule);
        }
        return Style.line(String.join(" ", plan.needs())) + reason(rule);
    }

    private static String reason(ChatEvent.@Nullable Rule rule) {
        if (rule == null || rule.reason().isEmpty()) {
            return "";
        }
        String reason = Style.line(rule.reason());
        return " " + Character.toUpperCase(reason.charAt(0)) + reason.substring(1) + (reason.endsWith(".") ? "" : ".");
    }
}
