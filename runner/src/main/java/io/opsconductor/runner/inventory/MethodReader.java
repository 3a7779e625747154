package io.opsconductor.runner.inventory;

import io.opsconductor.json.Digest;
import io.opsconductor.runner.credential.Credential;
import io.opsconductor.runner.file.SourceFiles;
import io.opsconductor.runner.file.YamlValue;
import io.opsconductor.runner.winrm.Scheme;
import io.opsconductor.yaml.Finding;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads what a target says about its WinRM service, its web interface and its database. */
final class MethodReader {
    static final List<String> WINRM_KEYS = List.of("transport", "port", "auth", "ca", "fingerprint", "credential");
    static final List<String> HTTP_KEYS =
            List.of("scheme", "port", "base_path", "ca", "networks", "redirects", "credential");
    static final List<String> DATABASE_KEYS = List.of("type", "port", "name", "file", "tls", "ca", "credential");

    private static final Pattern BASE_PATH =
            Pattern.compile("(?:/(?!\\.{1,2}(?:/|$))(?:[A-Za-z0-9._~!$&'()*+,;=:@-]|%[0-9A-Fa-f]{2})+)*/?");
    private static final Pattern DATABASE_NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_$.-]{0,62}");

    private static final Pattern FINGERPRINT = Pattern.compile("(?:[0-9A-Fa-f]{2}:?){31}[0-9A-Fa-f]{2}");

    private final Function<YamlValue, @Nullable Credential> credentials;
    private final Set<Path> files;
    private final List<String> digests;
    private final List<Finding> problems;

    /**
     * @param credentials finds a credential by its name, or reports the mistake
     * @param files told about every file that counts
     * @param digests told the digests of their bytes
     */
    MethodReader(
            Function<YamlValue, @Nullable Credential> credentials,
            Set<Path> files,
            List<String> digests,
            List<Finding> problems) {
        this.credentials = credentials;
        this.files = files;
        this.digests = digests;
        this.problems = problems;
    }

    /**
     * Where WinRM is.
     *
     * @param otherwise the login when these settings name none
     */
    @Nullable
    WinRmAddress winrm(@Nullable YamlValue value, @Nullable Credential otherwise) {
        if (value == null) {
            return null;
        }
        Map<String, YamlValue> fields = value.fields(WINRM_KEYS);
        boolean tls = word(fields.get("transport"), List.of("https", "http")).equals("https");
        YamlValue port = fields.get("port");
        Integer number = port == null ? Integer.valueOf(tls ? 5986 : 5985) : port.integer(1, 65_535);
        Scheme scheme = Scheme.valueOf(
                word(fields.get("auth"), List.of("ntlm", "kerberos", "basic")).toUpperCase(Locale.ROOT));
        if (scheme == Scheme.BASIC && !tls) {
            value.mistake(
                    "expected transport https beside auth basic, which shows the password to everybody on the way, found"
                            + " http",
                    "Write transport: https, or auth: ntlm or kerberos, which seal what they send.");
        }
        Authority authority = authority(fields.get("ca"));
        YamlValue pinned = fields.get("fingerprint");
        String fingerprint = pinned == null
                ? ""
                : Forms.matching(
                        pinned, FINGERPRINT, "the SHA-256 fingerprint of a certificate, 64 hexadecimal digits");
        if ((authority != null || pinned != null) && !tls) {
            value.mistake(
                    "expected neither ca nor fingerprint beside transport http, found one",
                    "Remove it, or write transport: https.");
        }
        if (authority != null && pinned != null) {
            value.mistake("expected either ca or fingerprint, found both", "Remove one of them.");
        }
        YamlValue named = fields.get("credential");
        Credential credential = named == null
                ? otherwise
                : credential(named, Credential.Password.class::isInstance, "a credential of type password");
        return number == null || fingerprint == null
                ? null
                : new WinRmAddress(
                        tls,
                        number,
                        scheme,
                        authority == null ? null : authority.pem(),
                        fingerprint.replace(":", "").toLowerCase(Locale.ROOT),
                        credential instanceof Credential.Password password ? password : null);
    }

    /** The certificates of a file that another inventory names; null when there are none. */
    @Nullable
    String authority(Path file) {
        files.add(file);
        byte[] bytes = SourceFiles.bytes(file, new ArrayList<>());
        if (bytes == null || !isCertificates(bytes)) {
            return null;
        }
        digests.add(Digest.of(bytes));
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @Nullable
    WebAddress http(@Nullable YamlValue value) {
        if (value == null) {
            return null;
        }
        Map<String, YamlValue> fields = value.fields(HTTP_KEYS);
        boolean tls = word(fields.get("scheme"), List.of("https", "http")).equals("https");
        YamlValue port = fields.get("port");
        Integer number = port == null ? Integer.valueOf(tls ? 443 : 80) : port.integer(1, 65_535);
        YamlValue basePath = fields.get("base_path");
        String base = basePath == null
                ? ""
                : Forms.matching(
                        basePath, BASE_PATH, "a path such as /api, without blanks, empty parts, . and .. parts");
        Authority authority = authority(fields.get("ca"));
        if (authority != null && !tls) {
            value.mistake("expected no ca beside scheme http, found one", "Remove it, or write scheme: https.");
        }
        Credential credential = credential(
                fields.get("credential"),
                c -> !(c instanceof Credential.SshKey),
                "a credential of type bearer, password, header or client-certificate");
        if (credential instanceof Credential.ClientCertificate && !tls) {
            value.mistake("expected scheme https beside a client certificate, found http", "");
        }
        boolean follow =
                word(fields.get("redirects"), List.of("refuse", "same-origin")).equals("same-origin");
        Set<Network> networks = networks(fields.get("networks"));
        return number == null || base == null
                ? null
                : new WebAddress(
                        tls,
                        number,
                        base.endsWith("/") ? base.substring(0, base.length() - 1) : base,
                        authority == null ? null : authority.pem(),
                        networks,
                        follow,
                        credential);
    }

    @Nullable
    DatabaseAddress database(@Nullable YamlValue value) {
        if (value == null) {
            return null;
        }
        Map<String, YamlValue> fields = value.fields(DATABASE_KEYS);
        YamlValue type = value.required(fields, "type", "type: postgresql");
        DatabaseAddress.Kind kind = null;
        String typeWord = type == null ? null : type.text();
        for (DatabaseAddress.Kind one : DatabaseAddress.Kind.values()) {
            kind = one.word().equals(typeWord) ? one : kind;
        }
        if (kind == null) {
            if (typeWord != null && type != null) {
                type.mistake("expected postgresql, mysql, mariadb or sqlite, found something else", "");
            }
            return null;
        }
        return kind == DatabaseAddress.Kind.SQLITE ? sqlite(value, fields) : server(value, fields, kind);
    }

    private @Nullable DatabaseAddress sqlite(YamlValue value, Map<String, YamlValue> fields) {
        for (String key : List.of("port", "name", "tls", "ca", "credential")) {
            YamlValue other = fields.get(key);
            if (other != null) {
                other.mistake("expected no such key beside type sqlite, found one", "Remove it.");
            }
        }
        YamlValue file = value.required(fields, "file", "file: data/shop.db");
        String path = file == null ? null : file.text();
        return file == null || path == null
                ? null
                : new DatabaseAddress(
                        DatabaseAddress.Kind.SQLITE, 0, "", Forms.beside(file, path), false, null, "", null);
    }

    private @Nullable DatabaseAddress server(
            YamlValue value, Map<String, YamlValue> fields, DatabaseAddress.Kind kind) {
        YamlValue file = fields.get("file");
        if (file != null) {
            file.mistake("expected file beside type sqlite only, found one", "Remove it.");
        }
        YamlValue port = fields.get("port");
        Integer number = port == null ? Integer.valueOf(kind.defaultPort()) : port.integer(1, 65_535);
        YamlValue nameValue = value.required(fields, "name", "name: orders");
        String name = nameValue == null ? null : Forms.matching(nameValue, DATABASE_NAME, "the name of a database");
        boolean tls = word(fields.get("tls"), List.of("verify", "off")).equals("verify");
        Authority authority = authority(fields.get("ca"));
        if (authority != null && !tls) {
            value.mistake("expected no ca beside tls off, found one", "Remove it, or write tls: verify.");
        }
        YamlValue login = value.required(fields, "credential", "credential: orders-reader");
        Credential credential =
                credential(login, Credential.Password.class::isInstance, "a credential of type password");
        return number == null || name == null || credential == null
                ? null
                : new DatabaseAddress(
                        kind,
                        number,
                        name,
                        null,
                        tls,
                        authority == null ? null : authority.file(),
                        authority == null ? "" : Digest.of(authority.pem()),
                        credential);
    }

    private @Nullable Credential credential(
            @Nullable YamlValue value, Function<Credential, Boolean> fits, String expected) {
        Credential credential = value == null ? null : credentials.apply(value);
        if (value != null && credential != null && !fits.apply(credential)) {
            value.mistake("expected " + expected + ", found one of another type", "");
            return null;
        }
        return credential;
    }

    /** One of the words; the first when there is none or a wrong one, which is reported. */
    private static String word(@Nullable YamlValue value, List<String> words) {
        String word = value == null ? null : value.text();
        if (value != null && word != null && !words.contains(word)) {
            value.mistake("expected " + alternatives(words) + ", found something else", "");
        }
        return word != null && words.contains(word) ? word : words.getFirst();
    }

    private static String alternatives(List<String> words) {
        int last = words.size() - 1;
        return String.join(", ", words.subList(0, last)) + " or " + words.get(last);
    }

    private static Set<Network> networks(@Nullable YamlValue value) {
        if (value == null) {
            return Set.of(Network.PUBLIC);
        }
        Set<Network> networks = EnumSet.noneOf(Network.class);
        for (YamlValue item : value.items(Network.values().length)) {
            String text = item.text();
            Set<Network> named = EnumSet.noneOf(Network.class);
            for (Network network : Network.values()) {
                if (network.word().equals(text)) {
                    named.add(network);
                }
            }
            if (named.isEmpty() && text != null) {
                item.mistake("expected public, private, loopback or link-local, found something else", "");
            }
            networks.addAll(named);
        }
        return networks;
    }

    private record Authority(Path file, String pem) {}

    private @Nullable Authority authority(@Nullable YamlValue value) {
        String path = value == null ? null : value.text();
        if (value == null || path == null) {
            return null;
        }
        Path file = Forms.beside(value, path);
        files.add(file);
        List<Finding> unreadable = new ArrayList<>();
        byte[] bytes = SourceFiles.bytes(file, unreadable);
        if (bytes != null && isCertificates(bytes)) {
            digests.add(Digest.of(bytes));
            return new Authority(file, new String(bytes, StandardCharsets.UTF_8));
        }
        problems.addAll(unreadable);
        value.mistake(
                "expected a file of certificates in PEM form, found none in " + file,
                "Name the file with the certificate of the authority that signs the target's.");
        return null;
    }

    private static boolean isCertificates(byte[] bytes) {
        try {
            return !CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(bytes))
                    .isEmpty();
        } catch (CertificateException e) {
            return false;
        }
    }
}
