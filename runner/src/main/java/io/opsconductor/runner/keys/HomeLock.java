package io.opsconductor.runner.keys;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Of those who change the keys of a home, one after the other. */
final class HomeLock {
    private HomeLock() {}

    interface Work {
        void run() throws IOException;
    }

    /** @throws KeysException when the home cannot be written */
    static void during(Path home, Work work) {
        try (FileChannel channel = FileChannel.open(
                        home.resolve("tls/.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = channel.lock()) {
            if (!lock.isValid()) {
                throw new KeysException(home + "/tls/.lock could not be locked.");
            }
            work.run();
        } catch (IOException e) {
            throw new KeysException(
                    "The keys in " + home + " cannot be changed: " + e.getMessage()
                            + ". Check that the directory is yours and writable, or set OPSCONDUCTOR_HOME.",
                    e);
        }
    }
}
