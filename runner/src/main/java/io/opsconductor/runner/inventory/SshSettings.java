package io.opsconductor.runner.inventory;

import java.util.List;

/**
 * What else there is to say about reaching a target by SSH.
 *
 * @param jump the hosts on the way, the one nearest to the runner first; empty when the runner reaches the target itself
 * @param sudo how commands become another account
 */
public record SshSettings(List<Target> jump, Sudo sudo) {
    /** Reached directly; sudo when a tool asks for it. */
    public static final SshSettings DIRECT = new SshSettings(List.of(), Sudo.ON_REQUEST);

    public SshSettings {
        jump = List.copyOf(jump);
    }

    /** The same target's settings with another way to it. */
    public SshSettings through(List<Target> hosts) {
        return new SshSettings(hosts, sudo);
    }
}
