package io.opsconductor.brain.approval;

import io.opsconductor.brain.Refusal;

/** What became of somebody's wish to withdraw their plan. */
public sealed interface Withdrawn {
    /** It is withdrawn; nothing of it runs. */
    record Done(String approval) implements Withdrawn {}

    /** It changed nothing: 403 not the requester, 404 no such plan, 409 decided, 410 expired, 503 not recorded. */
    record Refused(Refusal refusal) implements Withdrawn {}
}
