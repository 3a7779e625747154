package io.opsconductor.runner.keys;

import io.opsconductor.kit.keys.Fingerprint;
import io.opsconductor.kit.keys.KeyFileException;
import io.opsconductor.kit.keys.KeyId;
import io.opsconductor.kit.keys.Pem;
import io.opsconductor.kit.keys.PublicKeyFile;
import io.opsconductor.kit.keys.Signer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Replaces keys and certificates of a home while both processes run. Each change is made in an order in which whoever reads
 * half of it goes on with what was before, and in which nothing is signed with a key before those who check know it.
 */
public final class KeyRotation {
    private static final String APPROVALS = "chatbot";

    private final Path home;
    private final Optional<RunnerDoor> runner;
    private final InstantSource clock;
    private final List<String> said = new ArrayList<>();

    /** Changes the keys of a home whose runner does not run. */
    public KeyRotation(Path home, InstantSource clock) {
        this(home, Optional.empty(), clock);
    }

    /**
     * Changes the keys of a home.
     *
     * @param runner where the home's runner listens, if it runs; what it must have read is waited for
     * @param patience for how long at most
     */
    public KeyRotation(Path home, InetSocketAddress runner, Duration patience, InstantSource clock) {
        this(home, Optional.of(new RunnerDoor(runner, patience, clock)), clock);
    }

    private KeyRotation(Path home, Optional<RunnerDoor> runner, InstantSource clock) {
        this.home = home.toAbsolutePath();
        this.runner = runner;
        this.clock = clock;
    }

    /** What was done, one sentence each. */
    public List<String> said() {
        return List.copyOf(said);
    }

    /**
     * Another key for the chatbot to sign approvals with.
     *
     * @param overlap for how long approvals with the present key still count
     * @throws KeysException when the present one is not here, or the files cannot be written
     */
    public void signing(Duration overlap) {
        HomeLock.during(home, () -> {
            Path keys = home.resolve("keys");
            PublicKeyFile before = present(keys.resolve(APPROVALS + ".pub"), keys.resolve(APPROVALS + ".key"));
            KeyPair next = DevelopmentKeys.newSigningPair();
            Map<String, String> words = Map.of(PublicKeyFile.FROM, now().toString());
            // The runner knows the new key before anything is signed with it, and the old one until its end.
            PemFile early = former(keys, APPROVALS, KeyId.of(next.getPublic()));
            early.write(next.getPublic(), words);
            Instant until = now().plus(overlap);
            retire(keys, APPROVALS, before, until);
            new PemFile(keys.resolve(APPROVALS + ".key")).replace(next.getPrivate());
            new PemFile(keys.resolve(APPROVALS + ".pub")).write(next.getPublic(), words);
            Files.delete(early.path());
            said.add("approvals are signed with " + KeyId.of(next.getPublic()) + " from now on; those signed with "
                    + before.id() + " count until " + until);
        });
    }

    /** Another key for a process to sign its journal with; the present one signs that it follows. */
    public void audit(String process) {
        HomeLock.during(home, () -> {
            Path keys = home.resolve("keys/audit");
            Path privateKey = keys.resolve(process + ".key");
            Path publicKey = keys.resolve(process + ".pub");
            PublicKeyFile before = present(publicKey, privateKey);
            KeyPair next = DevelopmentKeys.newSigningPair();
            Map<String, String> words = new LinkedHashMap<>();
            words.put(PublicKeyFile.FROM, now().toString());
            words.put(PublicKeyFile.ENDORSED_BY, before.id());
            words.put(
                    PublicKeyFile.ENDORSEMENT,
                    Signer.open(privateKey, publicKey)
                            .sign(PublicKeyFile.endorsedBytes(before.id(), next.getPublic())));
            retire(keys, process, before, now());
            new PemFile(privateKey).replace(next.getPrivate());
            new PemFile(publicKey).write(next.getPublic(), words);
            said.add("the " + process + "'s journal is signed with " + KeyId.of(next.getPublic())
                    + " from now on, which " + before.id() + " handed on to");
        });
    }

    /**
     * Other keys and certificates for both processes, and for servers beside them, of the present authority. The chatbot reads its own before each call; the
     * runner's are waited for, so that whatever the former ones were of can be revoked afterwards.
     *
     * @throws KeysException when the authority's key is not here, or a runner does not read them in time
     */
    public void certificates() throws InterruptedException {
        HomeLock.during(home, () -> issue(presentAuthority()));
        X509Certificate shown = tls("runner.crt").certificate();
        await(shown::equals);
    }

    private void issue(DevelopmentAuthority authority) throws IOException {
        for (LeafProfile profile : LeafProfile.of(home)) {
            PemFile certificate = tls(profile.file() + ".crt");
            X509Certificate before = certificate.certificate();
            keep(profile.name(), before);
            KeyPair next = DevelopmentAuthority.newKeyPair();
            X509Certificate issued = authority.issue(profile, next.getPublic(), clock.instant());
            tls(profile.file() + ".key").replace(next.getPrivate());
            certificate.replace(issued);
            said.add("the " + profile.name() + " shows " + shortened(Fingerprint.of(issued)) + " from now on, until "
                    + issued.getNotAfter().toInstant() + "; before: " + shortened(Fingerprint.of(before)));
        }
    }

    /** Waits for what the runner must have read before anything else may rest on it. */
    private void await(Predicate<X509Certificate> wanted) throws InterruptedException {
        if (runner.isEmpty() || !tls("ca.key").exists()) {
            return;
        }
        RunnerDoor door = runner.get();
        switch (door.await(presentAuthority(), Pem.certificates(tls("ca.crt").path()), wanted)) {
            case READ -> {}
            case NOBODY -> {
                String nobody = "no runner of this home answers at " + door + ", so there was none to wait for";
                if (!said.contains(nobody)) {
                    said.add(nobody);
                }
            }
        }
    }

    /**
     * Another authority beside the present one; both are trusted, and certificates are issued by the new one from now on.
     *
     * @throws KeysException when a runner does not read them in time
     */
    public void authority() throws InterruptedException {
        HomeLock.during(home, () -> {
            DevelopmentAuthority before = presentAuthority();
            PemFile certificates = tls("ca.crt");
            List<X509Certificate> trusted = Pem.certificates(certificates.path());
            DevelopmentAuthority next =
                    DevelopmentAuthority.selfSigned(DevelopmentAuthority.newKeyPair(), clock.instant());
            List<X509Certificate> both = new ArrayList<>(trusted);
            both.add(next.certificate());
            certificates.replace(both);
            tls("ca.key").replace(next.key());
            both.removeLast();
            both.addFirst(next.certificate());
            certificates.replace(both);
            said.add("the authority " + shortened(Fingerprint.of(next.certificate())) + " is trusted beside "
                    + shortened(Fingerprint.of(before.certificate())));
        });
        // Before certificates are of it, whoever may be shown one must trust it.
        await(_ -> true);
    }

    /**
     * Makes a key, certificate or authority count no more.
     *
     * @param id as {@code keys list} shows it, or more of it
     * @param inUse whether it may be what is in use, so that nothing works until it is replaced
     * @return the kind of what was revoked
     * @throws KeysException when nothing or more than one thing has that id, it is in use, or the runner still shows a
     *     certificate of an authority that is to go
     */
    public String revoke(String id, String reason, boolean inUse) throws InterruptedException {
        List<HeldKey> found = HeldKeys.of(home, clock.instant()).stream()
                .filter(each ->
                        id.length() >= HeldKey.ID_LENGTH && each.fullId().startsWith(id))
                .toList();
        if (found.isEmpty()) {
            throw new KeysException("There is no key with the id " + id + ". ./opsconductor keys list shows all.");
        }
        HeldKey key = found.getFirst();
        if (key.isInUse() && !inUse) {
            throw new KeysException(
                    key.what() + " " + key.id() + " is in use: replace it first, with ./opsconductor keys " + "rotate "
                            + key.kind().word() + ", or add --in-use, and nothing works until then.");
        }
        if (key.kind() == HeldKey.Kind.AUTHORITY) {
            List<X509Certificate> left = without(key);
            refuseWhileItHasIssued(key, left);
            await(shown -> left.stream().anyMatch(each -> DevelopmentAuthority.issued(each, shown)));
        }
        HomeLock.during(home, () -> {
            switch (key.kind()) {
                case SIGNING, AUDIT -> revokeKeys(key, reason);
                case CERTIFICATE -> revokeCertificate(key, reason);
                case AUTHORITY -> removeAuthority(key);
            }
        });
        return key.what();
    }

    private void revokeKeys(HeldKey key, String reason) throws IOException {
        for (Path file : PublicKeyFile.paths(home.resolve(key.kind() == HeldKey.Kind.AUDIT ? "keys/audit" : "keys"))) {
            PublicKeyFile held = PublicKeyFile.read(file);
            if (held.id().equals(key.fullId())) {
                Map<String, String> words = new LinkedHashMap<>(held.words());
                words.put(PublicKeyFile.REVOKED, now().toString());
                words.put(PublicKeyFile.REASON, oneLine(reason));
                new PemFile(file).write(held.key(), words);
            }
        }
        said.add(key.what() + " " + key.id() + " counts no more");
    }

    private void revokeCertificate(HeldKey key, String reason) throws IOException {
        Path file = home.resolve("tls/revoked.txt");
        String before = Files.exists(file) ? Files.readString(file) : "";
        new PemFile(file)
                .replace(before + (before.isEmpty() || before.endsWith("\n") ? "" : "\n") + key.fullId() + " " + now()
                        + " " + oneLine(reason) + "\n");
        said.add(key.what() + " " + key.id() + " is refused from now on");
    }

    private List<X509Certificate> without(HeldKey authority) {
        return Pem.certificates(tls("ca.crt").path()).stream()
                .filter(each -> !Fingerprint.of(each).equals(authority.fullId()))
                .toList();
    }

    private void refuseWhileItHasIssued(HeldKey key, List<X509Certificate> left) {
        for (LeafProfile profile : LeafProfile.of(home)) {
            X509Certificate leaf = tls(profile.file() + ".crt").certificate();
            if (left.stream().noneMatch(each -> DevelopmentAuthority.issued(each, leaf))) {
                throw new KeysException("The certificate of the " + profile.name() + " is of the authority " + key.id()
                        + ": run ./opsconductor keys rotate certificates first.");
            }
        }
    }

    private void removeAuthority(HeldKey key) {
        List<X509Certificate> left = without(key);
        refuseWhileItHasIssued(key, left);
        tls("ca.crt").replace(left);
        said.add(key.what() + " " + key.id() + " is trusted no more");
    }

    private PublicKeyFile present(Path publicKey, Path privateKey) {
        if (!Files.exists(privateKey)) {
            throw new KeysException(privateKey + " is not here. Run this where it is, and take "
                    + publicKey.getFileName() + " to the other side.");
        }
        try {
            return PublicKeyFile.read(publicKey);
        } catch (KeyFileException e) {
            throw new KeysException(String.valueOf(e.getMessage()), e);
        }
    }

    /** The old public half stays, so that what was signed can be checked for ever. */
    private void retire(Path directory, String name, PublicKeyFile before, Instant until) {
        Map<String, String> words = new LinkedHashMap<>(before.words());
        words.put(PublicKeyFile.UNTIL, until.toString());
        former(directory, name, before.id()).write(before.key(), words);
    }

    private static PemFile former(Path directory, String name, String id) {
        return new PemFile(directory.resolve(name + "-" + id + ".pub"));
    }

    private void keep(String name, X509Certificate certificate) throws IOException {
        Path former = home.resolve("tls/former");
        DevelopmentKeys.privateDirectory(former);
        new PemFile(former.resolve(name + "-" + shortened(Fingerprint.of(certificate)) + ".crt")).replace(certificate);
    }

    private DevelopmentAuthority presentAuthority() {
        PemFile key = tls("ca.key");
        if (!key.exists()) {
            throw new KeysException(
                    key.path() + " is not here: certificates come from somebody else's authority. Put the"
                            + " new certificate and key in the place of the old ones, the key first.");
        }
        DevelopmentAuthority authority = new DevelopmentAuthority(tls("ca.crt").certificate(), key.privateKey("EC"));
        if (!PublicHalf.of(authority.key()).equals(authority.certificate().getPublicKey())) {
            throw new KeysException(key.path() + " is not the key of the first certificate in "
                    + tls("ca.crt").path() + ". Put that one first.");
        }
        return authority;
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS);
    }

    private static String oneLine(String text) {
        return text.replaceAll("\\s+", " ").strip();
    }

    static String shortened(String fingerprint) {
        return fingerprint.substring(0, HeldKey.ID_LENGTH);
    }

    private PemFile tls(String name) {
        return new PemFile(home.resolve("tls").resolve(name));
    }
}
