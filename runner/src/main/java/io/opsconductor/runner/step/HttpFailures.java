package io.opsconductor.runner.step;

import io.opsconductor.plan.RenderedCommand;
import io.opsconductor.runner.credential.Credential;
import io.opsconductor.runner.inventory.Network;
import io.opsconductor.runner.inventory.Target;
import io.opsconductor.runner.inventory.WebAddress;
import io.opsconductor.runner.step.TargetOutcome.NotStarted;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** What went wrong with a request, as sentences for an operator. */
final class HttpFailures {
    private static final String NOTHING = " Nothing was sent.";

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
        if (has(e, SSLException.class)) {
            return tlsFailed(e);
        }
        String port = " on port " + address.port();
        if (has(e, NoRouteToHostException.class)) {
            return notReachable("There is no route to " + target.name() + ".", " Check the network between.");
        }
        ConnectException refused = TlsFailures.find(e, ConnectException.class);
        if (refused != null) {
            return notReachable(
                    target.name() + " refused the connection" + port + ".",
                    " Check that its service runs and listens there.");
        }
        SocketTimeoutException late = TlsFailures.find(e, SocketTimeoutException.class);
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

    private @Nullable NotStarted tlsFailed(Throwable e) {
        String why = TlsFailures.why(e, target.address(), address.port(), "scheme: http");
        return why == null
                ? null
                : new NotStarted("tls_failed", "TLS with " + target.name() + " failed: " + why + "." + NOTHING);
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
            case 404 -> " It knows no " + TlsFailures.quoted(request.path()) + ".";
            case 429 -> " It is asked too often: wait a while.";
            default -> status >= 500 ? " It has a problem of its own: look at its logs." : "";
        };
        return target.name() + " answered with status " + status + "; expected " + expected + "." + means;
    }

    String redirected(int status, String location, boolean sameOrigin) {
        String answer = target.name() + " answered with status " + status + ", a redirect to "
                + TlsFailures.quoted(location) + ", which was not followed.";
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
        return TlsFailures.find(e, type) != null;
    }
}
