package io.opsconductor.runner.cli;

import io.opsconductor.runner.credential.CredentialSource;
import io.opsconductor.runner.file.Reading;
import io.opsconductor.runner.inventory.HostKey;
import io.opsconductor.runner.inventory.Inventory;
import io.opsconductor.runner.inventory.InventoryReader;
import io.opsconductor.runner.inventory.KnownHostsFile;
import io.opsconductor.runner.inventory.Lookup;
import io.opsconductor.runner.inventory.Target;
import io.opsconductor.runner.mask.Masker;
import io.opsconductor.runner.step.HostKeyScan;
import io.opsconductor.text.Shown;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code hosts enrol}. */
@Command(
        name = "hosts",
        description = "The keys by which machines prove themselves.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND")
final class HostsCommand implements Runnable {
    private static final Duration LIMIT = Duration.ofSeconds(10);

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public void run() {
        throw new CommandLine.ParameterException(commandLine(), "hosts needs a command: enrol");
    }

    @Command(
            name = "enrol",
            description = {
                "Shows the keys that a target presents, and adds them to the known_hosts file when you say yes.",
                "Compare the fingerprints on the machine itself: whoever answers in its place presents keys too."
            },
            mixinStandardHelpOptions = true)
    int enrol(
            @Mixin TenantOption tenant,
            @Parameters(
                            paramLabel = "NAME",
                            description = "a target of the inventory, or the address of a host on the way to one")
                    String name,
            @Option(
                            names = "--fingerprint",
                            paramLabel = "SHA256:...",
                            description = "add the key with this fingerprint without asking, and nothing else")
                    @Nullable
                    String fingerprint,
            @Option(
                            names = "--hash",
                            description = "hide the host's name in the file, as OpenSSH's HashKnownHosts does")
                    boolean hash,
            @Option(
                            names = "--known-hosts",
                            paramLabel = "FILE",
                            description = "which of the inventory's known_hosts files, when it has several")
                    @Nullable
                    Path chosen)
            throws IOException {
        Reading<Inventory> reading = InventoryReader.read(tenant.files().inventory());
        return switch (reading) {
            case Reading.Bad<Inventory> bad -> {
                bad.problems().forEach(p -> err().println(p.text()));
                yield RunnerCli.NO;
            }
            case Reading.Good<Inventory> good -> {
                Target target = target(good.value(), name);
                Path file = target == null ? null : file(good.value().knownHostsFiles(), chosen);
                yield target == null || file == null ? RunnerCli.NO : enrol(tenant, target, file, fingerprint, hash);
            }
        };
    }

    private int enrol(TenantOption tenant, Target target, Path file, @Nullable String fingerprint, boolean hash)
            throws IOException {
        CredentialSource secrets = new CredentialSource(
                new Masker(),
                RunnerCli.environment(commandLine()),
                tenant.files().ageKeys());
        HostKeyScan.Result result;
        try (HostKeyScan scan = new HostKeyScan(secrets, LIMIT)) {
            result = scan.scan(target);
        }
        return switch (result) {
            case HostKeyScan.Failed failed -> {
                err().println(failed.outcome().reason().replace(" Nothing was run.", ""));
                yield RunnerCli.COULD_NOT_RUN;
            }
            case HostKeyScan.Presented presented -> compared(target, file, presented.keys(), fingerprint, hash);
        };
    }

    private int compared(Target target, Path file, List<HostKey> presented, @Nullable String fingerprint, boolean hash)
            throws IOException {
        PrintWriter out = commandLine().getOut();
        out.println(target.name() + " (" + KnownHostsFile.name(target) + ") presents:");
        presented.forEach(key -> out.println("  " + key.type() + " " + HostKeyScan.fingerprint(key)));
        KnownHostsFile.Standing standing = KnownHostsFile.standing(file, target, presented);
        standing.authorities()
                .forEach(
                        line -> out.println(
                                "Line " + line + " of " + file
                                        + " names a certificate authority for it. It is not used: the host's own key has to be there."));
        if (!standing.revoked().isEmpty()) {
            err().println(file + " says that "
                    + HostKeyScan.fingerprint(standing.revoked().getFirst())
                    + " is revoked: the key is not to be trusted. Nothing was written. Find out who answers there.");
            return RunnerCli.NO;
        }
        if (!standing.known().isEmpty()) {
            out.println("It is known already: "
                    + HostKeyScan.fingerprint(standing.known().getFirst()) + " is in " + file + ".");
            return RunnerCli.DONE;
        }
        if (!standing.others().isEmpty()) {
            standing.others()
                    .forEach(key -> err().println(
                                    "  expected " + key.type() + " " + HostKeyScan.fingerprint(key) + " from " + file));
            err().println("Either " + target.name() + " was installed anew, or something else answers in its place."
                    + " Nothing was written. Only when the machine itself shows the same fingerprints, remove the old"
                    + " keys and enrol it again: ssh-keygen -R '" + KnownHostsFile.name(target) + "' -f " + file);
            return RunnerCli.NO;
        }
        List<HostKey> agreed = fingerprint == null ? asked(presented) : matching(presented, fingerprint);
        if (agreed.isEmpty()) {
            err().println(
                            fingerprint == null
                                    ? "Nothing was written."
                                    : target.name() + " does not present " + Shown.quoted(fingerprint)
                                            + ". Nothing was written.");
            return RunnerCli.NO;
        }
        KnownHostsFile.add(file, target, agreed, hash);
        out.println(agreed.size() + (agreed.size() == 1 ? " key was" : " keys were") + " added to " + file
                + ". A running runner uses them within seconds.");
        return RunnerCli.DONE;
    }

    private List<HostKey> asked(List<HostKey> presented) throws IOException {
        PrintWriter out = commandLine().getOut();
        out.println("Compare them on the machine itself, with:"
                + " for key in /etc/ssh/ssh_host_*_key.pub; do ssh-keygen -lf $key; done");
        out.print("Are they the same? Type yes to trust this machine from now on: ");
        out.flush();
        BufferedReader in =
                new BufferedReader(new InputStreamReader(RunnerCli.in(commandLine()), StandardCharsets.UTF_8));
        String answer = in.readLine();
        out.println();
        return answer != null && answer.strip().equals("yes") ? presented : List.of();
    }

    private static List<HostKey> matching(List<HostKey> presented, String fingerprint) {
        return presented.stream()
                .filter(key -> HostKeyScan.fingerprint(key).equals(fingerprint))
                .toList();
    }

    private @Nullable Target target(Inventory inventory, String name) {
        return switch (inventory.lookup(name)) {
            case Lookup.Found(Target target) -> target;
            case Lookup.Unknown(List<String> nearest) -> {
                Target onTheWay = inventory.onTheWay(name);
                if (onTheWay != null) {
                    yield onTheWay;
                }
                err().println("There is no target " + Shown.quoted(name) + "."
                        + (nearest.isEmpty() ? "" : " Did you mean " + String.join(" or ", nearest) + "?"));
                yield null;
            }
        };
    }

    private @Nullable Path file(List<Path> files, @Nullable Path chosen) {
        if (chosen != null) {
            Path wanted = chosen.toAbsolutePath().normalize();
            if (files.contains(wanted)) {
                return wanted;
            }
            err().println(chosen + " is no known_hosts file of the inventory: " + files);
            return null;
        }
        if (files.size() == 1) {
            return files.getFirst();
        }
        err().println(
                        files.isEmpty()
                                ? "The inventory names no known_hosts file. Add for example: known_hosts: known_hosts"
                                : "The inventory has several known_hosts files; say which with --known-hosts: "
                                        + files);
        return null;
    }

    private PrintWriter err() {
        return commandLine().getErr();
    }

    private CommandLine commandLine() {
        return Objects.requireNonNull(spec, "picocli sets it").commandLine();
    }
}
