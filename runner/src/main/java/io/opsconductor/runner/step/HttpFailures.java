package io.opsconductor.runner.step;

import io.opsconductor.plan.RenderedCommand;
import io.opsconductor.plan.Visible;
import io.opsconductor.runner.credential.Credential;
import io.opsconductor.runner.inventory.Network;
import io.opsconductor.runner.inventory.Target;
import io.opsconductor.runner.inventory.WebAddress;
import io.opsconductor.runner.step.TargetOutcome.NotStarted;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** What went wrong with a request, as sentences for an operator. */
final class HttpFailures {
    private static final String NOTHING = " Nothing was sent.";
    private static final int MAX_QUOTED = 200;

    private final Target target;
    private final WebAddress address;
    private final RenderedCommand.Request request;

    HttpFailures(Target target, WebAddress address, RenderedCommand.Request request) {
        this.target = target;
        this.address = address;
        this.request = request;
    }

    static NotStarted notConfigured(Target target) {
        return new NotStarted(
                "not_configured",
                target.name() + " has no http settings in the inventory." + NOTHING + " Describe them there.");
    }

    NotStarted unusable(String reason) {
        Credential credential = address.credential();
        return new NotStarted(
                "credential_unavailable",
                "The credential " + (credential == null ? "" : credential.name() + " ") + "for " + target.name()
                        + " cannot be used: " + reason + "." + NOTHING);
    }

    NotStarted notResolved() {
        return new NotStarted(
                "not_resolved",
                "The address " + target.address() + " of " + target.name() + " cannot be found." + NOTHING
                        + " Correct the address in the inventory, or the runner's name service.");
    }

    NotStarted addressRefused(InetAddress found, Optional<Network> network) {
        String what = network.map(n -> "a " + n.word() + " address").orElse("no address of one machine");
        return new NotStarted(
                "address_refused",
                target.address() + " of " + target.name() + " leads to " + found.getHostAddress() + ", " + what
                        + ", which the inventory does not allow for it." + NOTHING
                        + network.map(n -> " If that is right, add " + n.word() + " to its http networks.")
                                .orElse(" Correct its address."));
    }

    /** The outcome when the failure shows that no request was taken; null otherwise. */
    @Nullable
    NotStarted notStarted(Throwable e) {
        SSLException tls = find(e, SSLException.class);
        if (tls != null) {
            return tlsFailed(e, tls);
        }
        String port = " on port " + address.port();
        if (has(e, NoRouteToHostException.class)) {
            return notReachable("There is no route to " + target.name() + ".", " Check the network between.");
        }
        ConnectException refused = find(e, ConnectException.class);
        if (refused != null) {
            return notReachable(
                    target.name() + " refused the connection" + port + ".",
                    " Check that its service runs and listens there.");
        }
        SocketTimeoutException late = find(e, SocketTimeoutException.class);
        return late != null
                        && String.valueOf(late.getMessage())
                                .toLowerCase(Locale.ROOT)
                                .contains("connect")
                ? notReachable(
                        target.name() + " did not answer" + port + " within 10 s.",
                        " Check that it is up and that no firewall is between.")
                : null;
    }

    private static NotStarted notReachable(String what, String advice) {
        return new NotStarted("not_reachable", what + NOTHING + advice);
    }

    private @Nullable NotStarted tlsFailed(Throwable e, SSLException tls) {
        String message = String.valueOf(tls.getMessage());
        String all = messages(e);
        String why;
        if (all.contains("No subject alternative") || all.contains("No name matching")) {
            why = "its certificate is not for the name " + target.address() + "."
                    + " Use the name that is in the certificate as its address, or have a certificate made for this one";
        } else if (has(e, CertificateExpiredException.class) || all.contains("NotAfter")) {
            why = "its certificate has expired. Have it renewed";
        } else if (all.contains("unable to find valid certification path") || all.contains("PKIX")) {
            why = "nobody whom the runner trusts has signed its certificate."
                    + " If it has an authority of its own, name that authority's certificate as ca in the inventory";
        } else if (has(e, CertificateException.class)) {
            why = "its certificate cannot be accepted (" + quoted(message) + ")";
        } else if (message.contains("Received fatal alert")) {
            why = "it ended the greeting (" + quoted(message)
                    + "). If it asks for a client certificate, give the target"
                    + " a credential of type client-certificate that it accepts";
        } else if (message.contains("plaintext") || message.contains("Unsupported or unrecognized SSL message")) {
            why = "it does not speak TLS on port " + address.port() + ". Correct the port, or write scheme: http";
        } else if (message.contains("handshake")) {
            why = "the greeting broke off (" + quoted(message) + ")";
        } else {
            return null;
        }
        return new NotStarted("tls_failed", "TLS with " + target.name() + " failed: " + why + "." + NOTHING);
    }

    String unexpected(int status) {
        String expected = request.expected().isEmpty()
                ? "a status from 200 to 299"
                : "status "
                        + String.join(
                                " or ",
                                request.expected().stream().map(String::valueOf).toList());
        String means = switch (status) {
            case 401 ->
                address.credential() == null
                        ? " It asks for a login: give the target a credential in the inventory."
                        : " It refused the login: check the credential "
                                + address.credential().name() + ".";
            case 403 -> " The login has no right to this.";
            case 404 -> " It knows no " + quoted(request.path()) + ".";
            case 429 -> " It is asked too often: wait a while.";
            default -> status >= 500 ? " It has a problem of its own: look at its logs." : "";
        };
        return target.name() + " answered with status " + status + "; expected " + expected + "." + means;
    }

    String redirected(int status, String location, boolean sameOrigin) {
        String answer = target.name() + " answered with status " + status + ", a redirect to " + quoted(location)
                + ", which was not followed.";
        return !sameOrigin
                ? answer + " It leads to another place; correct the target's address if that one is right."
                : address.followRedirects()
                        ? answer + " Only GET and HEAD follow redirects."
                        : answer + " If it should be, write redirects: same-origin in the target's http settings.";
    }

    String tooManyRedirects(int most) {
        return target.name() + " answered with more than " + most + " redirects in a row, so none of them ends it."
                + " Look at its configuration.";
    }

    String notExtracted(String why) {
        return target.name() + " answered, and the value at " + request.extract() + " could not be read: " + why + ".";
    }

    String garbage() {
        return target.name() + " answered on port " + address.port() + " with something that is not HTTP."
                + " Check the port and the scheme.";
    }

    String noAnswer() {
        return target.name() + " took the connection on port " + address.port()
                + " and ended it without a whole answer.";
    }

    String cutAfter(int status) {
        return target.name() + " answered with status " + status
                + ", and the connection broke in the middle of the answer.";
    }

    String lookThere() {
        return "Whether the request took effect is unknown. Look at " + target.name() + " before sending it again.";
    }

    static boolean has(Throwable e, Class<? extends Throwable> type) {
        return find(e, type) != null;
    }

    private static <T extends Throwable> @Nullable T find(Throwable e, Class<T> type) {
        for (Throwable at = e; at != null; at = at.getCause()) {
            if (type.isInstance(at)) {
                return type.cast(at);
            }
        }
        return null;
    }

    private static String messages(Throwable e) {
        StringBuilder all = new StringBuilder();
        for (Throwable at = e; at != null; at = at.getCause()) {
            all.append(at).append('\n');
        }
        return all.toString();
    }

    private static String quoted(String text) {
        String visible = Visible.escape(text).replace("\n", " ");
        return visible.length() <= MAX_QUOTED ? visible : visible.substring(0, MAX_QUOTED) + "\u2026";
    }
}
