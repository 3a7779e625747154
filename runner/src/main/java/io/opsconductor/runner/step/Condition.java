package io.opsconductor.runner.step;

import java.util.Locale;

/**
 * What was found when somebody looked at a target without running a tool on it.
 *
 * @param target its inventory name
 * @param way {@code ssh} or {@code winrm}
 * @param reach whether something answers at its address and port
 * @param hostKey whether it proved to be the machine that known_hosts knows
 * @param login whether its credential was accepted
 * @param platform what it says it is, such as {@code linux}; empty when that was not asked or not answered
 * @param reason what is wrong and what to do, in sentences; empty when nothing is
 */
public record Condition(
        String target, String way, Reach reach, HostKeyStanding hostKey, Login login, String platform, String reason) {
    /** Whether something answers. */
    public enum Reach {
        REACHED,
        NOT_RESOLVED,
        NOT_REACHED;

        /** In lower case, with spaces. */
        public String word() {
            return words(name());
        }
    }

    /** Whether the machine is the one that known_hosts knows. */
    public enum HostKeyStanding {
        KNOWN,
        UNKNOWN,
        CHANGED,
        NOT_CHECKED;

        /** In lower case, with spaces. */
        public String word() {
            return words(name());
        }
    }

    /** Whether the credential was accepted. */
    public enum Login {
        ACCEPTED,
        REFUSED,
        NO_CREDENTIAL,
        NOT_CHECKED;

        /** In lower case, with spaces. */
        public String word() {
            return words(name());
        }
    }

    /** Whether nothing that was looked at is wrong. */
    public boolean isWell() {
        return reason.isEmpty();
    }

    private static String words(String name) {
        return name.toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
