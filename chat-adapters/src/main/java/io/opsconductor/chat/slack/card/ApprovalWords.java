package io.opsconductor.chat.slack.card;

import io.opsconductor.brain.conversation.ChatEvent;
import io.opsconductor.plan.Preview;
import java.util.List;

/** Who may approve a plan, how many must, who has, and until when. */
final class ApprovalWords {
    private static final int PEOPLE = 10;
    private static final int SO_FAR = 5;
    private static final int NAME = 60;
    private static final int REASON = 400;

    private ApprovalWords() {}

    static Line of(ChatEvent.PlanCard plan, PlanState.Waiting waiting) {
        Preview.ApprovalRule rule = plan.approvalRule();
        Line line = new Line();
        if (!waiting.approvedBy().isEmpty()) {
            line.emoji("white_check_mark")
                    .text("Approved so far by ")
                    .people(waiting.approvedBy(), SO_FAR, "and")
                    .text(waiting.missing() > 0 ? "; " + more(waiting.missing()) + ".\n" : ".\n");
        }
        return line.add(who(plan, rule))
                .words(reason(rule.reason()))
                .text("\nExpires ")
                .when(plan.expiresAt())
                .text(".");
    }

    private static Line who(ChatEvent.PlanCard plan, Preview.ApprovalRule rule) {
        // The policy's names are no users of the workspace: they stay names.
        List<String> people =
                rule.approvers().stream().map(name -> Cut.to(name, NAME)).toList();
        if (!people.isEmpty()) {
            return rule.approvals() > 1
                    ? new Line()
                            .text(rule.approvals() + " of these people must approve: ")
                            .bold(joined(people, "and"))
                            .text(".")
                    : new Line()
                            .text("May be approved by ")
                            .bold(joined(people, "or"))
                            .text(".");
        }
        String requester = Cut.to(plan.requesterName(), NAME);
        return switch (rule.kind()) {
            case NONE -> new Line().text("No approval is needed.");
            case REQUESTER -> new Line().bold(requester).text(" may approve.");
            case SOMEONE_ELSE ->
                new Line()
                        .text(rule.approvals() > 1 ? rule.approvals() + " people other than " : "Somebody other than ")
                        .bold(requester)
                        .text(" must approve.");
        };
    }

    private static String joined(List<String> names, String joint) {
        if (names.size() > PEOPLE) {
            return String.join(", ", names.subList(0, PEOPLE)) + " " + joint + " " + (names.size() - PEOPLE) + " more";
        }
        return names.size() < 2
                ? String.join("", names)
                : String.join(", ", names.subList(0, names.size() - 1)) + " " + joint + " " + names.getLast();
    }

    private static String more(int missing) {
        return missing == 1 ? "one more is needed" : missing + " more are needed";
    }

    private static String reason(String reason) {
        if (reason.isBlank()) {
            return "";
        }
        String text = Cut.to(reason.strip(), REASON);
        int first = text.codePointAt(0);
        return " " + Character.toString(Character.toUpperCase(first)) + text.substring(Character.charCount(first))
                + (text.matches("(?s).*[.!?…]") ? "" : ".");
    }
}
