package io.opsconductor.runner.inventory;

import static io.opsconductor.runner.inventory.InventoryReaderTest.keyLine;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KnownHostsTest {
    private static final String KEY = keyLine("ssh-ed25519");

    @TempDir
    Path folder;

    @Test
    void hostsAreFoundByAddressAndPort() {
        KnownHosts known = KnownHosts.parse("web,192.0.2.1 " + KEY + " comment\n[web]:2222 " + keyLine("ssh-rsa"));

        assertThat(known.keysFor("web", 22)).extracting(HostKey::type).containsExactly("ssh-ed25519");
        assertThat(known.keysFor("WEB", 22)).hasSize(1);
        assertThat(known.keysFor("192.0.2.1", 22)).hasSize(1);
        assertThat(known.keysFor("web", 2222)).extracting(HostKey::type).containsExactly("ssh-rsa");
        assertThat(known.keysFor("web", 2223)).isEmpty();
        assertThat(known.keysFor("we", 22)).isEmpty();
    }

    @Test
    void patternsAndTheirExceptionsHold() {
        KnownHosts known = KnownHosts.parse("*.example.com,!db.example.com " + KEY);

        assertThat(known.keysFor("web.example.com", 22)).hasSize(1);
        assertThat(known.keysFor("db.example.com", 22)).isEmpty();
        assertThat(known.keysFor("webxexample.com", 22)).isEmpty();
    }

    @Test
    void revokedKeyIsNotTrustedAndAuthoritiesAreNotUsed() {
        assertThat(KnownHosts.parse("web " + KEY + "\n@revoked * " + KEY).keysFor("web", 22))
                .isEmpty();
        assertThat(KnownHosts.parse("@cert-authority * " + KEY).keysFor("web", 22))
                .isEmpty();
    }

    @Test
    void namesThatSshKeygenHashedAreFound() throws Exception {
        Path file = Files.writeString(folder.resolve("known_hosts"), "web " + KEY + "\n[192.0.2.1]:2222 " + KEY + "\n");
        Process process = new ProcessBuilder("ssh-keygen", "-q", "-H", "-f", file.toString())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        String hashed = Files.readString(file);
        KnownHosts known = KnownHosts.parse(hashed);

        assertThat(hashed).startsWith("|1|");
        assertThat(known.keysFor("web", 22)).hasSize(1);
        assertThat(known.keysFor("192.0.2.1", 2222)).hasSize(1);
        assertThat(known.keysFor("192.0.2.1", 22)).isEmpty();
    }

    @Test
    void linesThatAreNoKeysAreCounted() {
        assertThat(KnownHosts.parse("# comment\n\nweb ssh-ed25519 !!!\nweb ssh-rsa " + KEY.split(" ", -1)[1])
                        .unreadable())
                .containsExactly(3, 4);
    }
}
