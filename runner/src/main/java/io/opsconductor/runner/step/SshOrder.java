package io.opsconductor.runner.step;

import io.opsconductor.runner.step.RemoteEnd.Elevation;
import org.jspecify.annotations.Nullable;

/**
 * What is sent to a target's shell.
 *
 * @param line the command line
 * @param input what it reads after a password; empty for none
 * @param sudo follows sudo until the command begins; null without sudo
 * @param elevation how it becomes another account; null without sudo
 */
record SshOrder(
        String line,
        String input,
        @Nullable SudoDialogue sudo,
        @Nullable Elevation elevation) {
    static SshOrder plain(String line) {
        return new SshOrder(line, "", null, null);
    }

    static SshOrder reading(String line, String input) {
        return new SshOrder(line, input, null, null);
    }
}
