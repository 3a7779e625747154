package io.opsconductor.runner.inventory;

import io.opsconductor.runner.credential.Credential;
import org.jspecify.annotations.Nullable;

/** A host on the way to a target, as an inventory names it. */
sealed interface Jump {
    /** Reports a mistake where it stands. */
    Mistake mistake();

    /** A target of the inventory. */
    record ToTarget(String name, Mistake mistake) implements Jump {}

    /**
     * A host that is no target.
     *
     * @param credential null means that of the target behind it
     */
    record ToAddress(String address, int port, @Nullable Credential credential, Mistake mistake) implements Jump {}

    /**
     * A host of ssh's options: a target when one has that name or address, and otherwise an address.
     *
     * @param account null means that of the credential
     * @param port null means that of the target, or 22
     */
    record ToHost(
            String host, @Nullable String account, @Nullable Integer port, Mistake mistake) implements Jump {}
}
