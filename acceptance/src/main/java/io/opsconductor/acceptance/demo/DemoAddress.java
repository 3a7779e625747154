package io.opsconductor.acceptance.demo;

import java.util.regex.Pattern;

/**
 * Where the demo's servers are.
 *
 * @param name under which runners reach them
 * @param listening on which address they listen
 */
public record DemoAddress(String name, String listening) {
    /** For a runner on the same machine, and nobody else. */
    public static final DemoAddress LOOPBACK = new DemoAddress("127.0.0.1", "127.0.0.1");

    private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9.-]{0,61}[a-z0-9])?");

    /** For runners in other containers of a network: it listens on all addresses, so whoever shares that network reaches it. */
    public static DemoAddress named(String name) {
        if (!isName(name)) {
            throw new IllegalArgumentException("the demo's name is \"" + name
                    + "\": it must be 1 to 63 lower-case letters, digits, dots and hyphens");
        }
        return new DemoAddress(name, "0.0.0.0");
    }

    static boolean isName(String name) {
        return NAME.matcher(name).matches();
    }
}
