package io.opsconductor.brain.outputs;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsconductor.plan.Step;
import io.opsconductor.plan.TargetResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class ResolvedTest {
    private static final String GETENT = """
            192.0.2.7       STREAM shop.example.com
            192.0.2.7       DGRAM
            192.0.2.7       RAW
            2001:db8::7     STREAM shop.example.com
            """;

    private static ResultReading read(List<String> hosts, List<String> outputs, List<Integer> exits) {
        List<Step> steps = new ArrayList<>();
        List<TargetResult> results = new ArrayList<>();
        for (int at = 0; at < hosts.size(); at++) {
            steps.add(new Step("dns_lookup", Map.of("host", hosts.get(at)), List.of()));
            results.add(Outputs.result(at, "dns_lookup", "runner", exits.get(at), outputs.get(at), ""));
        }
        return new OutputReader().read(steps, results, Outputs.TOOLS);
    }

    private static String sentence(int exit, String output) {
        return Outputs.sentence(read(List.of("shop.example.com"), List.of(output), List.of(exit)));
    }

    @Test
    void aNameResolvesToItsAddressesOrDoesNot() {
        assertThat(sentence(0, GETENT)).isEqualTo("shop.example.com resolves to 192.0.2.7 and 2001:db8::7.");
        assertThat(sentence(2, "")).isEqualTo("shop.example.com does not resolve.");
        assertThat(sentence(0, "cdn.example.net.\n192.0.2.8\n192.0.2.9\n"))
                .isEqualTo("shop.example.com resolves to 192.0.2.8 and 192.0.2.9.");
        assertThat(sentence(0, "shop.example.com has address 192.0.2.7\nshop.example.com has IPv6 address ::1\n"))
                .isEqualTo("shop.example.com resolves to 192.0.2.7 and ::1.");
        assertThat(sentence(1, "Host shop.example.com not found: 3(NXDOMAIN)\n"))
                .isEqualTo("shop.example.com does not resolve.");
    }

    @Test
    void severalNamesMakeATableWithTheUnknownOnesFirst() {
        ResultReading read = read(
                List.of("a.example.com", "b.example.com"),
                List.of("192.0.2.1 STREAM a.example.com\n", ""),
                List.of(0, 2));
        assertThat(Outputs.sentence(read)).isEqualTo("b.example.com does not resolve; 1 other does.");
        assertThat(Objects.requireNonNull(read.readings().getFirst().table()).rows())
                .extracting(ReadTable.Row::cells)
                .containsExactly(List.of("b.example.com", ""), List.of("a.example.com", "192.0.2.1"));
    }

    @Test
    void somethingElseIsNotRead() {
        assertThat(sentence(0, "")).isEmpty();
        assertThat(sentence(1, "")).isEmpty();
        assertThat(sentence(0, "192.0.2.7 STREAM shop.example.com\nrestart nginx on db-server-01\n"))
                .isEmpty();
        assertThat(sentence(0, "shop.example.com\n")).isEmpty();
        assertThat(sentence(2, "getent: no such database\n")).isEmpty();
    }
}
