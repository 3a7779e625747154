package io.opsconductor.runner.step;

import io.opsconductor.plan.RenderedCommand;
import io.opsconductor.runner.credential.CredentialSource;
import io.opsconductor.runner.inventory.Target;
import io.opsconductor.runner.mask.Masker;
import io.opsconductor.runner.step.Condition.HostKeyStanding;
import io.opsconductor.runner.step.Condition.Login;
import io.opsconductor.runner.step.Condition.Reach;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Logs in to a target as a step would, and asks what it is with {@code uname -s}. */
public final class SshProbe implements Probe {
    private static final int OUTPUT_LIMIT_BYTES = 1024;
    private static final int PLATFORM_LENGTH = 30;

    private final SshExecutor ssh;
    private final Duration limit;

    /**
     * @param secrets fetches keys and passwords at the moment of login
     * @param limit for reaching a target and logging in; the same again for its answer
     */
    public SshProbe(CredentialSource secrets, Masker masker, Duration limit) {
        this.ssh = new SshExecutor(secrets, masker, InstantSource.system(), limit);
        this.limit = limit;
    }

    @Override
    public String way() {
        return "ssh";
    }

    @Override
    public Condition look(Target target) {
        if (target.credential() == null) {
            return withoutLogin(target);
        }
        StepCommand asking = new StepCommand(
                "inventory-check",
                // A device has a prompt to show, and no such command.
                new RenderedCommand.Shell(target.isNetworkDevice() ? "" : "uname -s"),
                new Place.OnTarget(target),
                limit,
                OUTPUT_LIMIT_BYTES);
        TargetOutcome outcome = ssh.run(asking, (channel, text) -> {}, new Cancellation());
        return switch (outcome) {
            case TargetOutcome.NotStarted(String code, String reason) ->
                Condition.notStarted(target.name(), way(), code, reason);
            case TargetOutcome.Exited(int exitCode, Captured out, Captured err, Duration took) ->
                in(target, exitCode == 0 ? platform(out.text()) : "", null);
            case TargetOutcome.Signalled signalled -> in(target, "", null);
            case TargetOutcome.Answered answered -> in(target, Target.NETWORK, null);
            case TargetOutcome.TimedOut late ->
                in(target, "", target.name() + " accepted the login and did not answer uname -s in time.");
            case TargetOutcome.Cancelled cancelled -> in(target, "", cancelled.reason());
            case TargetOutcome.Interrupted lost -> in(target, "", lost.reason());
        };
    }

    /** What it says it is, and whether the inventory says the same; a system without uname is what the inventory says. */
    private static Condition in(Target target, String platform, @Nullable String wrong) {
        String reason = wrong == null ? "" : wrong;
        if (wrong == null && !platform.isEmpty() && differs(target.platform(), platform)) {
            reason = target.name() + " says that it is " + platform + ", and the inventory says " + target.platform()
                    + ". Correct the platform in the inventory: tools are chosen by it.";
        }
        return new Condition(
                target.name(), "ssh", Reach.REACHED, HostKeyStanding.KNOWN, Login.ACCEPTED, platform, reason);
    }

    private static boolean differs(String inventory, String said) {
        boolean comparable = inventory.equalsIgnoreCase("linux") || inventory.equalsIgnoreCase("windows");
        return comparable && !inventory.equalsIgnoreCase(said);
    }

    private static String platform(String output) {
        String word = output.strip().toLowerCase(Locale.ROOT);
        return word.matches("[a-z0-9._-]{1," + PLATFORM_LENGTH + "}") ? word : "";
    }

    private Condition withoutLogin(Target target) {
        String none = SshFailures.noCredential(target).reason().replace(" Nothing was run.", "");
        return switch (new HostKeyScan(ssh.pool(), limit).scan(target)) {
            case HostKeyScan.Failed(TargetOutcome.NotStarted failed) ->
                Condition.notStarted(target.name(), way(), failed.code(), failed.reason());
            case HostKeyScan.Presented presented -> {
                boolean known = presented.keys().stream().anyMatch(target.hostKeys()::contains);
                yield new Condition(
                        target.name(),
                        "ssh",
                        Reach.REACHED,
                        known
                                ? HostKeyStanding.KNOWN
                                : target.hostKeys().isEmpty() ? HostKeyStanding.UNKNOWN : HostKeyStanding.CHANGED,
                        Login.NO_CREDENTIAL,
                        "",
                        none);
            }
        };
    }

    @Override
    public void close() {
        ssh.close();
    }
}
