package io.opsconductor.plan;

import java.util.regex.Pattern;

/**
 * A platform-qualified identity: {@code web:NAME}, {@code slack:TEAM/USER} or {@code teams:TENANT/OBJECTID}. It says who
 * the platform says somebody is; which person that is, and what they may do, is the runner's policy's business.
 */
public final class Identity {
    private static final Pattern FORM = Pattern.compile("[a-z]{1,16}:[A-Za-z0-9._@/-]{1,128}");

    private Identity() {}

    /** Whether a text has the form of an identity: printable ASCII of a small alphabet, so no look-alikes. */
    public static boolean isValid(String text) {
        return FORM.matcher(text).matches();
    }
}
