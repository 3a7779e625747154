package io.opsconductor.runner.policy;

import io.opsconductor.plan.Preview.Quota;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Who counts for which quota of one demand, so that as many places as possible are taken and nobody takes two. Somebody who
 * belongs to several quotas moves from one to another when that makes room for somebody else.
 */
final class Matching {
    private final List<Quota> quotas;
    private final Map<String, Integer> placeOf = new HashMap<>();
    private final List<Set<String>> taken = new ArrayList<>();

    Matching(List<Quota> quotas, Collection<String> people) {
        this.quotas = List.copyOf(quotas);
        quotas.forEach(quota -> taken.add(new LinkedHashSet<>()));
        people.forEach(person -> seat(person, new LinkedHashSet<>()));
    }

    /** Finds a place for somebody, if need be by moving others (the augmenting path of a bipartite matching). */
    private boolean seat(String person, Set<Integer> tried) {
        for (int at = 0; at < quotas.size(); at++) {
            boolean here = Integer.valueOf(at).equals(placeOf.get(person));
            if (here || !quotas.get(at).approvers().contains(person) || !tried.add(at)) {
                continue;
            }
            if (taken.get(at).size() < quotas.get(at).people() || moved(at, tried)) {
                Integer before = placeOf.put(person, at);
                if (before != null) {
                    taken.get(before).remove(person);
                }
                taken.get(at).add(person);
                return true;
            }
        }
        return false;
    }

    private boolean moved(int quota, Set<Integer> tried) {
        for (String seated : List.copyOf(taken.get(quota))) {
            if (seat(seated, tried)) {
                return true;
            }
        }
        return false;
    }

    /** Places that nobody takes. */
    int missing() {
        int missing = 0;
        for (int at = 0; at < quotas.size(); at++) {
            missing += quotas.get(at).people() - taken.get(at).size();
        }
        return missing;
    }

    /** The quotas in which one more person would help: those with room, and those that somebody could leave for one with room. */
    List<Quota> open() {
        Set<Integer> open = new TreeSet<>();
        for (int at = 0; at < quotas.size(); at++) {
            if (taken.get(at).size() < quotas.get(at).people()) {
                open.add(at);
            }
        }
        boolean grows = true;
        while (grows) {
            grows = false;
            for (int at = 0; at < quotas.size(); at++) {
                if (!open.contains(at) && couldLeave(taken.get(at), open)) {
                    open.add(at);
                    grows = true;
                }
            }
        }
        return open.stream().map(quotas::get).toList();
    }

    private boolean couldLeave(Set<String> people, Set<Integer> open) {
        return people.stream()
                .anyMatch(person ->
                        open.stream().anyMatch(at -> quotas.get(at).approvers().contains(person)));
    }
}
