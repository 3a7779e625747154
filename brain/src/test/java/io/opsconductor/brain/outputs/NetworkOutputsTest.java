package io.opsconductor.brain.outputs;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsconductor.plan.Step;
import io.opsconductor.plan.TargetResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Ping and web addresses: commands on the runner, about the hosts that the plan names. */
class NetworkOutputsTest {
    private static final String ANSWERS = """
            PING web-server-01 (127.0.0.1) 56(84) bytes of data.
            64 bytes from 127.0.0.1: icmp_seq=1 ttl=64 time=0.045 ms

            --- web-server-01 ping statistics ---
            4 packets transmitted, 4 received, 0% packet loss, time 3021ms
            rtt min/avg/max/mdev = 0.045/0.064/0.083/0.019 ms
            """;
    private static final String SILENT = """
            PING 10.0.0.9 (10.0.0.9) 56(84) bytes of data.

            --- 10.0.0.9 ping statistics ---
            4 packets transmitted, 0 received, +4 errors, 100% packet loss, time 3062ms
            """;
    private static final String BUSYBOX = """
            --- db-server-01 ping statistics ---
            4 packets transmitted, 3 packets received, 25% packet loss
            round-trip min/avg/max = 0.120/12.300/40.100 ms
            """;

    /** One step for each host, as a plan has them. */
    private static ResultReading ping(List<String> hosts, List<String> outputs) {
        List<Step> steps = new ArrayList<>();
        List<TargetResult> results = new ArrayList<>();
        for (int at = 0; at < hosts.size(); at++) {
            steps.add(new Step("ping", Map.of("target", hosts.get(at)), List.of()));
            int exit = outputs.get(at).contains(" 0 received") ? 1 : 0;
            results.add(Outputs.result(at, "ping", "runner", exit, outputs.get(at), ""));
        }
        return new OutputReader().read(steps, results, Outputs.TOOLS);
    }

    @Test
    void aHostAnswersOrDoesNot() {
        assertThat(Outputs.sentence(ping(List.of(Outputs.WEB_1), List.of(ANSWERS))))
                .isEqualTo("web-server-01 answers: 4 of 4 packets came back, 0.06 ms on average.");
        assertThat(Outputs.sentence(ping(List.of("10.0.0.9"), List.of(SILENT))))
                .isEqualTo("10.0.0.9 does not answer: 0 of 4 packets came back.");
    }

    @Test
    void theStepsOfSeveralHostsMakeOneTable() {
        ResultReading read = ping(List.of(Outputs.WEB_1, "10.0.0.9", Outputs.DB), List.of(ANSWERS, SILENT, BUSYBOX));
        assertThat(read.readings()).hasSize(1);
        assertThat(Outputs.sentence(read))
                .isEqualTo(
                        "10.0.0.9 does not answer; 2 others do; packets are lost to db-server-01 (25% lost); slowest:"
                                + " db-server-01, 12.3 ms on average.");
        assertThat(read.next()).extracting(choice -> choice.reply()).containsExactly("traceroute to 10.0.0.9");
    }

    @Test
    void figuresThatContradictOneAnotherAreNotRead() {
        for (String output : List.of(
                "",
                "ping: nowhere.invalid: Name or service not known",
                "4 packets transmitted, 4 received, 100% packet loss, time 1ms",
                "4 packets transmitted, 5 received, 0% packet loss, time 1ms",
                "0 packets transmitted, 0 received, 0% packet loss, time 1ms",
                ANSWERS + SILENT)) {
            assertThat(Outputs.sentence(ping(List.of(Outputs.WEB_1), List.of(output))))
                    .as(output)
                    .isEmpty();
        }
    }

    private static String http(int exit, String output) {
        return Outputs.sentence(new OutputReader()
                .read(
                        List.of(new Step("http_check", Map.of("url", "https://shop.example.com/"), List.of())),
                        List.of(Outputs.result(0, "http_check", "runner", exit, output, "")),
                        Outputs.TOOLS));
    }

    @Test
    void anAddressAnswersWithAStatus() {
        assertThat(http(0, "HTTP 200\ntime 0.123456 s\nremote 192.0.2.1:443\nredirect \n"))
                .isEqualTo("https://shop.example.com/ answered 200 in 123 ms.");
        assertThat(http(22, "HTTP 503\ntime 1.5 s\n")).isEqualTo("https://shop.example.com/ answered 503 in 1500 ms.");
        assertThat(http(7, "HTTP 000\ntime 0.001 s\n")).isEqualTo("https://shop.example.com/ gave no answer.");
        assertThat(http(0, "HTTP/1.1 301 Moved Permanently\n")).isEqualTo("https://shop.example.com/ answered 301.");
        assertThat(http(0, "HTTP 999\n")).isEmpty();
        assertThat(http(0, "hello HTTP 200\n")).isEmpty();
    }
}
