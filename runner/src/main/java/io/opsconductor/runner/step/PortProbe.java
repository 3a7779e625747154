package io.opsconductor.runner.step;

import io.opsconductor.runner.inventory.Target;
import io.opsconductor.runner.step.Condition.HostKeyStanding;
import io.opsconductor.runner.step.Condition.Login;
import io.opsconductor.runner.step.Condition.Reach;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at a target that nobody can log in to: whether its port takes connections. */
public final class PortProbe implements Probe {
    private static final Logger LOG = LoggerFactory.getLogger(PortProbe.class);

    private final String way;
    private final Duration limit;

    /**
     * @param way the method by which the target is reached, such as {@code winrm}
     * @param limit for connecting
     */
    public PortProbe(String way, Duration limit) {
        this.way = way;
        this.limit = limit;
    }

    @Override
    public String way() {
        return way;
    }

    @Override
    public Condition look(Target target) {
        InetSocketAddress address;
        try {
            address = new InetSocketAddress(
                    NameLookup.of(target.address()).addresses().getFirst(), port(target));
        } catch (UnknownHostException e) {
            LOG.debug("{} of {}", target.address(), target.name(), e);
            return condition(
                    target, Reach.NOT_RESOLVED, SshFailures.notResolved(target).reason());
        }
        try (Socket socket = new Socket()) {
            socket.connect(address, (int) limit.toMillis());
            return condition(target, Reach.REACHED, "");
        } catch (IOException e) {
            LOG.debug("connecting to {}", target.name(), e);
            return condition(
                    target,
                    Reach.NOT_REACHED,
                    target.name() + " takes no connection on port " + port(target)
                            + ". Check that it is up, and the firewalls between it and the runner.");
        }
    }

    private static int port(Target target) {
        return target.winrm() == null ? target.port() : target.winrm().port();
    }

    private Condition condition(Target target, Reach reach, String reason) {
        return new Condition(target.name(), way, reach, HostKeyStanding.NOT_CHECKED, Login.NOT_CHECKED, "", reason);
    }

    @Override
    public void close() {
        // It keeps nothing open.
    }
}
