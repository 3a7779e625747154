package io.opsconductor.runner.step;

import io.opsconductor.runner.credential.Credential;
import io.opsconductor.runner.inventory.HostKey;
import io.opsconductor.runner.inventory.Sudo;
import io.opsconductor.runner.inventory.Target;
import io.opsconductor.runner.mask.Masker;
import io.opsconductor.runner.step.TargetOutcome.NotStarted;
import io.opsconductor.text.Shown;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Locale;
import java.util.stream.Collectors;
import net.schmizz.sshj.connection.channel.OpenFailException;

/**
 * Why a command was not started, in sentences for somebody paged at night. They go to the chat, so they name the target
 * and never its address; the address is in the runner's log.
 */
final class SshFailures {
    private static final String NOTHING = " Nothing was run.";

    private SshFailures() {}

    static NotStarted noCredential(Target target) {
        return new NotStarted(
                "credential_unavailable",
                target.name() + " has no credential in the inventory, so nobody can log in." + NOTHING
                        + " Give the target a credential entry.");
    }

    static NotStarted notResolved(Target target) {
        return new NotStarted(
                "not_resolved",
                "The address of " + target.name() + " in the inventory is not known to the runner's name service."
                        + NOTHING + " Check the address for a typing mistake, or use the IP address.");
    }

    static NotStarted notReachable(Target target, Exception e) {
        String what = switch (rootOf(e)) {
            case ConnectException refused
            when String.valueOf(refused.getMessage()).contains("refused") ->
                target.name() + " refused the connection on port " + target.port()
                        + ": no SSH server listens there." + NOTHING
                        + " Check that sshd runs on it, and the port in the inventory.";
            case NoRouteToHostException noRoute ->
                "There is no route to " + target.name() + "." + NOTHING
                        + " Check that it is up, and the network between it and the runner.";
            case SocketTimeoutException late ->
                target.name() + " did not answer on port " + target.port() + " in time." + NOTHING
                        + " Check that it is up, and the firewalls between it and the runner.";
            default ->
                "The connection to " + target.name() + " on port " + target.port()
                        + " broke before it was ready (" + rootOf(e).getClass().getSimpleName() + ")." + NOTHING
                        + " Check that an SSH server listens there; the runner's log has the details.";
        };
        return new NotStarted("not_reachable", what);
    }

    static NotStarted late(Target target, Duration limit) {
        return new NotStarted(
                "not_reachable",
                target.name() + " did not complete the SSH login on port " + target.port() + " within "
                        + limit.toSeconds() + " s." + NOTHING
                        + " Check that it is up and not overloaded, and the firewalls between it and the runner.");
    }

    static NotStarted hostKey(Target target, HostKey presented) {
        String fingerprint = "the " + presented.type() + " key " + PinnedHostKeys.fingerprint(presented);
        String compare = "Compare the fingerprint on the machine itself, with: ssh-keygen -lf /etc/ssh/ssh_host_"
                + fileWord(presented.type()) + "_key.pub.";
        if (target.hostKeys().isEmpty()) {
            return new NotStarted(
                    "host_key_unknown",
                    target.name() + " presented " + fingerprint + ", and known_hosts has no key for it." + NOTHING + " "
                            + compare + " If it is the same, trust it: ./opsconductor hosts enrol " + target.name()
                            + ".");
        }
        String pinned = target.hostKeys().stream()
                .map(key -> key.type() + " " + PinnedHostKeys.fingerprint(key))
                .collect(Collectors.joining(", "));
        return new NotStarted(
                "host_key_changed",
                target.name() + " presented " + fingerprint + ", and known_hosts expects " + pinned + "." + NOTHING
                        + " Either the machine was installed anew, or something else answers in its place. " + compare
                        + " Only if it is the same, replace the key in the inventory's known_hosts file.");
    }

    static NotStarted refused(Target target, Credential credential) {
        String means = switch (credential) {
            case Credential.SshKey key ->
                " Check that the key's public half is in the account's authorized_keys, and that the account is not locked.";
            case Credential.Password password ->
                " Check the password, that the account is not locked, and that the server allows logins by password.";
            case Credential.Bearer _, Credential.SecretHeader _, Credential.ClientCertificate _ ->
                " SSH takes a key or a password.";
        };
        return new NotStarted(
                "login_refused",
                target.name() + " refused the login of account " + credential.account() + " with credential "
                        + credential.name() + "." + NOTHING + means);
    }

    static NotStarted unusable(Target target, Credential credential, String reason) {
        return new NotStarted(
                "credential_unavailable",
                "The credential " + credential.name() + " for " + target.name() + " cannot be used: " + reason + "."
                        + NOTHING);
    }

    static NotStarted sessionRefused(Target target) {
        return new NotStarted(
                "session_refused",
                target.name() + " accepted the login and then refused to start a command." + NOTHING
                        + " Check MaxSessions, ForceCommand and the account's shell on it.");
    }

    /** The connection was lost when a command ran. */
    static TargetOutcome.Interrupted lost(Target target, Captured out, Captured err, Duration took) {
        return new TargetOutcome.Interrupted(
                out,
                err,
                took,
                "The connection to " + target.name() + " was lost after the command was sent, so whether it took effect"
                        + " is unknown. Look at " + target.name() + " before running it again.");
    }

    static NotStarted noTerminal(Target target) {
        return new NotStarted(
                "session_refused",
                target.name() + " accepted the login and then gave no terminal." + NOTHING
                        + " Check how many sessions it allows, and that the account may use its command line.");
    }

    static NotStarted noPrompt(Target target) {
        return new NotStarted(
                "session_refused",
                target.name() + " accepted the login and then did not show a prompt such as sw1> or sw1#." + NOTHING
                        + " Its platform in the inventory is network; log in by hand and see whether it is ready.");
    }

    /** Sudo ended without starting the command. */
    static NotStarted sudoRefused(Target target, SudoDialogue dialogue, Masker masker) {
        Sudo sudo = target.ssh().sudo();
        Credential.Password password = sudo.password();
        String said = dialogue.lastWords();
        String quoted = said.isEmpty() ? "" : " It said: " + Shown.quoted(masker.mask(said)) + ".";
        String lower = said.toLowerCase(Locale.ROOT);
        if ((dialogue.wasWrong() || lower.contains("incorrect password")) && password != null) {
            return new NotStarted(
                    "sudo_refused",
                    "sudo on " + target.name() + " refused the password of credential " + password.name() + "."
                            + NOTHING
                            + " It was tried once. Check that it is the password of the account that logs in.");
        }
        if (lower.contains("not found")) {
            return new NotStarted(
                    "program_not_found",
                    "There is no sudo on " + target.name() + "." + NOTHING + quoted
                            + " Install it there, or log in with an account that needs none.");
        }
        if (lower.contains("password is required") || lower.contains("terminal is required")) {
            return new NotStarted(
                    "sudo_refused",
                    "sudo on " + target.name() + " wants a password, and the inventory has none for it." + NOTHING
                            + " Give the target sudo: { password: CREDENTIAL }, or allow it with NOPASSWD in sudoers.");
        }
        return new NotStarted(
                "sudo_refused",
                "sudo on " + target.name() + " does not let the account that logs in run commands as " + sudo.account()
                        + "." + NOTHING + quoted + " Check the sudoers file there.");
    }

    static NotStarted busy(Target target, Duration turn) {
        return new NotStarted(
                "busy",
                "Other logins to " + target.name() + " are under way, and none got through within " + turn.toSeconds()
                        + " s." + NOTHING + " Check that it is up, and try again.");
    }

    /** A host on the way to a target could not be used. */
    static NotStarted before(Target target, Target host, NotStarted outcome) {
        return new NotStarted(
                "jump_failed",
                target.name() + " is reached through " + host.name() + ", and that failed: " + outcome.reason());
    }

    /** The last host on the way did not open a channel to the target. */
    static NotStarted notOpened(Target target, OpenFailException e) {
        String host = target.ssh().jump().isEmpty()
                ? "The host before it"
                : target.ssh().jump().getLast().name();
        String port = target.name() + " on port " + target.port();
        String said = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
        if (e.getReason() == OpenFailException.Reason.ADMINISTRATIVELY_PROHIBITED) {
            return new NotStarted(
                    "jump_failed",
                    host + " does not allow to go on from it to " + port + "." + NOTHING
                            + " Check AllowTcpForwarding and PermitOpen in its sshd_config.");
        }
        if ((said.contains("name") && said.contains("known")) || said.contains("resol")) {
            return new NotStarted(
                    "not_resolved",
                    host + " does not know the address of " + target.name() + " in the inventory." + NOTHING
                            + " Names are looked up by the last host on the way: check it there, or use the IP address.");
        }
        String why = said.contains("refused")
                ? " refused the connection from " + host + ": no SSH server listens there."
                : " could not be reached from " + host + ".";
        return new NotStarted(
                "not_reachable",
                port + why + NOTHING + " Check that it is up, that sshd runs on it, and the network between the two.");
    }

    private static Throwable rootOf(Throwable e) {
        Throwable at = e;
        while (at.getCause() != null) {
            at = at.getCause();
        }
        return at;
    }

    private static String fileWord(String type) {
        String lower = type.toLowerCase(Locale.ROOT);
        return lower.contains("ed25519") ? "ed25519" : lower.contains("ecdsa") ? "ecdsa" : "rsa";
    }
}
