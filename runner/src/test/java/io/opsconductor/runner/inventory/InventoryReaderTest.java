package io.opsconductor.runner.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsconductor.json.Json;
import io.opsconductor.runner.credential.Credential;
import io.opsconductor.runner.credential.SecretSource;
import io.opsconductor.runner.file.Reading;
import io.opsconductor.runner.winrm.Scheme;
import io.opsconductor.yaml.Finding;
import io.opsconductor.yaml.Place;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InventoryReaderTest {
    private static final String INVENTORY = """
            credentials:
              demo: { type: ssh-key, account: deploy, private_key: { file: keys/id }, passphrase: { env: PHRASE } }
              pw: { type: password, account: ops, password: { env: OPS_PASSWORD } }
            known_hosts: known_hosts
            targets:
              - name: web-server-01
                aliases: [web01]
                address: 192.0.2.1
                port: 2222
                platform: linux
                environment: production
                groups: [web-servers]
                labels: { role: web, rack: 12, country: no }
                credential: demo
              - { name: db-server-01, address: db.example.com, groups: [databases], credential: pw }
            groups:
              all-web: { children: [web-servers] }
              everything: { children: [all-web, databases] }
            """;

    @TempDir
    Path folder;

    @Test
    void wholeInventoryIsRead() throws Exception {
        key();
        write("known_hosts", "[192.0.2.1]:2222 " + keyLine("ssh-ed25519") + "\n");
        Inventory inventory = good(write("inventory.yaml", INVENTORY)).value();

        assertThat(inventory.lookup("WEB01")).isInstanceOfSatisfying(Lookup.Found.class, found -> {
            Target target = found.target();
            assertThat(target.name()).isEqualTo("web-server-01");
            assertThat(target.port()).isEqualTo(2222);
            assertThat(target.groups()).containsExactly("all-web", "everything", "web-servers");
            assertThat(target.labels()).containsEntry("rack", "12").containsEntry("country", "no");
            assertThat(target.credential())
                    .isEqualTo(new Credential.SshKey(
                            "demo",
                            "deploy",
                            new SecretSource.InFile(folder.resolve("keys/id")),
                            new SecretSource.InEnvironment("PHRASE")));
            assertThat(target.hostKeys()).hasSize(1);
        });
        assertThat(inventory.groups())
                .containsEntry("everything", List.of("db-server-01", "web-server-01"))
                .containsEntry("all-web", List.of("web-server-01"));
    }

    @Test
    void unknownNameIsAnsweredWithTheNearest() throws Exception {
        key();
        write("known_hosts", "");
        Inventory inventory = good(write("inventory.yaml", INVENTORY)).value();

        assertThat(inventory.lookup("web-sever-01"))
                .isEqualTo(new Lookup.Unknown(List.of("web-server-01", "db-server-01", "web-servers")));
        assertThat(inventory.lookup("zzz")).isEqualTo(new Lookup.Unknown(List.of()));
    }

    @Test
    void aLineThatNamesAnAuthorityForHostKeysIsSaidToBeUnused() throws Exception {
        key();
        write("known_hosts", "# ours\n@cert-authority *.example.com " + keyLine("ssh-ed25519") + "\n");

        Reading.Good<Inventory> read = good(write("inventory.yaml", INVENTORY));

        assertThat(read.warnings())
                .containsExactly(new Finding(
                        Finding.Severity.NOTICE,
                        folder.resolve("known_hosts").toString(),
                        new Place(2, 1),
                        "",
                        "expected a host key, found a certificate authority; the line is not used",
                        "Hosts prove themselves with a key of their own: ./opsconductor hosts enrol NAME."));
        assertThat(((Lookup.Found) read.value().lookup("db-server-01")).target().hostKeys())
                .isEmpty();
    }

    @Test
    void directoryHoldsNoAddressAccountCredentialOrKey() throws Exception {
        key();
        write("known_hosts", "[192.0.2.1]:2222 " + keyLine("ssh-ed25519") + "\n");
        String directory =
                Json.write(good(write("inventory.yaml", INVENTORY)).value().directory());

        assertThat(directory)
                .contains("web-server-01", "web01", "production", "everything")
                .doesNotContain("192.0.2.1", "2222", "deploy", "demo", "ssh-ed25519", "db.example.com");
    }

    @Test
    void webInterfacesAndDatabasesAreRead() throws Exception {
        Inventory inventory = good(write("inventory.yaml", """
                credentials:
                  token: { type: bearer, token: { env: TOKEN } }
                  reader: { type: password, account: reader, password: { env: READER } }
                targets:
                  - name: shop-api
                    address: shop.example.com
                    http: { port: 8443, base_path: /api/v1/, networks: [public, private], redirects: same-origin, credential: token }
                  - { name: plain-api, address: api.example.com, http: { credential: token } }
                  - name: orders-db
                    address: 192.0.2.7
                    database: { type: postgresql, name: orders, credential: reader }
                  - name: jobs-db
                    database: { type: sqlite, file: data/jobs.db }
                """)).value();

        assertThat(((Lookup.Found) inventory.lookup("shop-api")).target().http())
                .isEqualTo(new WebAddress(
                        true,
                        8443,
                        "/api/v1",
                        null,
                        java.util.Set.of(Network.PUBLIC, Network.PRIVATE),
                        true,
                        new Credential.Bearer("token", new SecretSource.InEnvironment("TOKEN"))));
        WebAddress plain = Objects.requireNonNull(
                ((Lookup.Found) inventory.lookup("plain-api")).target().http());
        assertThat(plain.networks()).containsExactly(Network.PUBLIC);
        assertThat(plain.followRedirects()).isFalse();
        Target orders = ((Lookup.Found) inventory.lookup("orders-db")).target();
        assertThat(orders.platform()).isEqualTo("postgresql");
        assertThat(orders.database())
                .isEqualTo(new DatabaseAddress(
                        DatabaseAddress.Kind.POSTGRESQL,
                        5432,
                        "orders",
                        null,
                        true,
                        null,
                        "",
                        new Credential.Password("reader", "reader", new SecretSource.InEnvironment("READER"))));
        Target jobs = ((Lookup.Found) inventory.lookup("jobs-db")).target();
        assertThat(jobs.address()).isEmpty();
        assertThat(inventory.atAddress("")).isEmpty();
        assertThat(jobs.database())
                .isEqualTo(new DatabaseAddress(
                        DatabaseAddress.Kind.SQLITE, 0, "", folder.resolve("data/jobs.db"), false, null, "", null));
    }

    @Test
    void everyMistakeAboutAWebInterfaceOrADatabaseIsReported() throws Exception {
        write("not.pem", "hello");
        Path file = write("inventory.yaml", """
                credentials:
                  key: { type: ssh-key, account: a, private_key: { env: KEY } }
                  token: { type: bearer, account: a, token: { env: TOKEN } }
                  host: { type: header, header: Host, value: { env: TOKEN } }
                targets:
                  - name: a
                    address: a.example
                    credential: token
                    http: { scheme: ftp, base_path: /x/../y, networks: [everywhere], redirects: all, credential: key }
                  - name: b
                    address: b.example
                    http: { ca: not.pem }
                    database: { type: oracle }
                  - name: c
                    address: c.example
                    database: { type: mysql, name: "x;y", tls: maybe, credential: token }
                  - name: d
                    database: { type: sqlite, file: x.db, port: 1 }
                  - name: e
                    database: { type: postgresql, name: x }
                """);

        assertThat(problems(file))
                .containsExactlyInAnyOrder(
                        ":3:35: credentials.token.account: expected no such key in a credential of type bearer, found one. Remove it.",
                        ":4:33: credentials.host.header: expected a header's name, found something else",
                        ":8:17: targets[0].credential: expected a credential of type ssh-key or password, found one of another type. Put it below http: if it is for web requests.",
                        ":9:21: targets[0].http.scheme: expected https or http, found something else",
                        ":9:37: targets[0].http.base_path: expected a path such as /api, without blanks, empty parts, . and .. parts, found something else",
                        ":9:57: targets[0].http.networks[0]: expected public, private, loopback or link-local, found something else",
                        ":9:81: targets[0].http.redirects: expected refuse or same-origin, found something else",
                        ":9:98: targets[0].http.credential: expected a credential of type bearer, password, header or client-certificate, found one of another type",
                        ":12:17: targets[1].http.ca: expected a file of certificates in PEM form, found none in "
                                + folder.resolve("not.pem")
                                + ". Name the file with the certificate of the authority that signs the target's.",
                        ":13:23: targets[1].database.type: expected postgresql, mysql, mariadb or sqlite, found something else",
                        ":16:36: targets[2].database.name: expected the name of a database, found something else",
                        ":16:48: targets[2].database.tls: expected verify or off, found something else",
                        ":16:67: targets[2].database.credential: expected a credential of type password, found one of another type",
                        ":18:49: targets[3].database.port: expected no such key beside type sqlite, found one. Remove it.",
                        ":19:5: targets[4]: expected the key address, found none. Add for example: address: 192.0.2.10",
                        ":20:15: targets[4].database: expected the key credential, found none. Add for example: credential: orders-reader");
    }

    @Test
    void aTargetSaysHowItsWinrmServiceIsReached() throws Exception {
        Inventory inventory = good(write("inventory.yaml", """
                credentials:
                  admin: { type: password, account: LAB\\admin, password: { env: ADMIN } }
                targets:
                  - name: win-01
                    address: win-01.lab.example
                    credential: admin
                    winrm: { auth: kerberos, fingerprint: "%s" }
                  - name: win-02
                    address: win-02.lab.example
                    platform: server-core
                    winrm: { transport: http, port: 15985, credential: admin }
                  - name: linux-01
                    address: linux-01.lab.example
                """.formatted("AB:".repeat(31) + "AB")))
                .value();
        Credential.Password admin =
                new Credential.Password("admin", "LAB\\admin", new SecretSource.InEnvironment("ADMIN"));

        Target first = ((Lookup.Found) inventory.lookup("win-01")).target();
        assertThat(first.winrm())
                .isEqualTo(new WinRmAddress(true, 5986, Scheme.KERBEROS, null, "ab".repeat(32), admin));
        assertThat(first.platform()).isEqualTo("windows");
        Target second = ((Lookup.Found) inventory.lookup("win-02")).target();
        assertThat(second.winrm()).isEqualTo(new WinRmAddress(false, 15985, Scheme.NTLM, null, "", admin));
        assertThat(second.platform()).isEqualTo("server-core");
        assertThat(((Lookup.Found) inventory.lookup("linux-01")).target().winrm())
                .isNull();
    }

    @Test
    void winrmThatWouldShowThePasswordOrTrustAnybodyIsRefused() throws Exception {
        Path file = write("inventory.yaml", """
                credentials:
                  key: { type: ssh-key, account: ops, private_key: { env: KEY } }
                targets:
                  - name: a
                    address: a.example
                    winrm: { transport: http, auth: basic }
                  - name: b
                    address: b.example
                    winrm: { transport: http, fingerprint: "12" }
                  - name: c
                    address: c.example
                    winrm: { auth: certificate, credential: key, verify: false }
                """);

        assertThat(problems(file))
                .containsExactlyInAnyOrder(
                        ":6:12: targets[0].winrm: expected transport https beside auth basic, which shows the password to everybody on the way, found http. Write transport: https, or auth: ntlm or kerberos, which seal what they send.",
                        ":9:44: targets[1].winrm.fingerprint: expected the SHA-256 fingerprint of a certificate, 64 hexadecimal digits, found something else",
                        ":9:12: targets[1].winrm: expected neither ca nor fingerprint beside transport http, found one. Remove it, or write transport: https.",
                        ":12:20: targets[2].winrm.auth: expected ntlm, kerberos or basic, found something else",
                        ":12:45: targets[2].winrm.credential: expected a credential of type password, found one of another type",
                        ":12:50: targets[2].winrm: expected one of the keys transport, port, auth, ca, fingerprint, credential; found \"verify\". Remove it.");
    }

    @Test
    void everyMistakeIsReportedAtItsPlace() throws Exception {
        Path file = write("inventory.yaml", """
                credentials:
                  a: { type: password, account: ops, password: hunter2-hunter2 }
                  b: { type: ssh-key, account: ops, private_key: { file: x, env: Y } }
                  c: { type: kerberos, account: ops }
                targets:
                  - name: web-01
                    address: "web-01:22"
                    prot: 22
                    credential: aa
                  - name: WEB-01
                    address: 192.0.2.2
                    port: 70000
                    groups: [web]
                  - name: runner
                    address: 192.0.2.3
                    aliases: [Web]
                  - { address: "192.0.2.4;id" }
                groups:
                  x: { children: [y] }
                  y: { children: [x, wbe] }
                """);

        assertThat(problems(file))
                .containsExactly(
                        ":2:48: credentials.a.password: expected a reference, found what may be the secret itself. Put the secret into a file that only the runner can read and write { file: PATH } here, or { env: NAME } for an environment variable; if it was a real secret, change it.",
                        ":3:50: credentials.b.private_key: expected one of file, env and age, found several. Write { file: keys/id_ed25519 }.",
                        ":4:14: credentials.c.type: expected ssh-key, password, bearer, header or client-certificate, found something else",
                        ":7:14: targets[0].address: expected a host name or an IP address, without a port, found something else",
                        ":8:5: targets[0]: expected one of the keys name, aliases, address, port, platform, environment, groups, labels, credential, jump, sudo, winrm, http, database; found \"prot\". Write port.",
                        ":9:17: targets[0].credential: expected a credential of this inventory, found an unknown one. Did you mean a?",
                        ":10:11: targets[1].name: expected a name of its own, found WEB-01, which is the target web-01 already. Rename one; capital letters make no difference.",
                        ":12:11: targets[1].port: expected a whole number from 1 to 65535, found something else",
                        ":13:14: targets[1].groups[0]: expected a name of its own, found web, which is an alias of runner already. Rename one; capital letters make no difference.",
                        ":14:11: targets[2].name: expected another name, found runner, which means the runner itself. Rename it.",
                        ":17:5: targets[3]: expected the key name, found none. Add for example: name: web-server-01",
                        ":17:16: targets[3].address: expected a host name or an IP address, without a port, found something else",
                        ":19:19: groups.x.children[0]: expected groups that do not contain themselves, found that y contains x. Remove one of the two.",
                        ":20:19: groups.y.children[0]: expected groups that do not contain themselves, found that x contains y. Remove one of the two.",
                        ":20:22: groups.y.children[1]: expected a group that a target or another group is in, found an unknown one. Did you mean web?");
    }

    @Test
    void inlineSecretIsNotRepeated() throws Exception {
        Path file = write("inventory.yaml", """
                credentials:
                  a: { type: password, account: ops, password: hunter2-hunter2 }
                  b: { type: ssh-key, account: ops, private_key: "-----BEGIN hunter2-hunter2" }
                """);

        assertThat(problems(file)).hasSize(2).noneMatch(problem -> problem.contains("hunter2"));
    }

    @Test
    void aliasesAndMergeKeysAreRefused() throws Exception {
        assertThat(problems(write("inventory.yaml", "targets: &t []\ngroups: *t\n")))
                .singleElement()
                .asString()
                .startsWith(":1:10: targets: expected a value, found the anchor &t");
    }

    @Test
    void openKeyFileIsWorthANotice() throws Exception {
        key();
        write("known_hosts", "nonsense\n");
        Files.setPosixFilePermissions(folder.resolve("keys/id"), PosixFilePermissions.fromString("rw-r--r--"));

        assertThat(good(write("inventory.yaml", INVENTORY)).warnings())
                .extracting(Finding::message)
                .containsExactly(
                        "the file " + folder.resolve("keys/id")
                                + " can be read or changed by other accounts; run chmod 600 on it",
                        "expected a host key, found something else; the line is not used");
    }

    @Test
    void aKnownHostsFileThatIsNotThereYetTrustsNobodyAndSaysHowItComes() throws Exception {
        key();

        Reading.Good<Inventory> inventory = good(write("inventory.yaml", INVENTORY));

        assertThat(inventory.warnings())
                .singleElement()
                .extracting(Finding::text)
                .asString()
                .endsWith(
                        ":4:14: notice: known_hosts: expected a file of host keys, found none there yet. Until it has a host's keys,"
                                + " ssh to that host is refused: ./opsconductor hosts enrol NAME.");
        assertThat(inventory.value().knownHostsFiles()).containsExactly(folder.resolve("known_hosts"));
        assertThat(inventory.files()).contains(folder.resolve("known_hosts"));
    }

    @Test
    void aKnownHostsFileThatCannotBeReadIsAMistake() throws Exception {
        key();
        Files.createDirectory(folder.resolve("known_hosts"));

        assertThat(problems(write("inventory.yaml", INVENTORY))).anyMatch(problem -> problem.contains("known_hosts"));
    }

    @Test
    void versionChangesWithAnyFile() throws Exception {
        key();
        write("known_hosts", "");
        Path file = write("inventory.yaml", INVENTORY);
        String first = good(file).value().version();
        write("known_hosts", "[192.0.2.1]:2222 " + keyLine("ssh-ed25519") + "\n");
        String second = good(file).value().version();
        write("inventory.yaml", INVENTORY + "# comment\n");
        String third = good(file).value().version();

        assertThat(List.of(first, second, third)).doesNotHaveDuplicates();
    }

    @Test
    void severalFilesAreOneInventory() throws Exception {
        Path credentials =
                write("a.yaml", "credentials:\n  pw: { type: password, account: o, password: { env: P } }\n");
        Path targets = write("b.yaml", "targets:\n  - { name: x-01, address: 192.0.2.1, credential: pw }\n");

        assertThat(good(targets, credentials).value().targets())
                .singleElement()
                .satisfies(t -> assertThat(t.credential()).isNotNull());
    }

    private void key() throws Exception {
        Files.createDirectories(folder.resolve("keys"));
        Path key = write("keys/id", "not a real key");
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
    }

    static String keyLine(String type) {
        byte[] name = type.getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        byte[] wire = new byte[4 + name.length + 36];
        wire[3] = (byte) name.length;
        System.arraycopy(name, 0, wire, 4, name.length);
        return type + " " + java.util.Base64.getEncoder().encodeToString(wire);
    }

    private static Reading.Good<Inventory> good(Path... files) {
        return switch (InventoryReader.read(List.of(files))) {
            case Reading.Good<Inventory> good -> good;
            case Reading.Bad<Inventory> bad ->
                throw new AssertionError(bad.problems().toString());
        };
    }

    private static List<String> problems(Path file) {
        return switch (InventoryReader.read(List.of(file))) {
            case Reading.Good<Inventory> good -> List.of();
            case Reading.Bad<Inventory> bad ->
                bad.problems().stream()
                        .map(Finding::text)
                        .map(text -> text.startsWith(file.toString())
                                ? text.substring(file.toString().length())
                                : text)
                        .toList();
        };
    }

    private Path write(String name, String text) throws Exception {
        return Files.writeString(folder.resolve(name), text);
    }
}
