package io.opsconductor.brain.approval;

import java.util.Optional;

/** How people of one chat platform are reached by themselves. Each adapter that can do so gives one. */
public interface Reach {
    /** Whether an identity is of this platform. */
    boolean knows(String identity);

    /**
     * Whether the card of a plan that is shown in a conversation calls this person there by itself, as a mention does.
     *
     * @param conversation in which the plan was asked for
     */
    boolean calls(String conversation, ApprovalRequest request, String identity);

    /**
     * The conversation with somebody alone, made when there is none. It may ask the platform.
     *
     * @return empty when there is none to be had now
     */
    Optional<String> directTalk(String identity) throws InterruptedException;
}
