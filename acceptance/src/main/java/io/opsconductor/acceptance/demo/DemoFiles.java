package io.opsconductor.acceptance.demo;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;

/**
 * What the runner reads about the demo. Inventory and host keys follow the running servers at every start; the
 * policy is written once and is the reader's to change.
 */
record DemoFiles(Path directory, DemoAddress address) {
    private static final int HIGHEST_PORT = 65_535;

    /** The port of the last start, so that host keys stay true; on the first one the preferred port. */
    int port(DemoTarget target) throws IOException {
        Path file = directory.resolve("ports.properties");
        Properties ports = new Properties();
        if (Files.exists(file)) {
            try (Reader reader = Files.newBufferedReader(file)) {
                ports.load(reader);
            }
        }
        String text = ports.getProperty(target.name(), "");
        if (text.matches("[0-9]{1,5}") && Integer.parseInt(text) <= HIGHEST_PORT) {
            return Integer.parseInt(text);
        }
        return target.preferredPort();
    }

    void write(List<DemoServer> servers) throws IOException {
        StringBuilder ports = new StringBuilder();
        StringBuilder knownHosts = new StringBuilder();
        StringBuilder inventory = new StringBuilder("""
                # The demo's targets, written anew at every start. Copy this file to make your own.
                credentials:
                  demo: { type: ssh-key, account: demo, private_key: { file: id_ed25519 } }
                known_hosts: known_hosts
                targets:
                """);
        for (DemoServer server : servers) {
            DemoTarget target = server.target();
            ports.append(target.name() + "=" + server.port() + "\n");
            knownHosts.append(server.knownHost() + "\n");
            inventory.append("  - { name: " + target.name() + ", aliases: [" + String.join(", ", target.aliases())
                    + "], address: " + address.name() + ", port: " + server.port()
                    + ", platform: linux, environment: production, groups: [" + target.group()
                    + "], labels: { role: " + target.role() + " }, credential: demo }\n");
        }
        OwnFile.write(directory.resolve("ports.properties"), ports.toString(), "rw-------");
        OwnFile.write(directory.resolve("known_hosts"), knownHosts.toString(), "rw-------");
        OwnFile.write(directory.resolve("inventory.yaml"), inventory.toString(), "rw-------");
        Path policy = directory.resolve("policy.yaml");
        if (!Files.exists(policy)) {
            OwnFile.write(policy, shipped("policy.yaml"), "rw-------");
            OwnFile.write(directory.resolve("policy-tests.yaml"), shipped("policy-tests.yaml"), "rw-------");
        }
    }

    private static String shipped(String name) throws IOException {
        try (InputStream in = DemoFiles.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IOException("the demo's " + name + " is missing from its jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
