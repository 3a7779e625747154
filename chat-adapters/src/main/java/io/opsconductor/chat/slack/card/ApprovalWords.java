package io.opsconductor.chat.slack.card;

import io.opsconductor.brain.conversation.ChatEvent;
import io.opsconductor.chat.deliver.Mentions;
import io.opsconductor.chat.deliver.PlanState;
import io.opsconductor.plan.DemandWords;
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
    private static final int STILL = 300;

    private ApprovalWords() {}

    static Line of(ChatEvent.PlanCard plan, PlanState.Waiting waiting, Mentions mentions) {
        Preview.ApprovalRule rule = plan.approvalRule();
        Line line = new Line();
        if (!waiting.approvedBy().isEmpty()) {
            line.emoji("white_check_mark")
                    .text("Approved so far by ")
                    .people(waiting.approvedBy(), SO_FAR, "and")
                    .text(more(waiting) + ".\n");
        }
        return line.add(who(plan, rule, mentions))
                .words(needsWords(rule) ? reason(rule.reason()).strip() : reason(rule.reason()))
                .add(emergency(plan))
                .add(stoppers(rule, mentions))
                .text("\nExpires ")
                .when(plan.expiresAt())
                .text(".");
    }

    private static Line emergency(ChatEvent.PlanCard plan) {
        if (!plan.actions().contains("break_glass")) {
            return new Line();
        }
        return new Line()
                .text("\nIn an emergency ")
                .bold(Cut.to(plan.requesterName(), NAME))
                .text(" may do without, and says here: ")
                .code("break glass: why it cannot wait");
    }

    /** Whoever the requester does without. */
    private static Line stoppers(Preview.ApprovalRule rule, Mentions mentions) {
        return rule.stoppers().isEmpty()
                ? new Line()
                : new Line()
                        .text("\nMay be stopped by ")
                        .people(people(rule.stoppers(), rule, mentions), PEOPLE, "or")
                        .text(".");
    }

    private static Line who(ChatEvent.PlanCard plan, Preview.ApprovalRule rule, Mentions mentions) {
        if (needsWords(rule)) {
            return demands(rule, mentions);
        }
        if (!rule.approvers().isEmpty()) {
            List<String> people = people(rule.approvers(), rule, mentions);
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

    /** Whether there is more to say than how many of one list of people. */
    private static boolean needsWords(Preview.ApprovalRule rule) {
        return rule.demands().size() > 1
                || rule.demands().stream()
                        .anyMatch(demand ->
                                demand.of().size() > 1 || !demand.steps().isEmpty());
    }

    /** A line for each demand. */
    private static Line demands(Preview.ApprovalRule rule, Mentions mentions) {
        Line line = new Line();
        for (Preview.Demand demand : rule.demands()) {
            line.text(capital(DemandWords.steps(demand.steps())));
            for (int at = 0; at < demand.of().size(); at++) {
                Preview.Quota quota = demand.of().get(at);
                line.text((at == 0 ? "" : " and ") + quota.people() + " of ");
                if (!quota.group().isEmpty()) {
                    line.bold(Cut.to(quota.group(), NAME)).text(" (");
                }
                line.people(people(quota.approvers(), rule, mentions), PEOPLE, "or")
                        .text(quota.group().isEmpty() ? "" : ")");
            }
            line.text(demand.of().size() > 1 ? " must approve; nobody counts twice.\n" : " must approve.\n");
        }
        return line;
    }

    private static String capital(String text) {
        return text.isEmpty() ? "" : Character.toUpperCase(text.charAt(0)) + text.substring(1);
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
    private static List<String> people(List<String> names, Preview.ApprovalRule rule, Mentions mentions) {
        List<String> people = new ArrayList<>();
        int called = 0;
        for (String name : names) {
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

    private static String more(PlanState.Waiting waiting) {
        if (!waiting.still().isEmpty()) {
            return "; " + Cut.to(waiting.still(), STILL);
        }
        return switch (waiting.missing()) {
            case 0 -> "";
            case 1 -> "; one more is needed";
            default -> "; " + waiting.missing() + " more are needed";
        };
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
