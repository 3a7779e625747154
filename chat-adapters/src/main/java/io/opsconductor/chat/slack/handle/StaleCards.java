package io.opsconductor.chat.slack.handle;

/** Brings the card of a plan up to date with how the plan stands. */
public interface StaleCards {
    /** Asks for it; it does not wait, and an unknown plan is passed over. */
    void refresh(String approval);
}
