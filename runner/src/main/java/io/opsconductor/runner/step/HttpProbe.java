package io.opsconductor.runner.step;

import io.opsconductor.plan.RenderedCommand;
import io.opsconductor.runner.credential.CredentialSource;
import io.opsconductor.runner.inventory.Target;
import io.opsconductor.runner.inventory.WebAddress;
import io.opsconductor.runner.mask.Masker;
import io.opsconductor.runner.step.Condition.HostKeyStanding;
import io.opsconductor.runner.step.Condition.Login;
import io.opsconductor.runner.step.Condition.Reach;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Asks a web interface for the head of its first page, with the login that requests would have. */
public final class HttpProbe implements Probe {
    private static final int OUTPUT_LIMIT_BYTES = 4 * 1024;
    private static final Pattern STATUS = Pattern.compile("HTTP ([0-9]{3})\\b");

    private final HttpExecutor http;
    private final Duration limit;

    /**
     * @param limit for the answer
     */
    public HttpProbe(CredentialSource secrets, Masker masker, Duration limit) {
        this.http = new HttpExecutor(secrets, masker);
        this.limit = limit;
    }

    @Override
    public String way() {
        return "http";
    }

    @Override
    public Condition look(Target target) {
        WebAddress web = target.http();
        String path = web == null || web.basePath().isEmpty() ? "/" : web.basePath();
        TargetOutcome outcome = http.run(
                new StepCommand(
                        "inventory-check",
                        new RenderedCommand.Request("HEAD", path, List.of(), "", List.of(), "", 0),
                        new Place.OnTarget(target),
                        limit,
                        OUTPUT_LIMIT_BYTES),
                (channel, text) -> {},
                new Cancellation());
        return switch (outcome) {
            case TargetOutcome.NotStarted(String code, String reason) ->
                Condition.notStarted(target.name(), way(), code, reason);
            case TargetOutcome.Answered answered -> answered(target, web, answered);
            case TargetOutcome.Exited _,
                    TargetOutcome.Signalled _,
                    TargetOutcome.TimedOut _,
                    TargetOutcome.Cancelled _,
                    TargetOutcome.Interrupted _ ->
                condition(
                        target,
                        HostKeyStanding.NOT_CHECKED,
                        Login.NOT_CHECKED,
                        target.name() + " did not answer in time.");
        };
    }

    /** Any answer shows that it is there; what it thinks of the first page matters only where it is about the login. */
    private Condition answered(Target target, @Nullable WebAddress web, TargetOutcome.Answered answer) {
        Matcher line = STATUS.matcher(answer.stdout().text());
        HostKeyStanding certificate = web != null && web.tls() ? HostKeyStanding.KNOWN : HostKeyStanding.NOT_CHECKED;
        if (!line.lookingAt()) {
            return condition(target, certificate, Login.NOT_CHECKED, answer.failure());
        }
        int status = Integer.parseInt(line.group(1));
        boolean loggedIn = web != null && web.credential() != null;
        if (status == 401 || (status == 403 && loggedIn)) {
            return condition(target, certificate, loggedIn ? Login.REFUSED : Login.NO_CREDENTIAL, answer.failure());
        }
        Login login = loggedIn && status < 400 ? Login.ACCEPTED : Login.NOT_CHECKED;
        return condition(target, certificate, login, status >= 500 ? answer.failure() : "");
    }

    private Condition condition(Target target, HostKeyStanding certificate, Login login, String reason) {
        return new Condition(target.name(), way(), Reach.REACHED, certificate, login, "", reason);
    }

    @Override
    public void close() {
        http.close();
    }
}
