package io.opsconductor.chat.teams.card;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.opsconductor.brain.conversation.ChatEvent;
import io.opsconductor.chat.act.Act;
import io.opsconductor.chat.card.Amounts;
import io.opsconductor.chat.card.Destroyed;
import io.opsconductor.chat.card.Digests;
import io.opsconductor.chat.card.EffectWords;
import io.opsconductor.chat.card.Offers;
import io.opsconductor.chat.card.Outcomes;
import io.opsconductor.chat.deliver.PlanState;
import io.opsconductor.json.Json;
import io.opsconductor.plan.Preview;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A plan as a card. From top to bottom: what it does to its targets, how it stands, what was asked and by whom, every
 * command, who may approve, the buttons, and the digest that an approval is about.
 */
public final class PlanCards {
    /** The verb by which Teams asks for somebody's own view. */
    public static final String REFRESH = "refresh";

    /** What is entered on the card: why not, and the code of what cannot be undone. */
    public static final String REASON_FIELD = "reason";

    public static final String CODE = "code";

    private static final int SUMMARY = 500;
    private static final int NOTE = 600;
    private static final int REASON = 600;
    private static final int NAMES = 20;
    private static final int NAME = 60;
    private static final int DESTROYED = 600;
    private static final int NEEDS = 12;

    private PlanCards() {}

    public static PlanPost of(ChatEvent.PlanCard plan, PlanState state, Viewer viewer, Cast cast) {
        Commands commands = Commands.of(plan);
        EffectWords effect = EffectWords.of(plan.effect());
        String summary = effect.word() + ": " + shortened(plan.summary(), SUMMARY) + " · " + standing(state);
        return new PlanPost(
                new TeamsMessage(summary, card(plan, state, viewer, cast, commands.card())), commands.pages());
    }

    private static ObjectNode card(
            ChatEvent.PlanCard plan, PlanState state, Viewer viewer, Cast cast, List<ObjectNode> commands) {
        EffectWords effect = EffectWords.of(plan.effect());
        Card card = new Card();
        card.add(new Line()
                .bold(Signs.of(plan.effect()) + " " + effect.word() + " " + where(plan.blastRadius())
                        + effect.warning())
                .element());
        card.add(new Line()
                .bold(sign(state) + " " + standing(state))
                .text(details(state))
                .element());
        card.add(new Line().bold(shortened(plan.summary(), SUMMARY)).element());
        card.add(new Line()
                .subtle("Asked by " + cast.requester() + " · " + radius(plan.blastRadius()))
                .tight());
        String breakGlass = plan.breakGlass();
        if (breakGlass != null) {
            card.add(new Line()
                    .bold("🚨 Break glass")
                    .text(": nobody else approves this. The reason: ")
                    .bold(shortened(breakGlass, NOTE))
                    .element());
        }
        small(card, plan.note());
        small(card, plan.how());
        card.add(commands);
        if (state instanceof PlanState.Waiting waiting) {
            String code = plan.code();
            if (code != null) {
                card.add(destroyed(plan, code).element().put("spacing", "Medium"));
            }
            card.add(approval(plan, waiting));
            card.mention("For ", cast.called());
        }
        card.add(buttons(plan, state, viewer, cast.forms()).rows());
        if (Offers.are(plan, state)) {
            card.add(new Line().subtle(Offers.TITLE).tight());
            card.add(new Buttons().choices(plan.instead()).rows());
        }
        boolean waits = state instanceof PlanState.Waiting;
        card.add(new Line()
                .subtle("Plan " + Digests.shortForm(plan.digest())
                        + (waits
                                ? ". The runner renders these commands again, and runs nothing if one byte is different."
                                : ""))
                .element());
        ObjectNode json = card.json();
        if (waits && !cast.viewers().isEmpty()) {
            refresh(json, plan, cast);
        }
        return json;
    }

    private static void refresh(ObjectNode json, ChatEvent.PlanCard plan, Cast cast) {
        ObjectNode refresh = json.putObject("refresh");
        ObjectNode data = Json.mapper().createObjectNode().put("approval", plan.approval());
        refresh.putObject("action")
                .put("type", "Action.Execute")
                .put("title", "Refresh")
                .put("verb", REFRESH)
                .set("data", data);
        cast.viewers().forEach(refresh.putArray("userIds")::add);
    }

    /**
     * A plan's card for somebody whose approval did not count, because what would run is not what was shown any more.
     *
     * @param why in words
     */
    public static ObjectNode changed(TeamsMessage plan, String why, String approval) {
        ObjectNode card = plan.card().deepCopy();
        ArrayNode body = card.withArray("body");
        body.insert(0, new Line().bold("🔄 " + why).element());
        fresh(approval).rows().forEach(body::add);
        return card;
    }

    /** The button that shows a plan as it would run now. */
    static Buttons fresh(String approval) {
        return new Buttons().execute("Show it as it is now", new Act.Fresh(approval), "positive");
    }

    private static void small(Card card, @org.jspecify.annotations.Nullable String text) {
        if (text != null && !text.isBlank()) {
            card.add(new Line().subtle(shortened(text, NOTE)).tight());
        }
    }

    /** Each target by its full name, as far as a card holds them; the form has all of them. */
    private static Line destroyed(ChatEvent.PlanCard plan, String code) {
        return new Line()
                .text("⚠ Cannot be undone on ")
                .bold(shortened(names(Destroyed.by(plan)), DESTROYED))
                .text(". Whoever approves types ")
                .code(code)
                .text(".");
    }

    /** A line for each demand, what is still missing, why, and until when. */
    private static List<ObjectNode> approval(ChatEvent.PlanCard plan, PlanState.Waiting waiting) {
        List<ObjectNode> lines = new ArrayList<>();
        if (!waiting.approvedBy().isEmpty()) {
            String still = waiting.still().isBlank() ? "" : " " + sentence(shortened(waiting.still(), REASON));
            lines.add(new Line()
                    .text("✅ Approved so far by " + names(waiting.approvedBy()) + "." + still)
                    .element());
        }
        plan.needs().stream()
                .limit(NEEDS)
                .forEach(need ->
                        lines.add(new Line().text(shortened(need, REASON)).element()));
        String reason = plan.approvalRule().reason();
        lines.add(new Line()
                .text((reason.isBlank() ? "" : sentence(shortened(reason.strip(), REASON)) + " ") + "Expires "
                        + utc(plan.expiresAt()) + ".")
                .tight());
        if (plan.actions().contains("break_glass")) {
            lines.add(new Line()
                    .text("In an emergency ")
                    .bold(shortened(plan.requesterName(), NAME))
                    .text(" may do without, and says here: ")
                    .code("break glass: why it cannot wait")
                    .tight());
        }
        return lines;
    }

    private static Buttons buttons(ChatEvent.PlanCard plan, PlanState state, Viewer viewer, boolean forms) {
        Buttons buttons = new Buttons();
        switch (state) {
            case PlanState.Waiting _ -> decisions(plan, viewer, forms, buttons);
            case PlanState.Running running -> {
                if (!running.execution().isEmpty()) {
                    buttons.execute("Cancel", new Act.Cancel(running.execution()), "destructive");
                }
            }
            case PlanState.Finished _,
                    PlanState.Denied _,
                    PlanState.Expired _,
                    PlanState.Withdrawn _,
                    PlanState.Superseded _ -> {}
        }
        return buttons;
    }

    private static void decisions(ChatEvent.PlanCard plan, Viewer viewer, boolean forms, Buttons buttons) {
        boolean own = viewer == Viewer.REQUESTER || viewer == Viewer.ANYBODY;
        boolean decides = switch (viewer) {
            case REQUESTER -> plan.approvalRule().kind() == Preview.ApprovalKind.REQUESTER;
            case APPROVER, ANYBODY -> true;
            case ONLOOKER -> false;
        };
        if (decides && plan.actions().contains("approve")) {
            Act.Approve approve = new Act.Approve(plan.approval(), plan.digest());
            if (plan.code() == null) {
                buttons.execute("Approve", approve, "positive");
            } else if (forms) {
                buttons.form("Approve", approve, "positive");
            } else {
                buttons.asking("Approve", approve, "positive", CODE, "Its code");
            }
        }
        if (decides && plan.actions().contains("deny")) {
            Act.Deny deny = new Act.Deny(plan.approval(), plan.digest());
            if (forms) {
                buttons.form("Deny", deny, "destructive");
            } else {
                buttons.asking("Deny", deny, "destructive", REASON_FIELD, Forms.WHY_NOT);
            }
        }
        if (plan.actions().contains("dry_run")) {
            buttons.execute("Dry run", new Act.DryRun(plan.approval()), "default");
        }
        if (own && forms && plan.actions().contains("edit")) {
            buttons.form("Edit", new Act.Edit(plan.approval(), plan.digest()), "default");
        }
        if (own && forms && plan.actions().contains("break_glass")) {
            buttons.form("Break glass", new Act.BreakGlass(plan.approval()), "default");
        }
        if (own && plan.actions().contains("withdraw")) {
            buttons.execute("Withdraw", new Act.Withdraw(plan.approval()), "default");
        }
    }

    private static String sign(PlanState state) {
        return switch (state) {
            case PlanState.Waiting _ -> "⏳";
            case PlanState.Running _ -> "▶";
            case PlanState.Finished finished -> Signs.of(finished.status());
            case PlanState.Denied _ -> "⛔";
            case PlanState.Expired _ -> "⌛";
            case PlanState.Withdrawn _ -> "↩";
            case PlanState.Superseded _ -> "🔄";
        };
    }

    private static String standing(PlanState state) {
        return switch (state) {
            case PlanState.Waiting waiting ->
                waiting.approvedBy().isEmpty()
                        ? "Waiting for approval"
                        : "Waiting for " + Amounts.count(Math.max(1, waiting.missing()), "more approval");
            case PlanState.Running running -> running.execution().isEmpty() ? "Starts now" : "Running";
            case PlanState.Finished finished -> Outcomes.word(finished.status());
            case PlanState.Denied _ -> "Denied";
            case PlanState.Expired _ -> "Expired";
            case PlanState.Withdrawn _ -> "Withdrawn";
            case PlanState.Superseded _ -> "Replaced";
        };
    }

    private static String details(PlanState state) {
        return switch (state) {
            case PlanState.Waiting _ -> "";
            case PlanState.Running running -> approved(running.by(), running.at());
            case PlanState.Finished finished -> approved(finished.by(), finished.at());
            case PlanState.Denied denied -> ended(denied.by(), denied.reason(), denied.at(), "Nothing was run.");
            case PlanState.Expired expired ->
                " " + utc(expired.at()) + " before it was approved. Nothing was run; ask again for a fresh plan.";
            case PlanState.Withdrawn withdrawn -> ended(withdrawn.by(), "", withdrawn.at(), "Nothing was run.");
            case PlanState.Superseded superseded ->
                ended(
                        superseded.by(),
                        superseded.reason(),
                        superseded.at(),
                        "Nothing of this plan was run; a newer one stands below.");
        };
    }

    private static String approved(List<String> by, Instant at) {
        return by.isEmpty() ? " · no approval needed, " + utc(at) : " · approved by " + names(by) + ", " + utc(at);
    }

    private static String ended(String by, String reason, Instant at, String outcome) {
        return (by.isEmpty() ? "" : " by " + by) + ", " + utc(at)
                + (reason.isBlank() ? ". " : ": " + sentence(shortened(reason.strip(), REASON)) + " ") + outcome;
    }

    private static String names(List<String> people) {
        return people.size() <= NAMES
                ? String.join(", ", people)
                : String.join(", ", people.subList(0, NAMES)) + " and " + (people.size() - NAMES) + " more";
    }

    private static String radius(Preview.BlastRadius radius) {
        if (radius.targets() == 0) {
            return "runs on the runner";
        }
        Map<String, Integer> named = new TreeMap<>(radius.environments());
        named.remove("");
        String targets = Amounts.count(radius.targets(), "target");
        return named.isEmpty()
                ? targets
                : targets + " ("
                        + named.entrySet().stream()
                                .map(entry -> entry.getValue() + " in " + entry.getKey())
                                .collect(Collectors.joining(", "))
                        + ")";
    }

    private static String where(Preview.BlastRadius radius) {
        return radius.targets() == 0 ? "on the runner" : "on " + Amounts.count(radius.targets(), "target");
    }

    private static String utc(Instant at) {
        return Amounts.utc(at);
    }

    private static String sentence(String text) {
        int first = text.codePointAt(0);
        String begun = Character.toString(Character.toUpperCase(first)) + text.substring(Character.charCount(first));
        return begun.matches("(?s).*[.!?…]") ? begun : begun + ".";
    }

    static String shortened(String text, int most) {
        return text.length() <= most ? text : text.substring(0, most - 1) + "…";
    }
}
