package io.opsconductor.runner.policy;

import java.util.List;

/**
 * One person, under as many identities as platforms know them by.
 *
 * @param name the policy's name for the person
 * @param identities platform-qualified, at least one; no two people share one
 * @param roles what the person is for rules
 */
record Actor(String name, List<String> identities, List<String> roles) {
    Actor {
        identities = List.copyOf(identities);
        roles = List.copyOf(roles);
    }
}
