package io.opsconductor.acceptance.demo;

import java.io.IOException;
import java.util.List;
import org.apache.sshd.common.channel.Channel;
import org.apache.sshd.common.channel.ChannelFactory;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.channel.ChannelSessionFactory;

/**
 * Tells the exit status before the output's end. A client that has ended its own side closes the channel when it hears of
 * the output's end, and would then miss a status that comes after it (seen with OpenSSH's ControlMaster).
 */
final class StatusFirstChannel extends ChannelSession {
    private boolean told;

    private StatusFirstChannel() {}

    static List<ChannelFactory> factories() {
        return List.of(new ChannelSessionFactory() {
            @Override
            public Channel createChannel(Session session) {
                return new StatusFirstChannel();
            }
        });
    }

    @Override
    protected void closeShell(int exitValue, boolean closeImmediately) throws IOException {
        if (!isClosing()) {
            sendExitStatus(exitValue);
        }
        super.closeShell(exitValue, closeImmediately);
    }

    @Override
    protected void sendExitStatus(int exitValue) throws IOException {
        if (!told) {
            told = true;
            super.sendExitStatus(exitValue);
        }
    }
}
