package io.opsconductor.kit.keys;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The key that a process signs with: a pair of files, which may be replaced by another pair while the process runs. */
public final class SigningKey implements Supplier<Signer> {
    private final KeyFiles<Signer> files;

    private SigningKey(KeyFiles<Signer> files) {
        this.files = files;
    }

    /**
     * Opens a key pair.
     *
     * @throws KeyFileException when either file is unusable or they do not belong together
     */
    public static SigningKey open(Path privateKey, Path publicKey) {
        return new SigningKey(new KeyFiles<>(List.of(privateKey, publicKey), () -> Signer.open(privateKey, publicKey)));
    }

    /** Why the files as they are now cannot be used; null while they are what is signed with. */
    public @Nullable String problem() {
        return files.problem();
    }

    /** Signs with what the files hold now; while they do not belong together, with what they held before. */
    @Override
    public Signer get() {
        return files.current();
    }
}
