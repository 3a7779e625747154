package io.opsconductor.runner.preview;

import io.opsconductor.json.Digest;
import io.opsconductor.runner.credential.Credential;
import io.opsconductor.runner.credential.SecretSource;
import io.opsconductor.runner.inventory.DatabaseAddress;
import io.opsconductor.runner.inventory.Network;
import io.opsconductor.runner.inventory.Sudo;
import io.opsconductor.runner.inventory.Target;
import io.opsconductor.runner.inventory.WebAddress;
import io.opsconductor.runner.inventory.WinRmAddress;
import io.opsconductor.tool.CommandRendering.Surroundings;
import io.opsconductor.tool.ExecutionMethod;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How an execution method reaches a target.
 *
 * @param credential the login; null for none
 * @param settings everything else that decides where it leads and whom it trusts, for the binding
 * @param surroundings what the target adds to what is rendered
 */
record Way(@Nullable Credential credential, List<String> settings, Surroundings surroundings) {
    Way {
        settings = List.copyOf(settings);
    }

    /** Whether the inventory describes one. */
    static boolean exists(Target target, ExecutionMethod method) {
        return switch (method) {
            case HTTP -> target.http() != null;
            case DATABASE -> target.database() != null;
            case WINRM -> target.winrm() != null;
            case LOCAL_COMMAND -> true;
            case SSH -> !target.address().isEmpty();
        };
    }

    /** The way that {@link #exists}. */
    static Way to(Target target, ExecutionMethod method) {
        WinRmAddress winrm = target.winrm();
        WebAddress http = target.http();
        DatabaseAddress database = target.database();
        if (method == ExecutionMethod.WINRM && winrm != null) {
            String authority = winrm.authority();
            return new Way(
                    winrm.credential(),
                    List.of(
                            winrm.tls() ? "https" : "http",
                            String.valueOf(winrm.port()),
                            winrm.scheme().word(),
                            authority == null ? "" : Digest.of(authority),
                            winrm.fingerprint()),
                    Surroundings.PLAIN);
        }
        if (method == ExecutionMethod.HTTP && http != null) {
            String authority = http.authority();
            return new Way(
                    http.credential(),
                    List.of(
                            http.tls() ? "https" : "http",
                            String.valueOf(http.port()),
                            http.basePath(),
                            authority == null ? "" : Digest.of(authority),
                            String.join(
                                    ",",
                                    http.networks().stream()
                                            .map(Network::word)
                                            .sorted()
                                            .toList()),
                            http.followRedirects() ? "same-origin" : "refuse"),
                    new Surroundings(http.basePath(), '"'));
        }
        if (method == ExecutionMethod.DATABASE && database != null) {
            return new Way(
                    database.credential(),
                    List.of(
                            database.kind().word(),
                            String.valueOf(database.port()),
                            database.database(),
                            String.valueOf(database.file()),
                            database.tls() ? "verify" : "off",
                            String.valueOf(database.authority()),
                            database.authorityDigest()),
                    new Surroundings("", database.kind().nameQuote()));
        }
        return new Way(
                target.credential(),
                bySsh(target),
                target.isNetworkDevice() ? new Surroundings("", '"', true) : Surroundings.PLAIN);
    }

    private static List<String> bySsh(Target target) {
        List<String> settings = new ArrayList<>(List.of(String.valueOf(target.port())));
        if (target.isNetworkDevice()) {
            settings.add("network device");
        }
        for (Target host : target.ssh().jump()) {
            Credential login = host.credential();
            settings.add("through " + host.address() + " " + host.port());
            settings.add(login == null ? "" : login.account() + " " + login.name());
            settings.addAll(places(login));
            host.hostKeys().forEach(key -> settings.add(key.line()));
        }
        Sudo sudo = target.ssh().sudo();
        if (!sudo.equals(Sudo.ON_REQUEST)) {
            settings.add("sudo " + sudo.account());
            settings.addAll(places(sudo.password()));
        }
        return settings;
    }

    /** What kind of credential it is and where its secrets are kept: another key behind the same name is another login. */
    static List<String> places(@Nullable Credential credential) {
        return switch (credential) {
            case null -> List.of();
            case Credential.SshKey(var _, var _, SecretSource key, SecretSource passphrase) ->
                List.of("ssh-key", key.description(), passphrase == null ? "" : passphrase.description());
            case Credential.Password(var _, var _, SecretSource password) ->
                List.of("password", password.description());
            case Credential.Bearer(var _, SecretSource token) -> List.of("bearer", token.description());
            case Credential.SecretHeader(var _, String header, SecretSource value) ->
                List.of("header", header, value.description());
            case Credential.ClientCertificate(var _, SecretSource certificate, SecretSource key) ->
                List.of("client-certificate", certificate.description(), key.description());
        };
    }
}
