package io.opsconductor.runner.step;

import io.opsconductor.runner.credential.Credential;
import io.opsconductor.runner.inventory.Target;
import io.opsconductor.runner.inventory.WinRmAddress;
import io.opsconductor.runner.step.TargetOutcome.NotStarted;
import io.opsconductor.runner.winrm.FingerprintException;
import io.opsconductor.runner.winrm.PowerShellProgram;
import io.opsconductor.runner.winrm.WinRmException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Locale;

/** What went wrong with a command over WinRM, as sentences for somebody paged at night. */
final class WinRmFailures {
    private static final String NOTHING = " Nothing was run.";

    private final Target target;
    private final WinRmAddress address;

    WinRmFailures(Target target, WinRmAddress address) {
        this.target = target;
        this.address = address;
    }

    static NotStarted notConfigured(Target target) {
        return new NotStarted(
                "not_configured",
                target.name() + " has no winrm settings in the inventory." + NOTHING + " Describe them there.");
    }

    NotStarted noCredential() {
        return new NotStarted(
                "credential_unavailable",
                target.name() + " has no credential for WinRM in the inventory, so nobody can log in." + NOTHING
                        + " Name one of type password in its winrm settings.");
    }

    NotStarted unusable(Credential credential, String reason) {
        return new NotStarted(
                "credential_unavailable",
                "The credential " + credential.name() + " for " + target.name() + " cannot be used: " + reason + "."
                        + NOTHING);
    }

    NotStarted tooLong(int bytes) {
        return new NotStarted(
                "not_startable",
                "The command line has " + bytes + " bytes, and the command interpreter of Windows takes "
                        + PowerShellProgram.MAX_LINE + "." + NOTHING
                        + " Make the tool a PowerShell script, which may be longer.");
    }

    NotStarted notResolved() {
        return new NotStarted(
                "not_resolved",
                "The address of " + target.name() + " in the inventory is not known to the runner's name service."
                        + NOTHING + " Check the address for a typing mistake, or use the IP address.");
    }

    NotStarted late(Duration limit) {
        return new NotStarted(
                "not_reachable",
                target.name() + " did not make a WinRM shell ready on port " + address.port() + " within "
                        + limit.toSeconds() + " s." + NOTHING
                        + " Check that it is up and not overloaded, and the firewalls between it and the runner.");
    }

    /** Whether no connection came about, so that another address of the same name may take one. */
    static boolean isUnreached(Throwable e) {
        return has(e, ConnectException.class)
                || has(e, NoRouteToHostException.class)
                || (has(e, SocketTimeoutException.class) && messages(e).contains("connect"));
    }

    /** Before the command was sent. */
    NotStarted notReachable(Throwable e) {
        String port = " on port " + address.port();
        FingerprintException other = TlsFailures.find(e, FingerprintException.class);
        if (other != null) {
            return tlsFailed("it showed a certificate with the fingerprint " + other.shown()
                    + ", which is not the one in the inventory. Either the certificate was renewed, or something else"
                    + " answers in its place. Compare it on the machine itself, and only if it is the same correct the"
                    + " inventory");
        }
        String why = TlsFailures.why(e, target.address(), address.port(), "transport: http");
        if (why != null) {
            return tlsFailed(why);
        }
        if (has(e, NoRouteToHostException.class)) {
            return notReachable(
                    "There is no route to " + target.name() + ".",
                    " Check that it is up, and the network between it and the runner.");
        }
        if (has(e, ConnectException.class)) {
            return notReachable(
                    target.name() + " refused the connection" + port + ": no WinRM service listens there.",
                    " Check with winrm enumerate winrm/config/listener on it, and the port in the inventory.");
        }
        if (has(e, SocketTimeoutException.class)) {
            return notReachable(
                    target.name() + " did not answer" + port + " in time.",
                    " Check that it is up, and the firewalls between it and the runner.");
        }
        return notReachable(
                target.name() + " took the connection" + port + " and ended it without a whole answer.",
                " Check that WinRM listens there, and whether it does so over " + (address.tls() ? "HTTPS" : "HTTP")
                        + ".");
    }

    private static NotStarted notReachable(String what, String advice) {
        return new NotStarted("not_reachable", what + NOTHING + advice);
    }

    private NotStarted tlsFailed(String why) {
        return new NotStarted("tls_failed", "TLS with " + target.name() + " failed: " + why + "." + NOTHING);
    }

    /** The service said no before it started anything. */
    NotStarted notStarted(WinRmException e) {
        String name = target.name();
        String account =
                address.credential() == null ? "" : address.credential().account();
        String detail = TlsFailures.quoted(e.detail());
        return switch (e.kind()) {
            case LOGIN_REFUSED ->
                new NotStarted(
                        "login_refused",
                        name + " refused the login of account " + account + " with credential " + credential()
                                + "." + NOTHING
                                + " It was tried once. Check the password, the form of the account (DOMAIN\\name or"
                                + " name@realm), and that " + address.scheme().word()
                                + " logins are allowed on it.");
            case LOGIN_NOT_OFFERED ->
                new NotStarted(
                        "login_refused",
                        name + " takes no " + address.scheme().word() + " login; it offers " + detail + "." + NOTHING
                                + " Allow it in its WinRM service, or choose another auth in the inventory.");
            case LOGIN_NOT_MADE ->
                new NotStarted(
                        "login_refused",
                        "The runner got no Kerberos ticket of account " + account + " for " + name + ": " + detail
                                + "." + NOTHING
                                + " Check the runner's krb5.conf, its clock, the account's realm, and that the target's"
                                + " address is the name that its realm knows.");
            case NOT_ALLOWED ->
                new NotStarted(
                        "login_refused",
                        name + " knows account " + account + " and does not let it use WinRM"
                                + (detail.isEmpty() ? "." : " (" + detail + ").") + NOTHING
                                + " Make it a member of the group Remote Management Users, or of the administrators.");
            case QUOTA ->
                new NotStarted(
                        "busy",
                        name + " opens no further shell now (" + detail + ")." + NOTHING
                                + " Wait until others have ended, or raise MaxShellsPerUser in its WinRM settings.");
            case FAULT ->
                new NotStarted(
                        "session_refused",
                        name + " started nothing (" + detail + ")." + NOTHING
                                + " Check its WinRM service: winrm get winrm/config.");
            case STATUS ->
                new NotStarted(
                        "session_refused",
                        name + " answered with HTTP status " + detail + ", which is no answer of WinRM." + NOTHING
                                + " Check the port, and what listens there.");
            case GARBAGE ->
                new NotStarted(
                        "session_refused",
                        name + " answered on port " + address.port() + " with " + detail + "." + NOTHING
                                + " Check the port, and what listens there.");
            case NOT_SEALED ->
                new NotStarted(
                        "session_refused",
                        name + " answered " + detail + ", although sealed messages were agreed on." + NOTHING
                                + " Something between may alter them; use HTTPS.");
            case TOO_LARGE ->
                new NotStarted("session_refused", name + " answered with more than any answer may have." + NOTHING);
        };
    }

    private String credential() {
        return address.credential() == null ? "" : address.credential().name();
    }

    /** The service stopped keeping to the protocol after the command was sent. */
    TargetOutcome brokeOff(Captured stdout, Captured stderr, Duration took, WinRmException e) {
        String detail = TlsFailures.quoted(e.detail());
        String what = switch (e.kind()) {
            case LOGIN_REFUSED, LOGIN_NOT_OFFERED, LOGIN_NOT_MADE -> "refused the login that it had accepted";
            case NOT_ALLOWED -> "does not let the account go on" + (detail.isEmpty() ? "" : " (" + detail + ")");
            case QUOTA, FAULT -> "gave up on the command (" + detail + ")";
            case STATUS -> "answered with HTTP status " + detail;
            case GARBAGE -> "answered with " + detail;
            case NOT_SEALED -> "answered " + detail;
            case TOO_LARGE -> "answered with more than any answer may have";
        };
        return new TargetOutcome.Interrupted(
                stdout, stderr, took, target.name() + " " + what + " after the command was sent." + lookThere());
    }

    TargetOutcome lost(Captured stdout, Captured stderr, Duration took) {
        return new TargetOutcome.Interrupted(
                stdout,
                stderr,
                took,
                "The connection to " + target.name() + " was lost after the command was sent." + lookThere());
    }

    TargetOutcome withoutExitCode(Captured stdout, Captured stderr, Duration took) {
        return new TargetOutcome.Interrupted(
                stdout,
                stderr,
                took,
                target.name() + " said that the command is over and not how it ended." + lookThere());
    }

    private String lookThere() {
        return " Whether it took effect is unknown. Look at " + target.name() + " before running it again.";
    }

    String unconfirmed() {
        return " " + target.name() + " did not confirm that it has ended; it ends a shell that nobody asks about after"
                + " 3 minutes. Look there.";
    }

    private static boolean has(Throwable e, Class<? extends Throwable> type) {
        return TlsFailures.find(e, type) != null;
    }

    private static String messages(Throwable e) {
        StringBuilder all = new StringBuilder();
        for (Throwable at = e; at != null; at = at.getCause()) {
            all.append(at.getMessage()).append('\n');
        }
        return all.toString().toLowerCase(Locale.ROOT);
    }
}
