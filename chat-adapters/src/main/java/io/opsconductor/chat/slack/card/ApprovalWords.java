package io.opsconductor.chat.slack.card;

import io.opsconductor.brain.conversation.ChatEvent;
import io.opsconductor.plan.Preview;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Who may approve a plan, how many must, who has, and until when. */
public final class ApprovalWords {
    private static final int PEOPLE = 10;
    /** A mention calls the person when the card is posted, and no more when it is changed; so many are called at most. */
    private static final int CALLED = 5;

    private static final int SO_FAR = 5;
    private static final int NAME = 60;
    private static final int REASON = 400;

    private ApprovalWords() {}

    static Line of(ChatEvent.PlanCard plan, PlanState.Waiting waiting, Mentions mentions) {
        Preview.ApprovalRule rule = plan.approvalRule();
        Line line = new Line();
        if (!waiting.approvedBy().isEmpty()) {
            line.emoji("white_check_mark")
                    .text("Approved so far by ")
                    .people(waiting.approvedBy(), SO_FAR, "and")
                    .text(waiting.missing() > 0 ? "; " + more(waiting.missing()) + ".\n" : ".\n");
        }
        return line.add(who(plan, rule, mentions))
                .words(reason(rule.reason()))
                .text("\nExpires ")
                .when(plan.expiresAt())
                .text(".");
    }

    private static Line who(ChatEvent.PlanCard plan, Preview.ApprovalRule rule, Mentions mentions) {
        if (!rule.approvers().isEmpty()) {
            List<String> people = people(rule, mentions);
            return rule.approvals() > 1
                    ? new Line()
                            .text(rule.approvals() + " of these people must approve: ")
                            .people(people, PEOPLE, "and")
                            .text(".")
                    : new Line()
                            .text("May be approved by ")
                            .people(people, PEOPLE, "or")
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

    /** Whether the card mentions this identity in a workspace, and does not only name the person. */
    public static boolean calls(Preview.ApprovalRule rule, String team, String identity) {
        int called = 0;
        for (String name : rule.approvers()) {
            Optional<String> mention = rule.identities().getOrDefault(name, List.of()).stream()
                    .filter(own -> own.startsWith("slack:" + team + "/"))
                    .findFirst();
            if (mention.isPresent() && called++ < CALLED && mention.get().equals(identity)) {
                return true;
            }
        }
        return false;
    }

    /** The policy's names, and mentions of the first who are users of the workspace. */
    private static List<String> people(Preview.ApprovalRule rule, Mentions mentions) {
        List<String> people = new ArrayList<>();
        int called = 0;
        for (String name : rule.approvers()) {
            Optional<String> mention = called < CALLED
                    ? rule.identities().getOrDefault(name, List.of()).stream()
                            .map(mentions::of)
                            .filter(Line::isMention)
                            .findFirst()
                    : Optional.empty();
            called += mention.isPresent() ? 1 : 0;
            people.add(mention.orElseGet(() -> Mrkdwn.escape(Cut.to(name, NAME))));
        }
        return people;
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
