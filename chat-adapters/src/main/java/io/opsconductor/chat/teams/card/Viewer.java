package io.opsconductor.chat.teams.card;

/** For whom a card is made. Whether somebody may is the runner's business; this is what is offered. */
public enum Viewer {
    /** Whoever has no view of an own: what anybody may try is offered. */
    ANYBODY,
    /** Asked for the plan. */
    REQUESTER,
    /** Is named by the policy as one who may approve. */
    APPROVER,
    /** Is neither, and the policy names everybody who may: nothing to decide is offered. */
    ONLOOKER
}
