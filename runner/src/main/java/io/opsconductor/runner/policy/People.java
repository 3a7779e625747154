package io.opsconductor.runner.policy;

import java.util.Set;

/**
 * Whom something in a policy is about.
 *
 * @param actors names of people
 * @param roles of which one is enough
 */
record People(Set<String> actors, Set<String> roles) {
    static final People EVERYBODY = new People(Set.of(), Set.of());

    People {
        actors = Set.copyOf(actors);
        roles = Set.copyOf(roles);
    }

    /** Whether this person is named, or in one of the roles; where nobody is named, all are. */
    boolean include(Actor actor) {
        return (actors.isEmpty() && roles.isEmpty())
                || actors.contains(actor.name())
                || actor.roles().stream().anyMatch(roles::contains);
    }
}
