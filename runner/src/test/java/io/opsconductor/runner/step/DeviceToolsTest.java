package io.opsconductor.runner.step;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsconductor.plan.RenderedCommand;
import io.opsconductor.plan.TargetStatus;
import io.opsconductor.runner.credential.Credential;
import io.opsconductor.runner.credential.CredentialSource;
import io.opsconductor.runner.credential.SecretSource;
import io.opsconductor.runner.inventory.HostKey;
import io.opsconductor.runner.inventory.Target;
import io.opsconductor.runner.mask.Masker;
import io.opsconductor.runner.step.SimulatedDevice.Family;
import io.opsconductor.tool.CommandRendering.Surroundings;
import io.opsconductor.tool.ExecutionMethod;
import io.opsconductor.tool.RenderingException;
import io.opsconductor.tool.ToolDefinition;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.schmizz.sshj.common.Buffer;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.keyprovider.SimpleGeneratorHostKeyProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each tool for switches and routers on a device with prompts, modes and pages. It answers the lines that the vendors' command
 * references have, 60 lines each, and refuses every other: Cisco, "IOS Command Reference" and "NX-OS Command Reference"; Arista, "EOS
 * User Manual"; Juniper, "CLI Reference".
 */
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DeviceToolsTest {
    private static final List<String> OUTPUT = IntStream.rangeClosed(1, 60)
            .mapToObj(i -> "line " + i + " of the answer")
            .toList();

    private final Masker masker = new Masker();
    private final SshServer server = SshServer.setUpDefaultServer();
    private final SshExecutor executor = new SshExecutor(
            new CredentialSource(masker, Map.of("PASSWORD", "correct-horse"), Path.of("age.txt")), masker);

    @BeforeAll
    void start() throws Exception {
        SimpleGeneratorHostKeyProvider keys = new SimpleGeneratorHostKeyProvider();
        keys.setAlgorithm("EC");
        server.setHost("127.0.0.1");
        server.setPort(0);
        server.setKeyPairProvider(keys);
        server.setPasswordAuthenticator((user, password, session) -> password.equals("correct-horse"));
        server.setShellFactory(channel -> new SimulatedDevice(Family.IOS, true));
        server.start();
    }

    @AfterAll
    void stop() throws Exception {
        executor.close();
        server.stop(true);
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(delimiter = '~', textBlock = """
            device_interface ~ interface=GigabitEthernet1/0/1 ~ show interfaces GigabitEthernet1/0/1
            device_version ~ - ~ show version
            device_interfaces ~ - ~ show interface status
            device_ip_interfaces ~ - ~ show ip interface brief
            device_neighbors ~ - ~ show lldp neighbors
            device_mac_table ~ - ~ show mac address-table
            device_find_mac ~ mac=0011.2233.4455 ~ show mac address-table address 0011.2233.4455
            device_arp ~ - ~ show ip arp
            device_arp ~ address=10.0.0.17 ~ show ip arp 10.0.0.17
            device_routes ~ - ~ show ip route
            device_routes ~ prefix=10.20.0.0 ~ show ip route 10.20.0.0
            device_bgp ~ - ~ show ip bgp summary
            device_ospf ~ - ~ show ip ospf neighbor
            device_vlans ~ - ~ show vlan brief
            device_log ~ - ~ show logging
            device_cpu ~ - ~ show processes cpu
            device_environment ~ - ~ show environment
            device_port_channels ~ - ~ show port-channel summary
            device_config ~ interface=Ethernet1/4 ~ show running-config interface Ethernet1/4
            device_shutdown_interface ~ interface=GigabitEthernet1/0/1 ~ configure terminal; interface GigabitEthernet1/0/1; shutdown; end; show interfaces GigabitEthernet1/0/1
            device_enable_interface ~ interface=Gi1/0/24 ~ configure terminal; interface Gi1/0/24; no shutdown; end; show interfaces Gi1/0/24
            device_save_config ~ - ~ write memory
            junos_interfaces ~ - ~ show interfaces terse
            junos_routes ~ - ~ show route
            junos_routes ~ prefix=10.20.0.0/16 ~ show route 10.20.0.0/16
            junos_bgp ~ - ~ show bgp summary
            junos_ospf ~ - ~ show ospf neighbor
            junos_alarms ~ - ~ show chassis alarms
            junos_log ~ count=100 ~ show log messages | last 100 | no-more
            junos_commits ~ - ~ show system commit
            """)
    void theLinesAreOnesThatTheDeviceKnowsAndTheAnswerComesWhole(String tool, String given, String lines)
            throws Exception {
        List<String> known = List.of(lines.split("; ", -1));
        Family family = tool.startsWith("junos_") ? Family.JUNOS : Family.IOS;
        // It pages: turning that off is not known either.
        server.setShellFactory(channel -> new SimulatedDevice(family, false, known, OUTPUT));

        TargetOutcome outcome = run(
                ShippedTools.rendered(tool, ShippedTools.values(given), new Surroundings("", '"', true)),
                family == Family.JUNOS ? "junos" : "ios");

        assertThat(outcome.status()).as(outcome.reason()).isEqualTo(TargetStatus.SUCCEEDED);
        assertThat(((TargetOutcome.Answered) outcome).stdout().text())
                .endsWith(OUTPUT.stream().map(line -> line + "\n").collect(Collectors.joining()));
    }

    @Test
    void everyShippedToolForDevicesIsAmongThem() throws Exception {
        TreeSet<String> tried = Stream.of(DeviceToolsTest.class
                        .getDeclaredMethod(
                                "theLinesAreOnesThatTheDeviceKnowsAndTheAnswerComesWhole",
                                String.class,
                                String.class,
                                String.class)
                        .getAnnotation(CsvSource.class)
                        .textBlock()
                        .split("\n", -1))
                .map(row -> row.strip().split(" ", -1)[0])
                .filter(name -> !name.isEmpty())
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(tried).containsExactlyElementsOf(new TreeSet<>(names()));
    }

    static List<String> names() {
        return ShippedTools.which(tool -> tool.execution().method() == ExecutionMethod.SSH
                        && tool.platforms().stream().anyMatch(List.of("ios", "eos", "nxos", "junos")::contains))
                .stream()
                .map(ToolDefinition::name)
                .toList();
    }

    /** A device has no quotes: what could be a second word or line is refused before any card. */
    @ParameterizedTest
    @MethodSource("names")
    void aHostileValueIsRefused(String name) {
        ToolDefinition tool = ShippedTools.named(name);
        for (var parameter : tool.parameters()) {
            for (String value :
                    List.of(ShippedTools.HOSTILE, "Gi1/0/1 | redirect tftp://x", "10.0.0.1;reload", "x\nreload")) {
                Map<String, Object> values = new LinkedHashMap<>(Map.of(parameter.name(), value));
                assertThat(isRefused(tool, values))
                        .as(parameter.name() + " " + value)
                        .isTrue();
            }
        }
    }

    private static boolean isRefused(ToolDefinition tool, Map<String, Object> values) {
        try {
            return ShippedTools.rendered(tool, values, new Surroundings("", '"', true))
                    .isEmpty();
        } catch (RenderingException e) {
            return true;
        }
    }

    private TargetOutcome run(RenderedCommand command, String platform) throws Exception {
        byte[] wire = new Buffer.PlainBuffer()
                .putPublicKey(server.getKeyPairProvider()
                        .loadKeys(null)
                        .iterator()
                        .next()
                        .getPublic())
                .getCompactData();
        String type = new String(wire, 4, wire[3], StandardCharsets.US_ASCII);
        Target device = new Target(
                "sw1",
                List.of(),
                "127.0.0.1",
                server.getPort(),
                platform,
                "",
                List.of(),
                Map.of(),
                new Credential.Password("pw", "ops", new SecretSource.InEnvironment("PASSWORD")),
                List.of(new HostKey(type, Base64.getEncoder().encodeToString(wire))));
        return executor.run(
                new StepCommand(
                        "execution-1",
                        command,
                        new Place.OnTarget(device),
                        Duration.ofSeconds(20),
                        StepCommand.DEFAULT_OUTPUT_LIMIT_BYTES),
                (channel, text) -> {},
                new Cancellation());
    }
}
