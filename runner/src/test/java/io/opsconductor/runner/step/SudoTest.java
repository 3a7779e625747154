package io.opsconductor.runner.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.opsconductor.plan.RenderedCommand;
import io.opsconductor.runner.credential.Credential;
import io.opsconductor.runner.credential.CredentialSource;
import io.opsconductor.runner.credential.SecretSource;
import io.opsconductor.runner.inventory.SshSettings;
import io.opsconductor.runner.inventory.Sudo;
import io.opsconductor.runner.inventory.Target;
import io.opsconductor.runner.mask.Masker;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The machine's own sudo, behind a real server that sees accounts and rules of this test's and of nobody else's: it runs
 * where these files lie over the machine's, which only root can arrange.
 */
@Timeout(90)
class SudoTest {
    private static final String MARK = "sudo-0123456789abcdef";

    @TempDir
    static Path folder;

    private static RealSshd sshd;

    private final Masker masker = new Masker();
    private final SshExecutor executor = new SshExecutor(
            new CredentialSource(
                    masker, Map.of("RIGHT", "correct-horse", "WRONG", "battery-staple"), Path.of("age.txt")),
            masker);

    @BeforeAll
    static void startServer() throws Exception {
        assumeTrue(System.getProperty("user.name").equals("root"), "only root can give a server accounts of its own");
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/sudo")), "there is no sudo: apt-get install sudo");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        String hash = RealSshd.run("openssl", "passwd", "-6", "correct-horse").strip();
        StringBuilder accounts = new StringBuilder(Files.readString(Path.of("/etc/passwd")));
        StringBuilder hashes = new StringBuilder(Files.readString(Path.of("/etc/shadow")));
        int id = 47_110;
        for (String name : List.of("ops", "free", "guest", "narrow")) {
            accounts.append("%s:x:%d:%d::/:/bin/sh\n".formatted(name, id, id));
            hashes.append(name).append(':').append(hash).append(":20000:0:99999:7:::\n");
            id++;
        }
        accounts.append("locked:x:%d:%d::/:/bin/sh\n".formatted(id, id));
        hashes.append("locked:!").append(hash).append(":20000:0:99999:7:::\n");
        Files.writeString(folder.resolve("passwd"), accounts);
        Files.writeString(folder.resolve("shadow"), hashes);
        Files.writeString(folder.resolve("sudoers"), """
                Defaults lecture=always, timestampdir=%1$s/timestamps, lecture_status_dir=%1$s/lectured, !syslog
                ops ALL=(ALL) ALL
                free ALL=(ALL) NOPASSWD: ALL
                narrow ALL=(root) NOPASSWD: /usr/bin/id
                """.formatted(folder));
        Files.setPosixFilePermissions(folder.resolve("sudoers"), PosixFilePermissions.fromString("r--r-----"));
        Path enter = Files.writeString(folder.resolve("enter"), """
                for file in passwd shadow sudoers; do mount --bind %s/$file /etc/$file || exit 1; done
                exec "$@"
                """.formatted(folder));
        sshd = RealSshd.start(
                folder,
                List.of("AcceptEnv LC_*"),
                List.of("unshare", "--mount", "--propagation", "private", "sh", enter.toString()));
    }

    @AfterAll
    static void stopServer() {
        if (sshd != null) {
            sshd.close();
        }
    }

    @AfterEach
    void close() {
        executor.close();
    }

    @Test
    void theAccountIsRootAndThePasswordIsInNoArgumentListEnvironmentOrOutput() throws Exception {
        TargetOutcome outcome = run(
                "ops",
                "RIGHT",
                "root",
                "id -un; cat >/dev/null; grep -als 'correct-hors[e]' /proc/[0-9]*/cmdline /proc/[0-9]*/environ;"
                        + " printf 'my password is %s%s\\n' correct- horse; echo warning >&2; exit 4");

        assertThat(outcome).isInstanceOfSatisfying(TargetOutcome.Exited.class, exited -> {
            assertThat(exited.stdout().text()).isEqualTo("root\nmy password is \u2022\u2022\u2022\u2022\n");
            assertThat(exited.stderr().text()).isEqualTo("warning\n");
            assertThat(exited.exitCode()).isEqualTo(4);
        });
    }

    @Test
    void withoutAPasswordSudoMustNotAsk() throws Exception {
        assertThat(run("free", null, "root", "id -un; id >&2"))
                .isInstanceOfSatisfying(TargetOutcome.Exited.class, exited -> {
                    assertThat(exited.stdout().text()).isEqualTo("root\n");
                    assertThat(exited.stderr().text()).startsWith("uid=0(root)");
                });
        assertThat(run("ops", null, "root", "id -un"))
                .isEqualTo(new TargetOutcome.NotStarted(
                        "sudo_refused",
                        "sudo on web-server-01 wants a password, and the inventory has none for it. Nothing was run. Give"
                                + " the target sudo: { password: CREDENTIAL }, or allow it with NOPASSWD in sudoers."));
    }

    @Test
    void aPasswordThatNobodyAsksForIsNotSent() throws Exception {
        assertThat(run("free", "RIGHT", "root", "cat; id -un"))
                .isInstanceOfSatisfying(
                        TargetOutcome.Exited.class,
                        exited -> assertThat(exited.stdout().text()).isEqualTo("root\n"));
    }

    @Test
    void anotherAccountThanRootIsNamed() throws Exception {
        assertThat(run("ops", "RIGHT", "guest", "id -un"))
                .isInstanceOfSatisfying(
                        TargetOutcome.Exited.class,
                        exited -> assertThat(exited.stdout().text()).isEqualTo("guest\n"));
    }

    @Test
    void aWrongPasswordIsTriedOnceAndSaid() throws Exception {
        assertThat(run("ops", "WRONG", "root", "id"))
                .isEqualTo(new TargetOutcome.NotStarted(
                        "sudo_refused",
                        "sudo on web-server-01 refused the password of credential root-password. Nothing was run. It was"
                                + " tried once. Check that it is the password of the account that logs in."));
    }

    @Test
    void anAccountThatMayNotIsSaidInSudosOwnWords() throws Exception {
        assertThat(run("guest", "RIGHT", "root", "id"))
                .isInstanceOfSatisfying(TargetOutcome.NotStarted.class, notStarted -> {
                    assertThat(notStarted.code()).isEqualTo("sudo_refused");
                    assertThat(notStarted.reason())
                            .startsWith(
                                    "sudo on web-server-01 does not let the account that logs in run commands as root."
                                            + " Nothing was run. It said: \"guest is not in the sudoers file.")
                            .endsWith("Check the sudoers file there.");
                });
        assertThat(run("narrow", null, "root", "id"))
                .isInstanceOfSatisfying(
                        TargetOutcome.NotStarted.class,
                        notStarted -> assertThat(notStarted.code()).isEqualTo("sudo_refused"));
    }

    @Test
    void aLockedAccountIsNotLetIn() throws Exception {
        assertThat(run("locked", null, "root", "id"))
                .isEqualTo(new TargetOutcome.NotStarted(
                        "login_refused",
                        "web-server-01 refused the login of account locked with credential demo. Nothing was run. Check that"
                                + " the key's public half is in the account's authorized_keys, and that the account is not"
                                + " locked."));
    }

    @Test
    void aFailingCommandIsNoRefusal() throws Exception {
        assertThat(run("ops", "RIGHT", "root", "echo 'ops is not in the sudoers file.' >&2; exit 1"))
                .isInstanceOfSatisfying(
                        TargetOutcome.Exited.class,
                        exited -> assertThat(exited.exitCode()).isEqualTo(1));
    }

    @Test
    void aScriptRunsUnderSudoAndIsNotTakenForAPassword() throws Exception {
        for (String variable : List.of("RIGHT", "WRONG")) {
            Path trace = folder.resolve("trace-" + variable);
            TargetOutcome outcome = run(
                    target("ops", variable, "root"),
                    new RenderedCommand.ShellInput(
                            SudoLine.of("sh -s -- 'two words'", "root", MARK, true),
                            "{\nid -un\necho \"$1\" >" + trace + "\n} </dev/null\n",
                            MARK,
                            true),
                    Duration.ofSeconds(30));

            if (variable.equals("RIGHT")) {
                assertThat(outcome)
                        .isInstanceOfSatisfying(
                                TargetOutcome.Exited.class,
                                exited -> assertThat(exited.stdout().text()).isEqualTo("root\n"));
                assertThat(trace).hasContent("two words");
            } else {
                assertThat(outcome).isInstanceOf(TargetOutcome.NotStarted.class);
                assertThat(trace).doesNotExist();
            }
        }
    }

    @Test
    void timeoutEndsWhatRunsAsRoot() throws Exception {
        endsInTime("ops", "RIGHT");
        endsInTime("free", null);
    }

    @Test
    void whatGoesOnAsRootIsNotSaidToHaveEnded() throws Exception {
        String line = "sleep 8" + Math.abs(System.nanoTime() % 1_000_000_000L);
        // The inventory knows nothing of it: the command itself became root, and its login may not end root's
        // processes.
        TargetOutcome outcome = run(
                target("free", null, "root").with(SshSettings.DIRECT),
                new RenderedCommand.Shell("sudo -n sh -c \"trap '' TERM HUP; " + line + "; true\""),
                Duration.ofSeconds(1));
        try {
            assertThat(running(line)).isNotEmpty();
            assertThat(outcome).isInstanceOf(TargetOutcome.TimedOut.class);
            assertThat(outcome.reason())
                    .isEqualTo("It was still running after 1 s and was ended. web-server-01 did not confirm that it has"
                            + " ended; look there.");
        } finally {
            RealSshd.run("pkill", "-KILL", "-f", line);
        }
    }

    private void endsInTime(String account, @Nullable String variable) throws Exception {
        String mark = "9" + Math.abs(System.nanoTime() % 1_000_000_000L);
        boolean asks = variable != null;
        TargetOutcome outcome = run(
                target(account, variable, "root"),
                new RenderedCommand.ShellInput(
                        SudoLine.of("trap '' TERM HUP; sleep " + mark + "; sleep " + mark, "root", MARK, asks),
                        "",
                        MARK,
                        asks),
                Duration.ofSeconds(1));

        assertThat(outcome).isInstanceOf(TargetOutcome.TimedOut.class);
        assertThat(outcome.reason()).isEqualTo("It was still running after 1 s and was ended.");
        assertThat(running("sleep " + mark)).isEmpty();
    }

    private static List<String> running(String part) {
        return ProcessHandle.allProcesses()
                .flatMap(process -> process.info().commandLine().stream())
                .filter(line -> line.contains(part))
                .toList();
    }

    private TargetOutcome run(String account, @Nullable String variable, String become, String line) throws Exception {
        boolean asks = variable != null;
        return run(
                target(account, variable, become),
                new RenderedCommand.ShellInput(SudoLine.of(line, become, MARK, asks), "", MARK, asks),
                Duration.ofSeconds(30));
    }

    private TargetOutcome run(Target target, RenderedCommand command, Duration timeout) {
        return executor.run(
                new StepCommand(
                        "execution-1",
                        command,
                        new Place.OnTarget(target),
                        timeout,
                        StepCommand.DEFAULT_OUTPUT_LIMIT_BYTES),
                (channel, text) -> {},
                new Cancellation());
    }

    private static Target target(String account, @Nullable String variable, String become) throws Exception {
        Credential.Password password = variable == null
                ? null
                : new Credential.Password("root-password", account, new SecretSource.InEnvironment(variable));
        return sshd.target(
                        new Credential.SshKey(
                                "demo", account, new SecretSource.InFile(folder.resolve("user_ed25519")), null),
                        List.of(sshd.hostKey("host_ed25519")))
                .with(new SshSettings(List.of(), new Sudo(false, become, password)));
    }
}
