package io.opsconductor.runner.inventory;

import io.opsconductor.runner.credential.Credential;
import io.opsconductor.runner.inventory.ansible.AnsibleHost;
import io.opsconductor.runner.inventory.ansible.Variable;
import io.opsconductor.runner.winrm.Scheme;
import io.opsconductor.text.Shown;
import io.opsconductor.yaml.Finding;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads the WinRM variables of an Ansible host; what cannot be taken over is said, and the host then has no such way. */
final class AnsibleWinRm {
    private final Overlay overlay;
    private final MethodReader methods;
    private final Consumer<Finding> notices;

    AnsibleWinRm(Overlay overlay, MethodReader methods, Consumer<Finding> notices) {
        this.overlay = overlay;
        this.methods = methods;
        this.notices = notices;
    }

    /**
     * Where WinRM is.
     *
     * @param user the account that Ansible names; null when it names none
     */
    @Nullable
    WinRmAddress address(AnsibleHost host, int port, @Nullable String user, @Nullable Credential credential) {
        boolean tls = tls(host, port);
        Scheme scheme = scheme(host, user);
        if (scheme == null) {
            return null;
        }
        Variable transport = host.variable("ansible_winrm_transport");
        if (scheme == Scheme.BASIC && !tls && transport != null) {
            notices.accept(transport.notice(
                    "expected Basic over HTTPS, found it over HTTP, where everybody on the way reads the password; the"
                            + " host cannot be used with winrm",
                    "Use ntlm or kerberos, or port 5986."));
            return null;
        }
        validation(host);
        String authority = tls ? authority(host) : null;
        return new WinRmAddress(
                tls, port, scheme, authority, "", credential instanceof Credential.Password password ? password : null);
    }

    private static boolean tls(AnsibleHost host, int port) {
        Variable scheme = host.variable("ansible_winrm_scheme");
        return scheme == null ? port != 5985 : !scheme.text().equalsIgnoreCase("http");
    }

    private @Nullable Scheme scheme(AnsibleHost host, @Nullable String user) {
        Variable transport = host.variable("ansible_winrm_transport");
        if (transport == null) {
            return user != null && user.contains("@") ? Scheme.KERBEROS : Scheme.NTLM;
        }
        String words = transport.text().replaceAll("[\\[\\]'\" ]", "").toLowerCase(Locale.ROOT);
        int comma = words.indexOf(',');
        return switch (comma < 0 ? words : words.substring(0, comma)) {
            case "ntlm" -> Scheme.NTLM;
            case "kerberos" -> Scheme.KERBEROS;
            case "basic", "plaintext", "ssl" -> Scheme.BASIC;
            default -> {
                notices.accept(transport.notice(
                        "expected ntlm, kerberos or basic, found " + Shown.quoted(transport.text())
                                + "; hosts with it cannot be used with winrm",
                        ""));
                yield null;
            }
        };
    }

    private void validation(AnsibleHost host) {
        Variable validation = host.variable("ansible_winrm_server_cert_validation");
        if (validation != null && validation.text().equalsIgnoreCase("ignore")) {
            notices.accept(validation.notice(
                    "certificates are always checked, so this is not used",
                    "Name the authority's certificate as ansible_winrm_ca_trust_path, or describe the target in a file"
                            + " of our own with its fingerprint."));
        }
    }

    private @Nullable String authority(AnsibleHost host) {
        Variable path = host.variable("ansible_winrm_ca_trust_path");
        if (path == null || path.text().isBlank()) {
            return null;
        }
        Path first = overlay.sources().getFirst().toAbsolutePath();
        Path file =
                (Files.isDirectory(first) ? first.resolve(path.text()) : first.resolveSibling(path.text())).normalize();
        String authority = methods.authority(file);
        if (authority == null) {
            notices.accept(path.notice(
                    "expected a file of certificates in PEM form, found none in " + file
                            + "; the public authorities count instead",
                    ""));
        }
        return authority;
    }
}
