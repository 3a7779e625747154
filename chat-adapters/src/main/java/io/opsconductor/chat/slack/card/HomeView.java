package io.opsconductor.chat.slack.card;

import com.slack.api.model.block.LayoutBlock;
import com.slack.api.model.block.element.ButtonElement;
import com.slack.api.model.view.View;
import io.opsconductor.brain.approval.Review;
import io.opsconductor.brain.conversation.Choice;
import io.opsconductor.brain.overview.Concerns;
import io.opsconductor.brain.overview.Concerns.Listed;
import io.opsconductor.brain.overview.Concerns.Waiting;
import io.opsconductor.chat.act.Act;
import io.opsconductor.chat.card.EffectWords;
import io.opsconductor.chat.deliver.Mentions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The App Home: what waits, what runs and what was asked. Nothing is approved here, because the commands must be seen
 * first, whole: a button leads to the thread with the card.
 */
public final class HomeView {
    private static final int WAITING = 10;
    private static final int SUMMARY = 300;
    private static final int NAMES = 200;

    private final Mentions mentions;
    private final Links links;
    private final Buttons buttons = new Buttons();
    private final List<LayoutBlock> blocks = new ArrayList<>();

    private HomeView(Mentions mentions, Links links) {
        this.mentions = mentions;
        this.links = links;
    }

    /**
     * @param concerns of the person whose home it is
     * @param suggestions requests to begin with, as somebody would type them
     */
    public static View of(Concerns concerns, List<String> suggestions, Mentions mentions, Links links) {
        HomeView home = new HomeView(mentions, links);
        home.all(concerns, suggestions);
        return View.builder().type("home").blocks(List.copyOf(home.blocks)).build();
    }

    private void all(Concerns concerns, List<String> suggestions) {
        boolean nothing = concerns.othersWaiting().total() == 0
                && concerns.ownWaiting().total() == 0
                && concerns.running().total() == 0
                && concerns.lastAsked().total() == 0;
        if (nothing) {
            welcome();
        } else {
            waiting("Waits for a decision", concerns.othersWaiting(), false);
            waiting("My plans that wait", concerns.ownWaiting(), true);
            blocks.addAll(HomeLists.running(concerns.running(), mentions, links));
            blocks.addAll(HomeLists.asked(concerns.lastAsked(), links));
        }
        if (!suggestions.isEmpty()) {
            blocks.add(Block.header("Try one of these"));
            blocks.addAll(buttons.choices(
                    suggestions.stream().map(text -> new Choice(text, text)).toList()));
            blocks.add(
                    Block.small("The answer comes in your messages with OpsConductor. Nothing runs before its plan is"
                            + " shown and, where your policy says so, approved."));
        }
    }

    private void welcome() {
        blocks.add(Block.header(":wave: Welcome to OpsConductor"));
        blocks.add(Block.rich(Prose.of("""
            Ask for operations in plain words, where the incident is discussed:
            - mention me in a channel and I answer in a thread, or write to me under Messages
            - you see exactly what would run, where, and how risky it is: every command, whole
            - where your policy says so, a colleague approves; then the output arrives in the thread
            - `/ops help` lists what I can do\
            """)));
    }

    private void waiting(String title, Listed<Waiting> waiting, boolean own) {
        if (waiting.total() == 0) {
            return;
        }
        blocks.add(Block.header(title + " (" + waiting.total() + ")"));
        List<Waiting> shown = waiting.entries().stream().limit(WAITING).toList();
        for (Waiting plan : shown) {
            blocks.add(Block.rich(line(plan, own)));
            List<ButtonElement> row = row(plan, own);
            if (!row.isEmpty()) {
                blocks.add(Block.actions(row));
            }
        }
        if (waiting.total() > shown.size()) {
            blocks.add(Block.small("And " + (waiting.total() - shown.size()) + " more that expire later."));
        }
    }

    private List<ButtonElement> row(Waiting plan, boolean own) {
        List<ButtonElement> row = new ArrayList<>();
        Optional<String> link = links.to(plan.conversation()).filter(url -> url.length() <= Limits.URL);
        link.ifPresent(url -> row.add(buttons.link(own ? "Open thread" : "See commands and decide", url)));
        if (!own) {
            row.add(buttons.of("Show it in messages", new Act.Say(Review.words(plan.approval())), Buttons.Look.PLAIN));
        }
        if (own) {
            row.add(buttons.of("Withdraw", new Act.Withdraw(plan.approval()), Buttons.Look.PLAIN));
        }
        return row;
    }

    private Line line(Waiting plan, boolean own) {
        EffectWords effect = EffectWords.of(plan.effect());
        Line line = new Line()
                .emoji(effect.emoji())
                .text(effect.word() + ": ")
                .boldWords(Cut.to(plan.summary(), SUMMARY))
                .end();
        if (!own) {
            line.text("Asked by ").person(mentions.of(plan.requester())).text(" · ");
        }
        int needed = plan.approvalRule().approvals();
        if (needed > 1 || plan.approvalsSoFar() > 0) {
            line.text(plan.approvalsSoFar() + " of " + needed + " approvals · ");
        }
        List<String> people = plan.approvalRule().approvers();
        if (!people.isEmpty()) {
            line.text("may be approved by " + Cut.to(String.join(", ", people), NAMES) + " · ");
        }
        return line.text("expires ").when(plan.expiresAt());
    }
}
