package io.opsconductor.chat.slack.deliver;

/** Brings plan cards up to date. */
public interface Refreshing {
    /**
     * Has a plan's card sent again as the plan stands now, soon; for when somebody clicked on a card that was out of date. It
     * returns at once, and does nothing when the plan has no card in Slack.
     */
    void refresh(String approval);
}
