package io.opsconductor.runner.winrm;

import java.util.Locale;

/** How to say who one is. */
public enum Scheme {
    BASIC,
    NTLM,
    KERBEROS;

    /** As in YAML. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
