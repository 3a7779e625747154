package io.opsconductor.runner.policy;

/** Whether somebody's decision counts. */
public sealed interface Standing {
    /**
     * It counts.
     *
     * @param name the person behind the identity; two identities of one person give the same name
     */
    record Counts(String name) implements Standing {}

    /**
     * It does not count.
     *
     * @param code {@code unknown_actor}, {@code own_request} or {@code not_an_approver}
     * @param message why, naming the person
     * @param hint who could decide instead
     */
    record DoesNot(String code, String message, String hint) implements Standing {}
}
