package io.opsconductor.runner.step;

import java.time.Instant;
import net.schmizz.sshj.SSHClient;
import org.jspecify.annotations.Nullable;

/**
 * One logged-in connection and who uses it. It serves one command at a time until it is known that each of several could
 * be ended without touching the others; then it serves {@value #SEVERAL}. What may change is guarded by the pool's lock.
 */
final class SshConnection {
    /** OpenSSH allows 10 sessions on a connection unless MaxSessions says otherwise, and ending a command takes one. */
    static final int SEVERAL = 8;

    private final SSHClient client;
    private final SshDial dial;
    private final @Nullable SshConnection through;
    private int users;
    private int room = 1;
    private boolean used;
    private boolean retired;
    private boolean closed;
    private Instant idleSince = Instant.MIN;
    private volatile @Nullable Boolean takesMarks;

    /**
     * @param through the connection that carries this one; null for none
     */
    SshConnection(SshDial dial, @Nullable SshConnection through) {
        this.client = dial.client();
        this.dial = dial;
        this.through = through;
    }

    SSHClient client() {
        return client;
    }

    @Nullable
    SshConnection through() {
        return through;
    }

    boolean isAlive() {
        return client.isConnected() && client.isAuthenticated();
    }

    /** Whether the server lets commands carry a mark of ours in their environment; null while that is not known. */
    @Nullable
    Boolean takesMarks() {
        return takesMarks;
    }

    void takesMarks(boolean takes) {
        takesMarks = takes;
    }

    /** Whether it has served a command before, so that it may have died unnoticed. */
    boolean isUsed() {
        return used;
    }

    int users() {
        return users;
    }

    int room() {
        return room;
    }

    void room(int commands) {
        room = commands;
    }

    boolean hasRoom() {
        return !retired && users < room;
    }

    void claim() {
        users++;
    }

    /** One user less; it has waited since now if that was the last. */
    void release(Instant now) {
        users--;
        used = true;
        idleSince = now;
    }

    Instant idleSince() {
        return idleSince;
    }

    /** It serves those who use it, and nobody else. */
    void retire() {
        retired = true;
    }

    boolean isRetired() {
        return retired;
    }

    /** Closes without waiting for the other side; false when it was closed already. */
    boolean close() {
        if (closed) {
            return false;
        }
        closed = true;
        dial.close();
        return true;
    }
}
