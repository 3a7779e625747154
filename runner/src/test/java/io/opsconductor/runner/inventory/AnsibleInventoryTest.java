package io.opsconductor.runner.inventory;

import static io.opsconductor.runner.inventory.InventoryReaderTest.keyLine;
import static org.assertj.core.api.Assertions.assertThat;

import io.opsconductor.runner.credential.Credential;
import io.opsconductor.runner.credential.SecretSource;
import io.opsconductor.runner.file.FileStamp;
import io.opsconductor.runner.file.Reading;
import io.opsconductor.runner.file.Reloadable;
import io.opsconductor.runner.winrm.Scheme;
import io.opsconductor.yaml.Finding;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class AnsibleInventoryTest {
    @TempDir
    Path folder;

    @Test
    void includedInventoryGetsWhatAnsibleDoesNotKnow() throws Exception {
        write("hosts.ini", """
                [web]
                web-[01:03] ansible_host=192.0.2.1 ansible_port=2222
                [db]
                db-1 ansible_user=postgres
                [prod:children]
                web
                db
                """);
        write("inventory.yaml", """
                credentials:
                  deploy: { type: ssh-key, account: deploy, private_key: { env: KEY } }
                  dba: { type: password, account: dba, password: { env: DBA } }
                ansible:
                  - include: hosts.ini
                    platform: linux
                    credential: deploy
                    labels: { source: ansible }
                    groups:
                      prod: { environment: production }
                      db: { credential: dba, labels: { team: data } }
                    hosts:
                      web-03: { environment: staging }
                """);
        Inventory inventory = good("inventory.yaml");

        Target web = target(inventory, "web-01");
        assertThat(web.address()).isEqualTo("192.0.2.1");
        assertThat(web.port()).isEqualTo(2222);
        assertThat(web.platform()).isEqualTo("linux");
        assertThat(web.environment()).isEqualTo("production");
        assertThat(web.groups()).containsExactly("prod", "web");
        assertThat(web.credential())
                .isEqualTo(new Credential.SshKey("deploy", "deploy", new SecretSource.InEnvironment("KEY"), null));
        assertThat(target(inventory, "web-03").environment()).isEqualTo("staging");
        Target db = target(inventory, "db-1");
        assertThat(db.labels()).isEqualTo(Map.of("source", "ansible", "team", "data"));
        assertThat(db.credential())
                .isEqualTo(new Credential.Password("dba", "postgres", new SecretSource.InEnvironment("DBA")));
        assertThat(inventory.groups()).containsEntry("prod", List.of("db-1", "web-01", "web-02", "web-03"));
    }

    @Test
    void ansibleInventoryStandsAloneWithTheHostKeysBesideIt() throws Exception {
        write("hosts", """
                web-01 ansible_host=192.0.2.1 ansible_user=deploy ansible_ssh_private_key_file=keys/id
                win-01 ansible_connection=winrm ansible_winrm_scheme=http
                """);
        write("known_hosts", "192.0.2.1 " + keyLine("ssh-ed25519") + "\n");
        Inventory inventory = good("hosts");

        Target web = target(inventory, "web-01");
        assertThat(web.hostKeys()).hasSize(1);
        assertThat(web.groups()).containsExactly("ungrouped");
        assertThat(web.credential())
                .isEqualTo(new Credential.SshKey(
                        "key-file-id", "deploy", new SecretSource.InFile(folder.resolve("keys/id")), null));
        Target windows = target(inventory, "win-01");
        assertThat(windows.platform()).isEqualTo("windows");
        assertThat(windows.port()).isEqualTo(5985);
    }

    @Test
    void hostThatIsReachedByWinrmIsWindowsWhateverHoldsForTheOthers() throws Exception {
        write("hosts", "[win]\nwin-1 ansible_connection=winrm\n[web]\nweb-1\n");
        write("inventory.yaml", """
                credentials: { key: { type: ssh-key, account: a, private_key: { env: KEY } } }
                ansible: [{ include: hosts, platform: linux, credential: key }]
                """);
        Inventory inventory = good("inventory.yaml");

        assertThat(target(inventory, "win-1").platform()).isEqualTo("windows");
        assertThat(target(inventory, "win-1").credential()).isNull();
        assertThat(target(inventory, "web-1").platform()).isEqualTo("linux");
        assertThat(target(inventory, "web-1").credential()).isNotNull();
    }

    @Test
    void winrmVariablesSayHowTheServiceIsReached() throws Exception {
        write("hosts", """
                [win]
                win-1 ansible_user=admin
                win-2 ansible_user=svc@LAB.EXAMPLE ansible_port=5985
                win-3 ansible_winrm_transport=ssl ansible_port=15986
                win-4 ansible_winrm_transport=basic ansible_winrm_scheme=http
                win-5 ansible_winrm_transport=credssp
                win-6 ansible_winrm_server_cert_validation=ignore ansible_winrm_transport=kerberos,ntlm
                [win:vars]
                ansible_connection=winrm
                """);
        write("inventory.yaml", """
                credentials: { win: { type: password, account: ops, password: { env: WIN } } }
                ansible: [{ include: hosts, credential: win }]
                """);
        Inventory inventory = good("inventory.yaml");

        assertThat(target(inventory, "win-1").winrm()).isEqualTo(winrm(true, 5986, Scheme.NTLM, "admin"));
        assertThat(target(inventory, "win-2").winrm())
                .isEqualTo(winrm(false, 5985, Scheme.KERBEROS, "svc@LAB.EXAMPLE"));
        assertThat(target(inventory, "win-3").winrm()).isEqualTo(winrm(true, 15986, Scheme.BASIC, "ops"));
        assertThat(target(inventory, "win-4").winrm()).isNull();
        assertThat(target(inventory, "win-5").winrm()).isNull();
        assertThat(target(inventory, "win-6").winrm()).isEqualTo(winrm(true, 5986, Scheme.KERBEROS, "ops"));
        assertThat(reading("inventory.yaml").warnings().stream().map(Finding::text))
                .anyMatch(n -> n.contains("expected Basic over HTTPS, found it over HTTP"))
                .anyMatch(n -> n.contains("expected ntlm, kerberos or basic, found \"credssp\""))
                .anyMatch(n -> n.contains("certificates are always checked, so this is not used"));
    }

    private static WinRmAddress winrm(boolean tls, int port, Scheme scheme, String account) {
        return new WinRmAddress(
                tls,
                port,
                scheme,
                null,
                "",
                new Credential.Password("win", account, new SecretSource.InEnvironment("WIN")));
    }

    @Test
    void secretsAreRefusedWithoutBeingRepeated() throws Exception {
        write("hosts", "[web]\nweb-01 ansible_ssh_pass=hunter22 ansible_user=x\n");

        assertThat(problems("hosts")).singleElement().satisfies(problem -> {
            assertThat(problem.text())
                    .startsWith(folder.resolve("hosts") + ":2:8: ansible_ssh_pass: expected no secret in an inventory,"
                            + " found one. Put the secret into a file that only the runner can read, describe it under"
                            + " credentials, and name that credential")
                    .endsWith("if it was a real secret, change it.")
                    .doesNotContain("hunter22");
        });
    }

    @Test
    void vaultedPasswordIsRefusedUntilTheHostHasACredential() throws Exception {
        write("hosts.yml", "all: { hosts: { web-01: } }\n");
        write("group_vars/all.yml", "ansible_password: !vault |\n  $ANSIBLE_VAULT;1.1;AES256\n  6231\n");

        assertThat(problems("hosts.yml"))
                .singleElement()
                .satisfies(problem -> assertThat(problem.text())
                        .startsWith(folder.resolve("group_vars/all.yml") + ":1:19: ansible_password: ")
                        .contains("encrypted with Ansible's vault")
                        .endsWith("then this entry may stay for Ansible."));

        write("inventory.yaml", """
                credentials: { ops: { type: password, account: ops, password: { env: OPS } } }
                ansible: [{ include: hosts.yml, credential: ops }]
                """);
        assertThat(target(good("inventory.yaml"), "web-01").credential()).isNotNull();
    }

    @Test
    void expressionsInConnectionVariablesAreReportedWhereTheyStandAndElsewhereAreHarmless() throws Exception {
        write("hosts", "[web]\nweb-01\n[web:vars]\nother={{ x }}\nansible_host={{ inventory_hostname }}.example.com\n");

        assertThat(problems("hosts"))
                .extracting(Finding::text)
                .containsExactly(folder.resolve("hosts")
                        + ":5:1: ansible_host: expected a plain value, found a Jinja expression, which only Ansible"
                        + " evaluates. Write the value itself, for example in host_vars.");
    }

    @Test
    void hostsThatCannotBeTargetsAreLeftOutAndSaidOnce() throws Exception {
        write("hosts", """
                localhost ansible_connection=local
                [inside]
                in-[1:3] ansible_ssh_common_args='-F other_config'
                [containers]
                box ansible_connection=docker
                [plain]
                ok ansible_ssh_common_args="-o StrictHostKeyChecking=no" ansible_become=yes ansible_user=a
                """);
        Reading.Good<Inventory> reading = reading("hosts");

        assertThat(reading.value().targets()).extracting(Target::name).containsExactly("ok");
        assertThat(reading.warnings().stream().map(Finding::text))
                .anyMatch(text -> text.contains(":1:11: notice: ansible_connection: the host is the runner itself"))
                .anyMatch(text -> text.contains(
                        ":5:5: notice: ansible_connection: expected ssh, winrm or local, found \"docker\""))
                .anyMatch(text -> text.contains("always checks host keys"))
                .filteredOn(text -> text.contains("a file of its own"))
                .hasSize(1);
    }

    @Test
    void cyclesAndUndeclaredGroupsAreReported() throws Exception {
        write("hosts", "[a:children]\nb\n[b:children]\na\n[c:children]\nnowhere\n[d:vars]\nx=1\n[e:children]\nall\n");

        assertThat(problems("hosts"))
                .extracting(finding -> finding.place() + " " + finding.message())
                .containsExactly(
                        "4:1 expected groups that do not contain themselves, found that \"a\" contains \"b\"",
                        "6:1 expected a group that has a section of its own, found \"nowhere\" in [c:children] alone",
                        "7:1 expected a group that has a section of its own, found \"d\" in [d:vars] alone",
                        "10:1 expected groups that do not contain themselves, found that \"all\" contains \"e\"");
    }

    @Test
    void programsAndPluginsAreNotStarted() throws Exception {
        write("dynamic", "#!/bin/sh\ntouch " + folder.resolve("started") + "\n");
        write("aws.yml", "plugin: amazon.aws.aws_ec2\nregions: [eu-west-1]\n");
        write("inventory.yaml", "ansible: [{ include: [dynamic, aws.yml] }]\n");

        assertThat(problems("inventory.yaml"))
                .extracting(Finding::text)
                .anyMatch(text -> text.contains("found a program. The runner starts no program"))
                .anyMatch(text -> text.contains("aws.yml:1:1") && text.contains("inventory plugin"));
        assertThat(folder.resolve("started")).doesNotExist();
    }

    @Test
    void hostileFilesEndInAMistakeAndQuickly() throws Exception {
        Map<String, String> hostile = Map.of(
                "billion", "[web]\nweb[0:999999999]\n",
                "product", "[web]\nweb[0:999][0:999][0:999]\n",
                "endless", "[web]\nweb[1:99999999999999999999]\n",
                "step", "[web]\nweb[1:10:0]\n",
                "nul", "[web]\nweb\0-01\n",
                "open", "[web]\nweb-01 a='b\n",
                "nul.yml", "all: { hosts: { \"a\\0b\": } }\n",
                "aliases.yml", aliases(),
                "deep.yml", "all:\n" + deep(),
                "self.yml", "all: &a { children: { x: *a } }\n");
        for (Map.Entry<String, String> file : hostile.entrySet()) {
            write(file.getKey(), file.getValue());
            write("inventory.yaml", "ansible: [{ include: " + file.getKey() + " }]\n");
            assertThat(problems("inventory.yaml")).as(file.getKey()).isNotEmpty();
        }
    }

    @Test
    void fileThatIsTooLargeIsNotRead() throws Exception {
        Files.write(folder.resolve("hosts"), ("# " + "x".repeat(5_000_000)).getBytes(StandardCharsets.UTF_8));

        assertThat(problems("hosts").getFirst().message()).contains("expected at most");
    }

    @Test
    void namesDoNotLeadOutOfTheFolderOfVariables() throws Exception {
        write("outside.yml", "ansible_port: 1\n");
        write("inner/host_vars/ok.yml", "ansible_port: 2\n");
        write("inner/hosts", "[web]\n../../outside\nok ansible_user=a\n");

        assertThat(problems("inner/hosts").getFirst().message()).contains("as a host's name");
    }

    @Test
    void changesOfFilesAndFoldersOfVariablesAreFollowedAndMistakesLeaveTheLastGoodState() throws Exception {
        write("hosts", "[web]\nweb-01 ansible_user=a\n");
        write("inventory.yaml", "ansible: [{ include: hosts }]\n");
        List<Path> given = List.of(folder.resolve("inventory.yaml"));
        Map<Path, FileStamp> before = FileStamp.of(given);
        List<Reading<Inventory>> seen = new ArrayList<>();
        Reading.Good<Inventory> first = reading("inventory.yaml");
        try (Reloadable<Inventory> followed =
                Reloadable.following(before, first, () -> InventoryReader.read(given), seen::add)) {
            write("host_vars/web-01/main.yml", "ansible_port: 2001\n");
            assertThat(target(followed.fresh(), "web-01").port()).isEqualTo(2001);

            write("host_vars/web-01/main.yml", "ansible_port: 20022\n");
            assertThat(target(followed.fresh(), "web-01").port()).isEqualTo(20022);

            write("host_vars/web-01/main.yml", "ansible_port: [\n");
            assertThat(target(followed.fresh(), "web-01").port()).isEqualTo(20022);
            assertThat(followed.problems())
                    .singleElement()
                    .satisfies(problem -> assertThat(problem.file())
                            .isEqualTo(
                                    folder.resolve("host_vars/web-01/main.yml").toString()));

            write("hosts", "[web\nweb-01 wrong\n");
            followed.fresh();
            assertThat(followed.problems()).isNotEmpty();

            write("hosts", "[web]\nweb-01 ansible_user=a\nweb-02 ansible_user=b\n");
            write("host_vars/web-01/main.yml", "ansible_port: 2003\n");
            assertThat(followed.fresh().targets()).extracting(Target::port).containsExactly(2003, 22);
            assertThat(followed.problems()).isEmpty();
        }
        assertThat(seen).hasSizeGreaterThanOrEqualTo(5);
    }

    @Test
    void twentyThousandHostsAreReadAndOneMoreIsNot() throws Exception {
        write("hosts", "[web]\nweb-[1:20000] ansible_user=a\n");
        assertThat(good("hosts").targets()).hasSize(20_000);

        write("hosts", "[web]\nweb-[1:20000]\n[db]\none-more\n");
        assertThat(problems("hosts").getFirst().message()).isEqualTo("expected at most 20000 hosts, found more");
    }

    private static String aliases() {
        StringBuilder yaml = new StringBuilder("l0: &l0 { hosts: { a: } }\n");
        for (int level = 1; level < 30; level++) {
            yaml.append("l%1$d: &l%1$d { children: { a%1$d: *l%2$d, b%1$d: *l%2$d } }%n".formatted(level, level - 1));
        }
        return yaml.toString();
    }

    private static String deep() {
        StringBuilder yaml = new StringBuilder();
        for (int level = 0; level < 200; level++) {
            yaml.append("  ".repeat(2 * level + 1)).append("children:\n");
            yaml.append("  ".repeat(2 * level + 2)).append("g").append(level).append(":\n");
        }
        return yaml.toString();
    }

    private static Target target(Inventory inventory, String name) {
        assertThat(inventory.lookup(name)).isInstanceOf(Lookup.Found.class);
        return ((Lookup.Found) inventory.lookup(name)).target();
    }

    private Inventory good(String name) {
        return reading(name).value();
    }

    private Reading.Good<Inventory> reading(String name) {
        Reading<Inventory> reading = InventoryReader.read(List.of(folder.resolve(name)));
        assertThat(reading).as(String.valueOf(reading)).isInstanceOf(Reading.Good.class);
        return (Reading.Good<Inventory>) reading;
    }

    private List<Finding> problems(String name) {
        Reading<Inventory> reading = InventoryReader.read(List.of(folder.resolve(name)));
        assertThat(reading).isInstanceOf(Reading.Bad.class);
        return ((Reading.Bad<Inventory>) reading).problems();
    }

    private void write(String name, String content) throws Exception {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }
}
