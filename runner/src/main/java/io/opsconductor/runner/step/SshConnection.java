package io.opsconductor.runner.step;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicBoolean;
import net.schmizz.concurrent.Promise;
import net.schmizz.sshj.SSHClient;
import net.schmizz.sshj.common.DisconnectReason;
import net.schmizz.sshj.common.SSHException;
import net.schmizz.sshj.common.SSHPacket;
import net.schmizz.sshj.connection.ConnectionException;
import net.schmizz.sshj.connection.channel.direct.Session;
import org.jspecify.annotations.Nullable;

/**
 * One logged-in connection and who uses it. It serves one command at a time until it is known that each of several could
 * be ended without touching the others; then it serves {@value #SEVERAL}. What may change is guarded by the pool's lock.
 */
final class SshConnection {
    /** OpenSSH allows 10 sessions on a connection unless MaxSessions says otherwise, and ending a command takes one. */
    static final int SEVERAL = 8;

    /** So many questions for a sign of life may be open at once. */
    private static final int MISSES = 2;

    private final SSHClient client;
    private final SshDial dial;
    private final @Nullable SshConnection through;
    private final Deque<Promise<SSHPacket, ConnectionException>> asked = new ArrayDeque<>();
    private final AtomicBoolean asking = new AtomicBoolean();
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

    /**
     * Opens a session for one command.
     *
     * @throws SSHException when the server opens none, or the connection has died
     */
    Session session() throws SSHException {
        try {
            return client.startSession();
        } catch (IllegalStateException e) {
            // What the library says of a connection that the server has closed since the last look at it.
            throw new ConnectionException(e.getMessage(), e);
        }
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

    /**
     * Asks the server for a sign of life, and gives the connection up when it owes {@value #MISSES}: a server that vanished
     * silently would be noticed never. It may wait for the network.
     */
    void askForLife() {
        if (!asking.compareAndSet(false, true)) {
            return;
        }
        try {
            // A server that does not know the question says so, which is as good.
            asked.removeIf(answer -> answer.isFulfilled() || answer.inError());
            if (asked.size() >= MISSES) {
                throw new ConnectionException(DisconnectReason.CONNECTION_LOST, "the server gave no sign of life");
            }
            asked.add(client.getConnection().sendGlobalRequest("keepalive@openssh.com", true, new byte[0]));
        } catch (SSHException e) {
            client.getTransport().die(e);
        } finally {
            asking.set(false);
        }
    }

    /** Frees whoever waits for the server; it is of no more use. */
    void giveUp(String why) {
        // The library's locks may be held for a while, and who asks for this does not wait.
        Thread.ofVirtual().name("ssh-give-up").start(() -> client.getTransport().die(new SSHException(why)));
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
