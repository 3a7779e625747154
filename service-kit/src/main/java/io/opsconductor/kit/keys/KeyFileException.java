package io.opsconductor.kit.keys;

import java.nio.file.Path;

/** A key or certificate file that cannot be used; the message names the file and never its content. */
public final class KeyFileException extends RuntimeException {
    public KeyFileException(Path file, String problem) {
        super("the key file " + file + " " + problem);
    }
}
