package io.opsconductor.runner.inventory;

import io.opsconductor.runner.credential.Credential;
import io.opsconductor.runner.credential.SecretSource;
import io.opsconductor.runner.inventory.ansible.AnsibleHost;
import io.opsconductor.runner.inventory.ansible.Variable;
import io.opsconductor.runner.inventory.ansible.Words;
import io.opsconductor.text.Shown;
import io.opsconductor.yaml.Finding;
import io.opsconductor.yaml.Place;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads a host's connection variables as ways to reach a target, and says what cannot be taken over. */
final class AnsibleTargets {
    private static final Pattern ACCOUNT = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._@\\\\$-]{0,127}");
    private static final String CREDENTIAL =
            "Put the secret into a file that only the runner can read, describe it under"
                    + " credentials, and name that credential for the host or its group where the inventory is included";
    private static final int NAMES_SHOWN = 3;

    private final Overlay overlay;
    private final AnsibleWinRm winrm;
    private final List<Finding> mistakes;
    private final List<Finding> notices;
    private final Set<Finding> said = new HashSet<>();
    private final List<String> withoutCredential = new ArrayList<>();

    AnsibleTargets(Overlay overlay, MethodReader methods, List<Finding> mistakes, List<Finding> notices) {
        this.overlay = overlay;
        this.winrm = new AnsibleWinRm(overlay, methods, this::once);
        this.mistakes = mistakes;
        this.notices = notices;
    }

    /** How a host is reached, as far as the inventory says. */
    record Reached(
            String address,
            int port,
            String platform,
            String environment,
            Map<String, String> labels,
            @Nullable Credential credential,
            List<Jump> jump,
            Sudo sudo,
            @Nullable WinRmAddress winrm) {}

    private enum Connection {
        SSH,
        WINRM
    }

    /** The way to a host; null when it cannot be one of our targets, which was reported. */
    @Nullable
    Reached of(AnsibleHost host) {
        Overlay.Said about = overlay.of(host);
        Connection connection = connection(host);
        if (connection == null) {
            return null;
        }
        boolean overWinrm = connection == Connection.WINRM;
        List<Jump> jump = overWinrm ? List.of() : jump(host, about.jump());
        if (jump == null) {
            return null;
        }
        if (!Forms.NAME.matcher(host.name()).matches()) {
            mistakes.add(host.mistake(
                    "expected " + Forms.NAME_FORM + " as a host's name, found " + Shown.quoted(host.name()),
                    "Give it a name, and write its address as ansible_host=ADDRESS."));
            return null;
        }
        Variable addressVariable = overWinrm
                ? host.variable("ansible_host", "ansible_winrm_host")
                : host.variable("ansible_host", "ansible_ssh_host");
        String address = addressVariable == null
                ? host.name()
                : matching(addressVariable, InventoryReader.ADDRESS, "a host name or an IP address, without a port");
        Integer port = port(host, overWinrm);
        Variable userVariable = overWinrm
                ? host.variable("ansible_user", "ansible_winrm_user")
                : host.variable("ansible_user", "ansible_ssh_user");
        String user = userVariable == null ? null : matching(userVariable, ACCOUNT, "an account name");
        secrets(host, about.credential() != null);
        Credential credential = credential(host, about.credential(), user, overWinrm);
        if (credential == null && !overWinrm) {
            withoutCredential.add(host.name());
        }
        if (address == null || port == null) {
            return null;
        }
        return new Reached(
                address,
                port,
                platform(host, overWinrm, about.platform()),
                about.environment() == null ? "" : about.environment(),
                about.labels(),
                credential,
                jump,
                overWinrm ? Sudo.ON_REQUEST : sudo(host, about.sudo()),
                overWinrm ? winrm.address(host, port, user, credential) : null);
    }

    /** One notice about all hosts that nobody can log in to; to be called once, at the end. */
    void summarize() {
        if (!withoutCredential.isEmpty()) {
            String names = String.join(
                    ", ", withoutCredential.stream().limit(NAMES_SHOWN).toList());
            int more = withoutCredential.size() - NAMES_SHOWN;
            notices.add(new Finding(
                    Finding.Severity.NOTICE,
                    overlay.sources().getFirst().toString(),
                    Place.START,
                    "",
                    "expected a way to log in to each host, found none for " + names
                            + (more > 0 ? " and " + more + " more" : ""),
                    "Name a credential where the inventory is included, or give them ansible_user and"
                            + " ansible_ssh_private_key_file."));
        }
    }

    private @Nullable Connection connection(AnsibleHost host) {
        Variable variable = host.variable("ansible_connection");
        String word = variable == null ? "ssh" : plain(variable);
        if (variable == null || word == null) {
            return variable == null ? Connection.SSH : null;
        }
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "ssh", "smart", "paramiko", "paramiko_ssh", "ansible.builtin.ssh", "ansible.builtin.paramiko_ssh" ->
                Connection.SSH;
            case "winrm", "psrp", "ansible.builtin.winrm", "ansible.builtin.psrp" -> Connection.WINRM;
            case "local", "ansible.builtin.local" -> {
                once(variable.notice(
                        "the host is the runner itself, which is no target; it is left out",
                        "Tools of the method local-command run there without a target."));
                yield null;
            }
            default -> {
                once(variable.notice(
                        "expected ssh, winrm or local, found " + Shown.quoted(word) + "; hosts with it are left out",
                        ""));
                yield null;
            }
        };
    }

    /** The hosts on the way; null when the runner cannot go it. What else the options for ssh say is reported. */
    private @Nullable List<Jump> jump(AnsibleHost host, @Nullable List<Jump> ours) {
        List<Jump> jumps = new ArrayList<>();
        for (String name : List.of("ansible_ssh_args", "ansible_ssh_common_args", "ansible_ssh_extra_args")) {
            Variable variable = host.variable(name);
            String text = variable == null ? null : plain(variable);
            if (variable == null || text == null || text.isBlank()) {
                continue;
            }
            switch (JumpOptions.of(Words.split(text))) {
                case JumpOptions.Through(List<JumpOptions.Host> hosts) ->
                    hosts.forEach(jump -> jumps.add(new Jump.ToHost(
                            jump.host(),
                            jump.account(),
                            jump.port(),
                            (message, fix) -> once(variable.mistake(message, fix), mistakes))));
                case JumpOptions.Elsewhere(String option)
                when ours != null ->
                    once(variable.notice("found " + option + "; jump in our own file is used in its place", ""));
                case JumpOptions.Elsewhere(String option) -> {
                    once(variable.notice(
                            "expected ProxyJump, -J or ProxyCommand with ssh -W %h:%p as the way through other hosts,"
                                    + " found " + option + "; hosts with it are left out",
                            "Name the hosts on the way where the inventory is included: jump: [HOST]."));
                    return null;
                }
                case JumpOptions.Direct _ ->
                    once(variable.notice(
                            "expected nothing or a way through another host, found other options for ssh; they are"
                                    + " not used",
                            "The runner chooses its own, and always checks host keys."));
            }
        }
        return ours == null ? jumps : ours;
    }

    private @Nullable Integer port(AnsibleHost host, boolean winrm) {
        Variable variable = winrm
                ? host.variable("ansible_port", "ansible_winrm_port")
                : host.variable("ansible_port", "ansible_ssh_port");
        if (variable == null) {
            Variable scheme = host.variable("ansible_winrm_scheme");
            return !winrm ? 22 : scheme != null && scheme.text().equals("http") ? 5985 : 5986;
        }
        String text = plain(variable);
        if (text == null) {
            return null;
        }
        if (text.matches("[1-9][0-9]{0,4}") && Integer.parseInt(text) <= 65_535) {
            return Integer.valueOf(text);
        }
        once(variable.mistake("expected a port from 1 to 65535, found something else", ""), mistakes);
        return null;
    }

    private void secrets(AnsibleHost host, boolean hasCredential) {
        for (String name : Variable.SECRETS) {
            Variable variable = host.variable(name);
            if (variable == null) {
                continue;
            }
            switch (variable.form()) {
                case PLAIN -> {
                    if (!variable.text().isEmpty()) {
                        once(
                                variable.mistake(
                                        "expected no secret in an inventory, found one",
                                        CREDENTIAL + "; if it was a real secret, change it."),
                                mistakes);
                    }
                }
                case VAULTED, EXPRESSION -> {
                    // With a credential of ours the runner has no need of it, and Ansible may keep it.
                    if (!hasCredential && !name.contains("become")) {
                        once(
                                variable.mistake(
                                        variable.form() == Variable.Form.VAULTED
                                                ? "expected no secret in an inventory, found one that is encrypted with"
                                                        + " Ansible's vault, which the runner does not open"
                                                : "expected no secret in an inventory, found a Jinja expression for one",
                                        CREDENTIAL + "; then this entry may stay for Ansible."),
                                mistakes);
                    }
                }
                case STRUCTURE -> {}
            }
        }
    }

    private Sudo sudo(AnsibleHost host, @Nullable Sudo ours) {
        Sudo base = ours == null ? Sudo.ON_REQUEST : ours;
        Variable become = host.variable("ansible_become");
        String word = become == null ? "" : become.text().toLowerCase(Locale.ROOT);
        if (become == null || !Set.of("true", "yes", "on", "1", "y", "t").contains(word)) {
            return base;
        }
        Variable method = host.variable("ansible_become_method");
        if (method != null
                && !Set.of("sudo", "ansible.builtin.sudo", "community.general.sudo")
                        .contains(method.text())) {
            once(method.notice(
                    "expected sudo as the way to become another account, found " + Shown.quoted(method.text())
                            + "; it is not used",
                    "A tool that needs it says so in its command, where approvers see it."));
            return base;
        }
        Variable account = host.variable("ansible_become_user");
        String who = account == null ? base.account() : matching(account, ACCOUNT, "an account name");
        Variable password = host.variable("ansible_become_password", "ansible_become_pass");
        if (password != null && base.password() == null) {
            once(password.notice(
                    "sudo is tried without a password, because the runner does not take it from here",
                    "Describe it under credentials, and name it where the inventory is included:"
                            + " sudo: { password: CREDENTIAL }."));
        }
        return new Sudo(true, who == null ? base.account() : who, base.password());
    }

    private @Nullable Credential credential(
            AnsibleHost host, @Nullable Credential given, @Nullable String user, boolean winrm) {
        if (given instanceof Credential.SshKey key) {
            // A key opens nothing there.
            return winrm
                    ? null
                    : user == null ? key : new Credential.SshKey(key.name(), user, key.privateKey(), key.passphrase());
        }
        if (given instanceof Credential.Password password) {
            return user == null ? password : new Credential.Password(password.name(), user, password.password());
        }
        Variable variable = host.variable("ansible_private_key_file", "ansible_ssh_private_key_file");
        if (given != null || variable == null || winrm) {
            return given;
        }
        String text = plain(variable);
        if (text == null || text.isBlank() || user == null) {
            return null;
        }
        Path file = keyFile(text);
        return new Credential.SshKey("key-file-" + file.getFileName(), user, new SecretSource.InFile(file), null);
    }

    private Path keyFile(String text) {
        if (text.startsWith("~/")) {
            return Path.of(System.getProperty("user.home"), text.substring(2)).normalize();
        }
        Path first = overlay.sources().getFirst().toAbsolutePath();
        return (Files.isDirectory(first) ? first.resolve(text) : first.resolveSibling(text)).normalize();
    }

    /** What Ansible says by the way in which the host is reached; otherwise what our own file says. */
    private static String platform(AnsibleHost host, boolean winrm, @Nullable String otherwise) {
        Variable shell = host.variable("ansible_shell_type");
        boolean windows = winrm
                || (shell != null
                        && (shell.text().equals("powershell") || shell.text().equals("cmd")));
        return windows ? "windows" : otherwise == null ? "" : otherwise;
    }

    private @Nullable String matching(Variable variable, Pattern pattern, String form) {
        String text = plain(variable);
        if (text != null && !pattern.matcher(text).matches()) {
            once(variable.mistake("expected " + form + ", found something else", ""), mistakes);
            return null;
        }
        return text;
    }

    /** The text of a plain value; anything else is reported. */
    private @Nullable String plain(Variable variable) {
        switch (variable.form()) {
            case PLAIN -> {
                return variable.text();
            }
            case EXPRESSION ->
                once(
                        variable.mistake(
                                "expected a plain value, found a Jinja expression, which only Ansible evaluates",
                                "Write the value itself, for example in host_vars."),
                        mistakes);
            case VAULTED ->
                once(
                        variable.mistake(
                                "expected a plain value, found one that is encrypted with Ansible's vault",
                                "The runner opens no vault: write the value itself, or a credential reference for a"
                                        + " secret."),
                        mistakes);
            case STRUCTURE ->
                once(
                        variable.mistake("expected a plain value, found none or a list or mapping", "Write the value."),
                        mistakes);
        }
        return null;
    }

    private void once(Finding notice) {
        once(notice, notices);
    }

    private void once(Finding finding, List<Finding> list) {
        // A group's variable holds for many hosts and is one thing to say.
        if (said.add(finding)) {
            list.add(finding);
        }
    }
}
