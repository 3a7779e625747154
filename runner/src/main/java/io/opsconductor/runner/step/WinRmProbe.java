package io.opsconductor.runner.step;

import io.opsconductor.plan.RenderedCommand;
import io.opsconductor.runner.credential.CredentialSource;
import io.opsconductor.runner.inventory.Target;
import io.opsconductor.runner.mask.Masker;
import io.opsconductor.runner.step.Condition.HostKeyStanding;
import io.opsconductor.runner.step.Condition.Login;
import io.opsconductor.runner.step.Condition.Reach;
import java.time.Duration;

/** Logs in to a target over WinRM as a step would, and asks it for its version with {@code ver}. */
public final class WinRmProbe implements Probe {
    private static final int OUTPUT_LIMIT_BYTES = 1024;

    private final WinRmExecutor winrm;
    private final Duration limit;

    /**
     * @param secrets fetches passwords at the moment of login
     * @param limit for reaching a target and logging in; the same again for its answer
     */
    public WinRmProbe(CredentialSource secrets, Masker masker, Duration limit) {
        this.winrm = new WinRmExecutor(secrets, masker, limit);
        this.limit = limit;
    }

    @Override
    public String way() {
        return "winrm";
    }

    @Override
    public Condition look(Target target) {
        StepCommand asking = new StepCommand(
                "inventory-check",
                new RenderedCommand.Cmd("ver"),
                new Place.OnTarget(target),
                limit,
                OUTPUT_LIMIT_BYTES);
        TargetOutcome outcome = winrm.run(asking, (channel, text) -> {}, new Cancellation());
        return switch (outcome) {
            case TargetOutcome.NotStarted(String code, String reason) -> notStarted(target, code, reason);
            case TargetOutcome.Exited(int exitCode, Captured out, Captured err, Duration took) ->
                in(target, out.text().contains("Windows") ? "windows" : "", "");
            case TargetOutcome.Signalled signalled -> in(target, "", signalled.reason());
            case TargetOutcome.Answered answered -> in(target, "", answered.reason());
            case TargetOutcome.TimedOut late ->
                in(target, "", target.name() + " accepted the login and did not answer ver in time.");
            case TargetOutcome.Cancelled cancelled -> in(target, "", cancelled.reason());
            case TargetOutcome.Interrupted lost -> in(target, "", lost.reason());
        };
    }

    private static Condition in(Target target, String platform, String reason) {
        return new Condition(
                target.name(), "winrm", Reach.REACHED, HostKeyStanding.NOT_CHECKED, Login.ACCEPTED, platform, reason);
    }

    private static Condition notStarted(Target target, String code, String reason) {
        Reach reach = switch (code) {
            case "not_resolved" -> Reach.NOT_RESOLVED;
            case "not_reachable" -> Reach.NOT_REACHED;
            default -> Reach.REACHED;
        };
        Login login = switch (code) {
            case "login_refused" -> Login.REFUSED;
            case "credential_unavailable" -> Login.NO_CREDENTIAL;
            case "busy", "session_refused" -> Login.ACCEPTED;
            default -> Login.NOT_CHECKED;
        };
        return new Condition(
                target.name(),
                "winrm",
                reach,
                HostKeyStanding.NOT_CHECKED,
                login,
                "",
                reason.replace(" Nothing was run.", ""));
    }

    @Override
    public void close() {
        winrm.close();
    }
}
