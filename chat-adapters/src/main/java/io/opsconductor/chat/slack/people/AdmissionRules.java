package io.opsconductor.chat.slack.people;

import java.util.Set;

/**
 * Who may talk to us, and where. Whoever may talk still has only the rights that the runner's policy gives.
 *
 * @param guests whether guests may
 * @param external whether people of other workspaces may, in channels that are shared with theirs
 * @param workspaces ids of the workspaces in which we answer; empty for all in which the app is installed
 * @param channels ids of the channels in which we answer; empty for all; direct talks are no channels
 */
public record AdmissionRules(boolean guests, boolean external, Set<String> workspaces, Set<String> channels) {
    public AdmissionRules {
        workspaces = Set.copyOf(workspaces);
        channels = Set.copyOf(channels);
    }

    /** Whether we answer in a channel at all. */
    public boolean answersIn(String workspace, String channel) {
        return (workspaces.isEmpty() || workspaces.contains(workspace))
                && (channels.isEmpty() || channels.contains(channel));
    }
}
