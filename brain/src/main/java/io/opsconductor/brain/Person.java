package io.opsconductor.brain;

/** How a platform-qualified identity reads in a thread. */
public final class Person {
    private Person() {}

    /** {@code alice} for {@code web:alice}. */
    public static String shortName(String identity) {
        return identity.substring(identity.indexOf(':') + 1);
    }
}
