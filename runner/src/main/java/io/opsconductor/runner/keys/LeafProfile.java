package io.opsconductor.runner.keys;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.KeyPurposeId;

/**
 * Who a certificate speaks for and what for. The runner only serves and the chatbot only calls: a stolen
 * chatbot certificate cannot pose as a runner. A server beside them, such as a database, only serves under its own name.
 *
 * @param name common name and first DNS name
 * @param file in {@code tls/}, without its ending
 */
record LeafProfile(String name, String file, KeyPurposeId purpose, List<GeneralName> alternativeNames) {
    static final LeafProfile RUNNER = serving("runner", "runner");
    static final LeafProfile CHATBOT =
            new LeafProfile("chatbot", "chatbot", KeyPurposeId.id_kp_clientAuth, List.of(dns("chatbot")));

    private static final String SERVERS = "servers";
    private static final String ENDING = ".crt";
    private static final Pattern SERVER_NAME = Pattern.compile("[a-z0-9]([a-z0-9.-]{0,61}[a-z0-9])?");
    private static final Set<String> OUR_NAMES = Set.of("runner", "chatbot", "ca");

    LeafProfile {
        alternativeNames = List.copyOf(alternativeNames);
    }

    /**
     * A server beside the two processes.
     *
     * @param name the DNS name under which they reach it
     * @throws KeysException when that is no name, or one of theirs
     */
    static LeafProfile server(String name) {
        if (!SERVER_NAME.matcher(name).matches() || OUR_NAMES.contains(name)) {
            throw new KeysException(
                    "A certificate for a server called \"" + name + "\" cannot be made: the name must be 1 to 63"
                            + " lower-case letters, digits, dots and hyphens, and neither runner, chatbot nor ca.");
        }
        return serving(name, SERVERS + "/" + name);
    }

    /**
     * Everybody who has a certificate in a home, the two processes first.
     *
     * @throws KeysException when its directory cannot be read
     */
    static List<LeafProfile> of(Path home) {
        List<LeafProfile> all = new ArrayList<>();
        Path servers = home.resolve("tls").resolve(SERVERS);
        if (Files.isDirectory(servers)) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(servers, "*" + ENDING)) {
                for (Path file : files) {
                    String name = String.valueOf(file.getFileName());
                    all.add(server(name.substring(0, name.length() - ENDING.length())));
                }
            } catch (IOException e) {
                throw new KeysException(servers + " cannot be read: " + e.getMessage(), e);
            }
        }
        all.sort((a, b) -> a.name().compareTo(b.name()));
        all.addAll(0, List.of(RUNNER, CHATBOT));
        return all;
    }

    private static LeafProfile serving(String name, String file) {
        return new LeafProfile(
                name,
                file,
                KeyPurposeId.id_kp_serverAuth,
                List.of(dns(name), dns("localhost"), address("127.0.0.1"), address("::1")));
    }

    private static GeneralName dns(String name) {
        return new GeneralName(GeneralName.dNSName, name);
    }

    private static GeneralName address(String address) {
        return new GeneralName(GeneralName.iPAddress, address);
    }
}
