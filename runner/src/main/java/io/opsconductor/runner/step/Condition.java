package io.opsconductor.runner.step;

import java.util.Locale;

/**
 * What was found when somebody looked at a target without running a tool on it.
 *
 * @param target its inventory name
 * @param way {@code ssh}, {@code winrm}, {@code http} or {@code database}
 * @param reach whether something answers at its address and port
 * @param hostKey whether it proved to be the machine that known_hosts knows, or showed a certificate that is trusted
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

    /** What is known when nothing could be run, by the code and reason of {@link TargetOutcome.NotStarted}. */
    static Condition notStarted(String target, String way, String code, String reason) {
        Reach reach = switch (code) {
            case "not_resolved" -> Reach.NOT_RESOLVED;
            case "not_reachable", "jump_failed", "busy", "address_refused" -> Reach.NOT_REACHED;
            default -> Reach.REACHED;
        };
        HostKeyStanding hostKey = switch (code) {
            case "host_key_unknown", "tls_failed" -> HostKeyStanding.UNKNOWN;
            case "host_key_changed" -> HostKeyStanding.CHANGED;
            case "login_refused", "unknown_database", "session_refused" -> HostKeyStanding.KNOWN;
            // SSH looks for the credential once the machine has proved itself.
            case "credential_unavailable" -> way.equals("ssh") ? HostKeyStanding.KNOWN : HostKeyStanding.NOT_CHECKED;
            default -> HostKeyStanding.NOT_CHECKED;
        };
        Login login = switch (code) {
            case "login_refused" -> Login.REFUSED;
            case "credential_unavailable" -> Login.NO_CREDENTIAL;
            case "session_refused" -> Login.ACCEPTED;
            default -> Login.NOT_CHECKED;
        };
        String said = reason.replace(" Nothing was run.", "").replace(" Nothing was sent.", "");
        return new Condition(target, way, reach, hostKey, login, "", said);
    }

    /** Whether nothing that was looked at is wrong. */
    public boolean isWell() {
        return reason.isEmpty();
    }

    private static String words(String name) {
        return name.toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
