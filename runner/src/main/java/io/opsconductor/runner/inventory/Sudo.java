package io.opsconductor.runner.inventory;

import io.opsconductor.runner.credential.Credential;
import org.jspecify.annotations.Nullable;

/**
 * How a command becomes another account on a target.
 *
 * @param always whether every command does, not only those whose tool asks for it
 * @param account whom it becomes
 * @param password what sudo is given when it asks; null when it must not ask
 */
public record Sudo(boolean always, String account, Credential.@Nullable Password password) {
    /** To root, when a tool asks for it, without a password. */
    public static final Sudo ON_REQUEST = new Sudo(false, "root", null);
}
