package io.opsconductor.runner.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsconductor.runner.credential.Credential;
import io.opsconductor.runner.credential.SecretSource;
import io.opsconductor.runner.file.Reading;
import io.opsconductor.yaml.Finding;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Hosts on the way, and sudo, in our own form and in Ansible's. */
class InventorySshTest {
    private static final String CREDENTIALS = """
            credentials:
              deploy: { type: ssh-key, account: deploy, private_key: { env: KEY } }
              jump: { type: ssh-key, account: jump, private_key: { env: JUMP } }
              pw: { type: password, account: deploy, password: { env: PW } }
            """;

    @TempDir
    Path folder;

    @Test
    void hostsOnTheWayAreTargetsOrAddressesAndTheFirstBringsItsOwnWay() throws Exception {
        write("known_hosts", "192.0.2.1 " + key() + "\n[10.0.1.1]:2222 " + key() + "\n");
        Inventory inventory = good(CREDENTIALS + """
                known_hosts: known_hosts
                targets:
                  - { name: gate, address: 192.0.2.1, credential: jump }
                  - { name: bastion, aliases: [b1], address: 10.0.0.1, credential: deploy, jump: gate }
                  - name: db-01
                    address: 10.0.2.9
                    credential: deploy
                    jump: [B1, { address: 10.0.1.1, port: 2222 }]
                """);

        List<Target> way = target(inventory, "db-01").ssh().jump();
        assertThat(way).extracting(Target::name).containsExactly("gate", "bastion", "10.0.1.1:2222");
        assertThat(way.getFirst().credential()).isEqualTo(ssh("jump", "jump", "JUMP"));
        assertThat(way.getFirst().hostKeys()).hasSize(1);
        assertThat(way.getLast().credential()).isEqualTo(ssh("deploy", "deploy", "KEY"));
        assertThat(way.getLast().hostKeys()).hasSize(1);
        assertThat(target(inventory, "gate").ssh()).isEqualTo(SshSettings.DIRECT);
    }

    @Test
    void mistakesInAWayAreSaidWhereTheyStand() throws Exception {
        assertThat(problems(CREDENTIALS + """
                targets:
                  - { name: bastion, address: 10.0.0.1, credential: deploy, jump: [inner] }
                  - { name: inner, address: 10.0.0.2, credential: deploy, jump: [bastion] }
                  - { name: db-01, address: 10.0.2.9, credential: deploy, jump: [bastoin] }
                  - { name: db-02, address: 10.0.2.9, credential: deploy, jump: [{ address: "10.0.0.1 22" }] }
                """))
                .extracting(Finding::message)
                .contains(
                        "expected a way that leads to bastion, found inner on the way to itself",
                        "expected a way that leads to inner, found bastion on the way to itself",
                        "expected the name of a target, found an unknown one",
                        "expected a host name or an IP address, without a port, found something else");
        assertThat(problems(CREDENTIALS + """
                targets:
                  - { name: bastion, address: 10.0.0.1, credential: deploy }
                  - { name: db-01, address: 10.0.2.9, credential: deploy, jump: [bastoin] }
                """))
                .singleElement()
                .extracting(Finding::text)
                .asString()
                .endsWith(
                        "targets[1].jump[0]: expected the name of a target, found an unknown one. Did you mean bastion? A"
                                + " host that is no target is written { address: HOST, credential: NAME }.");
    }

    @Test
    void sudoIsATruthValueOrSaysHow() throws Exception {
        Inventory inventory = good(CREDENTIALS + """
                targets:
                  - { name: a, address: 10.0.0.1 }
                  - { name: b, address: 10.0.0.2, sudo: true }
                  - { name: c, address: 10.0.0.3, sudo: { password: pw } }
                  - { name: d, address: 10.0.0.4, sudo: { always: true, account: postgres } }
                """);

        assertThat(target(inventory, "a").ssh().sudo()).isEqualTo(Sudo.ON_REQUEST);
        assertThat(target(inventory, "b").ssh().sudo()).isEqualTo(new Sudo(true, "root", null));
        assertThat(target(inventory, "c").ssh().sudo()).isEqualTo(new Sudo(false, "root", password()));
        assertThat(target(inventory, "d").ssh().sudo()).isEqualTo(new Sudo(true, "postgres", null));
        assertThat(problems(CREDENTIALS
                        + "targets:\n  - { name: a, address: 10.0.0.1, sudo: { password: deploy, account: '-u' } }\n"))
                .extracting(Finding::message)
                .containsExactlyInAnyOrder(
                        "expected a credential of type password, found one of another type",
                        "expected the name of an account, found something else");
    }

    @Test
    void ansiblesWaysThroughOtherHostsAreTaken() throws Exception {
        write("hosts", """
                bastion ansible_host=192.0.2.1 ansible_user=jump
                [inside]
                in-1 ansible_ssh_common_args='-o ProxyJump=bastion'
                in-2 ansible_ssh_common_args='-J ops@192.0.2.7:2222,bastion -o StrictHostKeyChecking=no'
                in-3 ansible_ssh_common_args='-o ProxyCommand="ssh -W %h:%p -q -o ConnectTimeout=5 -p 2200 root@gate.example.com"'
                in-4 ansible_ssh_common_args='-o ProxyCommand="nc -x proxy:1080 %h %p"'
                in-5 ansible_ssh_common_args='-o ProxyCommand="nc -x proxy:1080 %h %p"'
                in-6 ansible_ssh_common_args='-o ProxyJump=none'
                """);
        Inventory inventory = good(CREDENTIALS + """
                ansible:
                  - include: hosts
                    credential: deploy
                    hosts:
                      in-5: { jump: [bastion] }
                """);

        assertThat(way(inventory, "in-1")).containsExactly("jump@192.0.2.1:22");
        assertThat(way(inventory, "in-2")).containsExactly("ops@192.0.2.7:2222", "jump@192.0.2.1:22");
        assertThat(way(inventory, "in-3")).containsExactly("root@gate.example.com:2200");
        assertThat(inventory.lookup("in-4")).isInstanceOf(Lookup.Unknown.class);
        assertThat(way(inventory, "in-5")).containsExactly("jump@192.0.2.1:22");
        assertThat(way(inventory, "in-6")).isEmpty();
    }

    @Test
    void ansiblesBecomeIsSudoOnEveryCommand() throws Exception {
        write("hosts", """
                [root]
                a ansible_become=yes
                [db]
                b ansible_become=true ansible_become_user=postgres
                [su]
                c ansible_become=yes ansible_become_method=su
                [asks]
                d ansible_become=yes ansible_become_password={{vault_pw}}
                [plain]
                e
                """);
        write("inventory.yaml", CREDENTIALS + """
                ansible:
                  - include: hosts
                    credential: deploy
                    groups: { asks: { sudo: { password: pw } } }
                """);
        Reading.Good<Inventory> reading = reading();
        Inventory inventory = reading.value();

        assertThat(target(inventory, "a").ssh().sudo()).isEqualTo(new Sudo(true, "root", null));
        assertThat(target(inventory, "b").ssh().sudo()).isEqualTo(new Sudo(true, "postgres", null));
        assertThat(target(inventory, "c").ssh().sudo()).isEqualTo(Sudo.ON_REQUEST);
        assertThat(target(inventory, "d").ssh().sudo()).isEqualTo(new Sudo(true, "root", password()));
        assertThat(target(inventory, "e").ssh().sudo()).isEqualTo(Sudo.ON_REQUEST);
        assertThat(reading.warnings().stream().map(Finding::text))
                .anyMatch(text -> text.contains("expected sudo as the way to become another account, found \"su\""));
    }

    private static List<String> way(Inventory inventory, String name) {
        return target(inventory, name).ssh().jump().stream()
                .map(host -> (host.credential() == null ? "" : host.credential().account()) + "@" + host.address() + ":"
                        + host.port())
                .toList();
    }

    private static Credential ssh(String name, String account, String variable) {
        return new Credential.SshKey(name, account, new SecretSource.InEnvironment(variable), null);
    }

    private static Credential.Password password() {
        return new Credential.Password("pw", "deploy", new SecretSource.InEnvironment("PW"));
    }

    private static Target target(Inventory inventory, String name) {
        return switch (inventory.lookup(name)) {
            case Lookup.Found(Target target) -> target;
            case Lookup.Unknown unknown -> throw new AssertionError(name + ": " + unknown);
        };
    }

    private Inventory good(String text) throws Exception {
        write("inventory.yaml", text);
        return reading().value();
    }

    private Reading.Good<Inventory> reading() {
        return switch (InventoryReader.read(List.of(folder.resolve("inventory.yaml")))) {
            case Reading.Good<Inventory> good -> good;
            case Reading.Bad<Inventory> bad ->
                throw new AssertionError(bad.problems().toString());
        };
    }

    private List<Finding> problems(String text) throws Exception {
        write("inventory.yaml", text);
        return switch (InventoryReader.read(List.of(folder.resolve("inventory.yaml")))) {
            case Reading.Good<Inventory> good -> throw new AssertionError("there should be mistakes");
            case Reading.Bad<Inventory> bad -> bad.problems();
        };
    }

    private void write(String name, String text) throws Exception {
        Files.writeString(folder.resolve(name), text);
    }

    private static String key() {
        byte[] name = "ssh-ed25519".getBytes(StandardCharsets.US_ASCII);
        byte[] wire = new byte[4 + name.length + 36];
        wire[3] = (byte) name.length;
        System.arraycopy(name, 0, wire, 4, name.length);
        return "ssh-ed25519 " + Base64.getEncoder().encodeToString(wire);
    }
}
