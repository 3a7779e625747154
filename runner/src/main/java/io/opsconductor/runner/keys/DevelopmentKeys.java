package io.opsconductor.runner.keys;

import io.opsconductor.runner.keys.KeyFile.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes what two processes on one machine need to trust each other: an authority, the runner's server
 * certificate, the chatbot's client certificate, the Ed25519 pair that signs approvals, and one for each process that
 * signs its audit journal. Files are made once
 * and kept; a leaf that ends within {@link #RENEWED_BEFORE} gets a new certificate on its old key. Whoever
 * brings their own {@code ca.crt} leaves {@code ca.key} out, and nothing of theirs is changed.
 */
public final class DevelopmentKeys {
    /** A leaf with less time left than this is renewed. */
    public static final Duration RENEWED_BEFORE = Duration.ofDays(30);

    /** Each signs how far its journal goes with a key of its own. */
    static final List<String> PROCESSES = List.of("chatbot", "runner");

    private final Path home;
    private final InstantSource clock;
    private final List<KeyFile> files = new ArrayList<>();

    private DevelopmentKeys(Path home, InstantSource clock) {
        this.home = home.toAbsolutePath();
        this.clock = clock;
    }

    /**
     * Brings {@code home} to the complete set. Two processes may call this at once; one waits for the other.
     *
     * @return every file with what happened to it, the authority first
     * @throws KeysException when a file is unreadable, half of a pair is missing, or the disk refuses
     */
    public static List<KeyFile> ensure(Path home, InstantSource clock) {
        return ensure(home, List.of(), clock);
    }

    /**
     * The same, with certificates for servers beside the two processes, in {@code tls/servers/}.
     *
     * @param servers their DNS names, such as {@code postgres}
     * @throws KeysException also when one of them is no name
     */
    public static List<KeyFile> ensure(Path home, List<String> servers, InstantSource clock) {
        List<LeafProfile> profiles = servers.stream().map(LeafProfile::server).toList();
        return new DevelopmentKeys(home, clock).ensureLocked(profiles);
    }

    private List<KeyFile> ensureLocked(List<LeafProfile> servers) {
        try {
            privateDirectory(home);
            privateDirectory(home.resolve("tls"));
            privateDirectory(home.resolve("keys"));
            privateDirectory(home.resolve("keys/audit"));
            if (!servers.isEmpty()) {
                privateDirectory(home.resolve("tls/servers"));
            }
            HomeLock.during(home, () -> ensureAll(servers));
        } catch (IOException e) {
            throw new KeysException(
                    "The keys in " + home + " cannot be made: " + e.getMessage()
                            + ". Check that the directory is yours and writable, or set OPSCONDUCTOR_HOME.",
                    e);
        }
        return List.copyOf(files);
    }

    private void ensureAll(List<LeafProfile> servers) {
        @Nullable DevelopmentAuthority authority = authority();
        leaf(LeafProfile.RUNNER, authority);
        leaf(LeafProfile.CHATBOT, authority);
        servers.forEach(server -> leaf(server, authority));
        signingKeys("keys/chatbot");
        for (String process : PROCESSES) {
            signingKeys("keys/audit/" + process);
        }
    }

    /** Null when the home has an authority of somebody else, whose key is elsewhere. */
    private @Nullable DevelopmentAuthority authority() {
        PemFile certificate = tls("ca.crt");
        PemFile key = tls("ca.key");
        Instant now = clock.instant();
        if (!certificate.exists()) {
            KeyPair keys = keyPair(key);
            DevelopmentAuthority made = DevelopmentAuthority.selfSigned(keys, now);
            certificate.create(made.certificate());
            note(certificate, Outcome.CREATED);
            return made;
        }
        X509Certificate kept = certificate.certificate();
        note(certificate, Outcome.KEPT);
        if (kept.getNotAfter().toInstant().isBefore(now)) {
            throw new KeysException(certificate.path() + " ended on "
                    + kept.getNotAfter().toInstant() + ". Stop both processes, move " + home.resolve("tls")
                    + " away, and start again.");
        }
        if (!key.exists()) {
            return null;
        }
        note(key, Outcome.KEPT);
        return new DevelopmentAuthority(kept, key.privateKey("EC"));
    }

    private void leaf(LeafProfile profile, @Nullable DevelopmentAuthority authority) {
        PemFile certificate = tls(profile.file() + ".crt");
        PemFile key = tls(profile.file() + ".key");
        if (!certificate.exists()) {
            if (authority == null) {
                throw new KeysException(certificate.path() + " is missing, and "
                        + tls("ca.key").path() + " is not there to issue it. Put the certificate and its key there.");
            }
            KeyPair keys = keyPair(key);
            certificate.create(authority.issue(profile, keys.getPublic(), clock.instant()));
            note(certificate, Outcome.CREATED);
            return;
        }
        if (!key.exists()) {
            throw new KeysException(key.path() + " is missing beside its certificate. Restore it, or remove "
                    + certificate.path() + " to get a new pair.");
        }
        note(key, Outcome.KEPT);
        X509Certificate kept = certificate.certificate();
        Instant renewFrom = kept.getNotAfter().toInstant().minus(RENEWED_BEFORE);
        if (authority != null && authority.issued(kept) && clock.instant().isAfter(renewFrom)) {
            certificate.replace(authority.issue(profile, kept.getPublicKey(), clock.instant()));
            note(certificate, Outcome.RENEWED);
        } else {
            note(certificate, Outcome.KEPT);
        }
    }

    /** The key is written before its certificate; one found alone is from a start cut short, and is used. */
    private KeyPair keyPair(PemFile file) {
        if (file.exists()) {
            note(file, Outcome.KEPT);
            PrivateKey key = file.privateKey("EC");
            return new KeyPair(PublicHalf.of(key), key);
        }
        KeyPair made = DevelopmentAuthority.newKeyPair();
        file.create(made.getPrivate());
        note(file, Outcome.CREATED);
        return made;
    }

    private void signingKeys(String name) {
        PemFile privateFile = new PemFile(home.resolve(name + ".key"));
        PemFile publicFile = new PemFile(home.resolve(name + ".pub"));
        if (privateFile.exists()) {
            note(privateFile, Outcome.KEPT);
            if (publicFile.exists()) {
                note(publicFile, Outcome.KEPT);
            } else {
                publicFile.create(PublicHalf.of(privateFile.privateKey("Ed25519")));
                note(publicFile, Outcome.CREATED);
            }
            return;
        }
        if (publicFile.exists()) {
            // Each side of a split installation holds only the public half of what the other one signs with.
            note(publicFile, Outcome.KEPT);
            return;
        }
        KeyPair pair = newSigningPair();
        privateFile.create(pair.getPrivate());
        publicFile.create(pair.getPublic());
        note(privateFile, Outcome.CREATED);
        note(publicFile, Outcome.CREATED);
    }

    static KeyPair newSigningPair() {
        try {
            return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new KeysException("This JDK makes no Ed25519 keys. Use a full JDK 25.", e);
        }
    }

    private PemFile tls(String name) {
        return new PemFile(home.resolve("tls").resolve(name));
    }

    private void note(PemFile file, Outcome outcome) {
        files.add(new KeyFile(file.path(), outcome));
    }

    static void privateDirectory(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            Files.createDirectories(
                    directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
    }
}
