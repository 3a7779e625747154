package io.opsconductor.brain.history;

import io.opsconductor.plan.Rights;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What somebody may see of what was done: what concerns targets on which the policy lets them ask for anything, and their own. */
public final class Sight {
    private final String person;
    private final Set<String> identities;
    private final Map<String, List<String>> toolsByTarget = new HashMap<>();
    private final boolean known;

    /**
     * Somebody's sight.
     *
     * @param identity platform-qualified identity of whoever asks
     * @param rights what the runner's policy grants them
     */
    public Sight(String identity, Rights.Answer rights) {
        this(identity, rights, true);
    }

    private Sight(String identity, Rights.Answer rights, boolean known) {
        this.person = rights.person();
        this.identities = new HashSet<>(rights.identities());
        this.identities.add(identity);
        this.known = known;
        rights.grants().forEach(grant -> grant.targets().forEach(target -> toolsByTarget.put(target, grant.tools())));
    }

    /** While the runner cannot be asked: nothing but their own. */
    public static Sight own(String identity) {
        return new Sight(identity, Rights.Answer.NOBODY, false);
    }

    /** The policy's name for them; empty when it knows none. */
    public String person() {
        return person;
    }

    /** Whether the runner said what they may see. */
    public boolean isKnown() {
        return known;
    }

    /** Whether an identity is theirs. */
    public boolean is(String identity) {
        return identities.contains(identity);
    }

    /** Whether they may ask for anything on each of these. */
    public boolean sees(Collection<String> targets) {
        return toolsByTarget.keySet().containsAll(targets);
    }

    /** The tools that they may ask for on a target, sorted. */
    public List<String> tools(String target) {
        return toolsByTarget.getOrDefault(target, List.of());
    }
}
