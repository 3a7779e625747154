package io.opsconductor.runner.policy;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * One rule.
 *
 * @param name as in the file, for reasons and reports
 * @param deny whether it forbids
 * @param people whom it is about
 * @param scope what it is about
 * @param demand the approval it asks for; {@link Demand#NONE} for one that forbids
 * @param expiry how long an approval may take; empty when it leaves that to the policy
 * @param breakGlass who of its people may do without its approval in an emergency; empty for nobody
 */
record Rule(
        String name,
        boolean deny,
        People people,
        Scope scope,
        Demand demand,
        Optional<Duration> expiry,
        Optional<People> breakGlass) {

    boolean isAbout(Actor actor) {
        return people.include(actor);
    }

    boolean covers(StepFacts step, TargetFacts target, Instant at) {
        return scope.covers(step, target, at);
    }

    boolean mayBeBrokenBy(Actor actor) {
        return breakGlass.filter(who -> who.include(actor)).isPresent();
    }
}
