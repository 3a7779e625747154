package io.opsconductor.runner.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkTest {
    @ParameterizedTest
    @CsvSource({
        "93.184.216.34,PUBLIC",
        "2606:2800:220:1::1,PUBLIC",
        "10.1.2.3,PRIVATE",
        "172.16.0.1,PRIVATE",
        "172.31.255.255,PRIVATE",
        "172.32.0.1,PUBLIC",
        "192.168.0.1,PRIVATE",
        "100.64.0.1,PRIVATE",
        "100.100.100.200,PRIVATE",
        "198.18.0.1,PRIVATE",
        "fd00:ec2::254,PRIVATE",
        "fec0::1,PRIVATE",
        "127.0.0.1,LOOPBACK",
        "127.9.9.9,LOOPBACK",
        "::1,LOOPBACK",
        "::ffff:127.0.0.1,LOOPBACK",
        "169.254.169.254,LINK_LOCAL",
        "168.63.129.16,LINK_LOCAL",
        "fe80::1,LINK_LOCAL",
        "64:ff9b::169.254.169.254,LINK_LOCAL",
        "64:ff9b::7f00:1,LOOPBACK",
        "2002:7f00:1::,LOOPBACK",
        "2002:a9fe:a9fe::1,LINK_LOCAL",
        "::10.0.0.1,PRIVATE"
    })
    void anAddressIsOfOneKindHoweverItIsWritten(String address, Network network) throws Exception {
        assertThat(Network.of(InetAddress.getByName(address))).contains(network);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "0.1.2.3", "224.0.0.1", "255.255.255.255", "240.0.0.1", "::", "ff02::1"})
    void whatIsNoMachineIsOfNone(String address) throws Exception {
        assertThat(Network.of(InetAddress.getByName(address))).isEmpty();
    }
}
