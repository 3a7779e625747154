package io.opsconductor.runner.inventory.ansible;

import io.opsconductor.yaml.Finding;
import io.opsconductor.yaml.Place;
import java.nio.file.Path;
import java.util.Set;

/**
 * A connection variable as it was written. Others are not kept.
 *
 * @param form what was written
 * @param text the value of a plain one; empty for every other form
 * @param file where it was written
 * @param place the value's place in the file
 */
public record Variable(String name, Form form, String text, Path file, Place place) {
    /** The names of variables that hold a secret. */
    public static final Set<String> SECRETS = Set.of(
            "ansible_password",
            "ansible_ssh_pass",
            "ansible_ssh_password",
            "ansible_ssh_private_key",
            "ansible_ssh_private_key_passphrase",
            "ansible_private_key_passphrase",
            "ansible_winrm_pass",
            "ansible_winrm_password",
            "ansible_become_pass",
            "ansible_become_password",
            "ansible_sudo_pass",
            "ansible_su_pass");

    private static final Set<String> OTHERS = Set.of(
            "ansible_host",
            "ansible_ssh_host",
            "ansible_port",
            "ansible_ssh_port",
            "ansible_user",
            "ansible_ssh_user",
            "ansible_connection",
            "ansible_shell_type",
            "ansible_private_key_file",
            "ansible_ssh_private_key_file",
            "ansible_ssh_args",
            "ansible_ssh_common_args",
            "ansible_ssh_extra_args");

    /** What was written. */
    public enum Form {
        PLAIN,
        /** Encrypted with Ansible's vault. */
        VAULTED,
        /** Holds something for Ansible to evaluate. */
        EXPRESSION,
        /** A list or mapping, or nothing. */
        STRUCTURE
    }

    /** Whether a variable decides how a host is reached. */
    static boolean isKept(String name) {
        return OTHERS.contains(name)
                || SECRETS.contains(name)
                || name.equals("ansible_become")
                || name.startsWith("ansible_become_")
                || name.startsWith("ansible_winrm_");
    }

    static Variable plain(String name, String text, Path file, Place place) {
        boolean expression = text.contains("{{") || text.contains("{%") || text.contains("{#");
        return new Variable(name, expression ? Form.EXPRESSION : Form.PLAIN, expression ? "" : text, file, place);
    }

    static Variable of(String name, Node value, Path file) {
        return switch (value) {
            case Node.Text text when text.vaulted() -> new Variable(name, Form.VAULTED, "", file, text.place());
            case Node.Text text -> plain(name, text.text(), file, text.place());
            case Node.Nothing nothing -> new Variable(name, Form.STRUCTURE, "", file, nothing.place());
            case Node.Items items -> new Variable(name, Form.STRUCTURE, "", file, items.place());
            case Node.Fields fields -> new Variable(name, Form.STRUCTURE, "", file, fields.place());
        };
    }

    /** A mistake at this place. */
    public Finding mistake(String message, String fix) {
        return Finding.error(file.toString(), place, name, message, fix);
    }

    /** Something worth knowing at this place. */
    public Finding notice(String message, String fix) {
        return new Finding(Finding.Severity.NOTICE, file.toString(), place, name, message, fix);
    }

    /** Never the value, which may be a secret. */
    @Override
    public String toString() {
        return name + " at " + file + ":" + place;
    }
}
