package io.opsconductor.runner.policy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What somebody expects of a policy.
 *
 * @param place file, line and column, for reports
 * @param name what it shows; empty for none
 * @param tenant the tenant
 * @param identity of who asks
 * @param actor as it is written
 * @param step what is asked for
 * @param at when; empty for now
 * @param expected what must come of it
 */
public record PolicyCase(
        String place,
        String name,
        String tenant,
        String identity,
        String actor,
        StepFacts step,
        Optional<Instant> at,
        Expectation expected) {

    /**
     * Every part that is given must hold.
     *
     * @param demands what must be asked for, as {@link Demands} says it, sorted; empty when it must be refused
     * @param because code of the refusal
     * @param rules names of the rules that decide
     * @param approvers names of everybody who may approve
     * @param expiry how long an approval may take
     * @param breakGlass whether the requester may do without
     */
    public record Expectation(
            Optional<List<String>> demands,
            Optional<String> because,
            Optional<List<String>> rules,
            Optional<List<String>> approvers,
            Optional<Duration> expiry,
            Optional<Boolean> breakGlass) {}
}
