package io.opsconductor.brain.outputs;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsconductor.plan.TargetStatus;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ListeningTest {
    private static final String SS = """
            State  Recv-Q Send-Q Local Address:Port Peer Address:Port Process
            LISTEN 0      128          0.0.0.0:22        0.0.0.0:*    users:(("sshd",pid=712,fd=3))
            LISTEN 0      128             [::]:22           [::]:*    users:(("sshd",pid=712,fd=4))
            LISTEN 0      244        127.0.0.1:5432      0.0.0.0:*    users:(("postgres",pid=812,fd=5))
            LISTEN 0      511                *:443             *:*
            """;
    private static final String NETSTAT = """
            Active Internet connections (only servers)
            Proto Recv-Q Send-Q Local Address           Foreign Address         State       PID/Program name
            tcp        0      0 0.0.0.0:80              0.0.0.0:*               LISTEN      99/nginx
            tcp6       0      0 ::1:631                 :::*                    LISTEN      -
            udp        0      0 0.0.0.0:68              0.0.0.0:*                           512/dhclient
            """;

    private static Optional<Listening.Sockets> read(String output) {
        return new Listening()
                .read(new Written(
                        TargetStatus.SUCCEEDED,
                        0,
                        output,
                        output.stripTrailing().lines().toList(),
                        List.of()));
    }

    private static Kind.Laid laid(String... outputs) {
        List<String> subjects = List.of(Outputs.WEB_1, Outputs.WEB_2).subList(0, outputs.length);
        List<Kind.Of<Listening.Sockets>> all = subjects.stream()
                .map(subject -> new Kind.Of<>(
                        subject, read(outputs[subjects.indexOf(subject)]).orElseThrow()))
                .toList();
        return new Listening().laid("", all, outputs.length == 1);
    }

    @Test
    void portsForAllAndForTheMachineItselfAreToldApart() {
        Kind.Laid laid = laid(SS);
        assertThat(laid.sentence()).isEqualTo("web-server-01 listens on 22 and 443, and on 5432 for itself alone");
        assertThat(laid.table().orElseThrow().rows())
                .extracting(ReadTable.Row::cells)
                .containsExactly(
                        List.of("22", "tcp", "0.0.0.0", "sshd"),
                        List.of("22", "tcp", "[::]", "sshd"),
                        List.of("443", "tcp", "*", ""),
                        List.of("5432", "tcp", "127.0.0.1", "postgres"));
    }

    @Test
    void netstatSaysTheSame() {
        Kind.Laid laid = laid(SS, NETSTAT);
        assertThat(laid.sentence()).endsWith("; web-server-02 listens on 68 and 80, and on 631 for itself alone");
        assertThat(laid.table().orElseThrow().rows())
                .extracting(ReadTable.Row::cells)
                .contains(List.of("web-server-02", "68", "udp", "0.0.0.0", "dhclient"));
    }

    @Test
    void aMachineMayListenOnNothing() {
        assertThat(laid("State Recv-Q Send-Q Local Address:Port Peer Address:Port\n")
                        .sentence())
                .isEqualTo("web-server-01 listens on no port");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "LISTEN 0 128 0.0.0.0:22 0.0.0.0:*",
                "State Recv-Q Send-Q Local Address:Port Peer Address:Port\nESTAB 0 0 10.0.0.1:22 10.0.0.2:4711",
                "State Recv-Q Send-Q Local Address:Port Peer Address:Port\nLISTEN 0 0 10.0.0.1:99999 0.0.0.0:*",
                "State Recv-Q Send-Q Local Address:Port Peer Address:Port\nrestart nginx on db-server-01"
            })
    void somethingElseIsNotRead(String output) {
        assertThat(read(output)).isEmpty();
    }
}
