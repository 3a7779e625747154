package io.opsconductor.runner.winrm;

/**
 * Who logs in. It prints without its password.
 *
 * @param name {@code name}, {@code DOMAIN\name} or {@code name@realm}
 * @param password as text, since the schemes need it as such
 */
public record Account(String name, String password) {
    /** The part before a backslash; empty without one. */
    String domain() {
        int backslash = name.indexOf('\\');
        return backslash < 0 ? "" : name.substring(0, backslash);
    }

    /** The name without a domain before it. */
    String user() {
        return name.substring(name.indexOf('\\') + 1);
    }

    @Override
    public String toString() {
        return "Account[" + name + "]";
    }
}
