package io.opsconductor.plan;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One of the organisations that share an installation, by its name. Nothing of one is ever seen or used for another.
 *
 * @param name 1 to 63 lower-case letters, digits and hyphens, beginning with a letter or a digit
 */
public record Tenant(String name) implements Comparable<Tenant> {
    // Before the constant below, whose name it checks.
    private static final Pattern FORM = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");

    /** The only one of an installation that names none. */
    public static final Tenant DEFAULT = new Tenant("default");

    /** The header by which a call to the runner says for whom it is; without it, for {@link #DEFAULT}. */
    public static final String HEADER = "OpsConductor-Tenant";

    /** Throws {@link IllegalArgumentException} when the name has not its form. */
    public Tenant {
        if (!FORM.matcher(name).matches()) {
            throw new IllegalArgumentException("a tenant's name is 1 to 63 lower-case letters, digits and hyphens");
        }
    }

    /** The tenant of this name; empty when the name has not its form. */
    public static Optional<Tenant> of(String name) {
        return FORM.matcher(name).matches() ? Optional.of(new Tenant(name)) : Optional.empty();
    }

    @Override
    public int compareTo(Tenant other) {
        return name.compareTo(other.name);
    }

    @Override
    public String toString() {
        return name;
    }
}
