package io.opsconductor.chat.teams;

import io.opsconductor.chat.teams.token.Credential;
import io.opsconductor.chat.teams.token.ServiceHosts;
import io.opsconductor.kit.config.SecretReference;
import io.opsconductor.kit.config.Settings;
import io.opsconductor.kit.config.UnreadableSecretException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What can be set for Teams. Keys are those of the chatbot ({@code teams.mode}, or {@code OPSCONDUCTOR_CHATBOT_TEAMS_MODE}).
 *
 * @param mode {@code teams.mode}: {@code off} (default), {@code on}, or {@code playground}, which believes whoever calls and
 *     is refused unless this machine alone can call
 * @param application {@code teams.app-id}: the application's id
 * @param tenant {@code teams.tenant}: the application's own tenant; empty for an application of several
 * @param tenants {@code teams.tenants}: the tenants that may use it, default {@code teams.tenant}; {@code any} lets every
 *     tenant, and is needed for that
 * @param proof {@code teams.credential}: {@code secret} (default), {@code certificate} or {@code federated}
 * @param secret {@code teams.secret}: default file:HOME/teams/secret
 * @param key {@code teams.certificate-key}: PEM, PKCS#8, RSA, default HOME/teams/bot.key
 * @param certificate {@code teams.certificate}: PEM, default HOME/teams/bot.crt
 * @param federatedToken {@code teams.federated-token}: the file that holds it, default HOME/teams/federated-token
 * @param serviceHosts {@code teams.service-hosts}: where the Bot Connector may be, default Microsoft's hosts for Teams
 * @param login {@code teams.login-url}: default https://login.microsoftonline.com/
 * @param metadata {@code teams.metadata-url}: default
 *     https://login.botframework.com/v1/.well-known/openidconfiguration; on this machine, connectors are believed there too
 * @param allowGuests {@code teams.allow-guests}: whether guests of a tenant and people of others are heard, default false
 */
public record TeamsSettings(
        Mode mode,
        String application,
        String tenant,
        Set<String> tenants,
        Proof proof,
        SecretReference secret,
        Path key,
        Path certificate,
        Path federatedToken,
        List<String> serviceHosts,
        URI login,
        URI metadata,
        boolean allowGuests) {
    /** Whether and how Teams is served. */
    public enum Mode {
        OFF,
        ON,
        PLAYGROUND
    }

    /** What proves that the application is itself. */
    public enum Proof {
        SECRET,
        CERTIFICATE,
        FEDERATED
    }

    /** For {@code teams.tenants}. */
    public static final String ANY = "any";

    /** Asks for tokens of an application of several tenants. */
    public static final String SEVERAL = "botframework.com";

    private static final URI LOGIN = URI.create("https://login.microsoftonline.com/");
    private static final URI METADATA = URI.create("https://login.botframework.com/v1/.well-known/openidconfiguration");
    private static final Pattern ID = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");

    public TeamsSettings {
        tenants = Set.copyOf(tenants);
        serviceHosts = List.copyOf(serviceHosts);
    }

    /** Whether the services are counterparts on this machine. */
    public boolean loopback() {
        return mode == Mode.PLAYGROUND || isLoopback(metadata);
    }

    /** The tenants that may use it; empty for every one. */
    public Set<String> allowedTenants() {
        return tenants.contains(ANY) ? Set.of() : tenants;
    }

    /** In whose name tokens are asked for. */
    public String loginTenant() {
        return tenant.isEmpty() ? SEVERAL : tenant;
    }

    public Credential credential() {
        return switch (proof) {
            case SECRET -> new Credential.Secret(secret);
            case CERTIFICATE -> new Credential.Certificate(key, certificate);
            case FEDERATED -> new Credential.Federated(federatedToken);
        };
    }

    /**
     * Reads the settings; mistakes are left in {@code settings}.
     *
     * @param host on which the process listens
     */
    public static TeamsSettings read(Settings settings, Path home, String host) {
        Path own = home.resolve("teams");
        String tenant = settings.text("teams.tenant", "");
        TeamsSettings read = new TeamsSettings(
                settings.choice("teams.mode", Mode.OFF),
                settings.text("teams.app-id", ""),
                tenant,
                new LinkedHashSet<>(settings.words("teams.tenants", tenant.isEmpty() ? List.of() : List.of(tenant))),
                settings.choice("teams.credential", Proof.SECRET),
                settings.secret("teams.secret", own.resolve("secret")),
                settings.path("teams.certificate-key", own.resolve("bot.key")),
                settings.path("teams.certificate", own.resolve("bot.crt")),
                settings.path("teams.federated-token", own.resolve("federated-token")),
                settings.words("teams.service-hosts", ServiceHosts.MICROSOFT),
                withSlash(settings.uri("teams.login-url", LOGIN)),
                settings.uri("teams.metadata-url", METADATA),
                settings.flag("teams.allow-guests", false));
        read.forms(settings);
        switch (read.mode) {
            case OFF -> {}
            case ON -> read.needs(settings);
            case PLAYGROUND -> {
                if (!LOOPBACK.contains(host)) {
                    settings.mistake("teams.mode is playground and host is \"" + host
                            + "\": whoever calls would be believed, so host must be 127.0.0.1");
                }
            }
        }
        return read;
    }

    private static URI withSlash(URI uri) {
        return uri.toString().endsWith("/") ? uri : URI.create(uri + "/");
    }

    private static boolean isLoopback(URI uri) {
        return LOOPBACK.contains(String.valueOf(uri.getHost()));
    }

    private void forms(Settings settings) {
        if (!application.isEmpty() && !ID.matcher(application).matches()) {
            settings.mistake("teams.app-id is \"" + application
                    + "\": it must be the application's (client) ID, such as 11111111-2222-3333-4444-555555555555");
        }
        if (!tenant.isEmpty() && !ID.matcher(tenant).matches()) {
            settings.mistake("teams.tenant is \"" + tenant
                    + "\": it must be the directory's (tenant) ID, such as 11111111-2222-3333-4444-555555555555");
        }
        tenants.stream()
                .filter(one -> !one.equals(ANY) && !ID.matcher(one).matches())
                .sorted()
                .forEach(one ->
                        settings.mistake("teams.tenants has \"" + one + "\": it must be tenant IDs, or the word any"));
        for (URI uri : List.of(login, metadata)) {
            if (!"https".equals(uri.getScheme()) && !isLoopback(uri)) {
                settings.mistake((uri.equals(login) ? "teams.login-url" : "teams.metadata-url") + " is \"" + uri
                        + "\": it must begin with https, because what is trusted hangs on it");
            }
        }
    }

    private void needs(Settings settings) {
        if (application.isEmpty()) {
            settings.mistake("teams.app-id is empty: set it to the application's (client) ID of the page Overview in"
                    + " Microsoft Entra");
        }
        if (tenants.isEmpty()) {
            settings.mistake("teams.tenants is empty: set teams.tenant for an application of one tenant, or list the"
                    + " tenants that may use it, or say any");
        }
        switch (proof) {
            case SECRET -> secret(settings);
            case CERTIFICATE -> {
                file(settings, "teams.certificate-key", key, "the certificate's private key (PEM, PKCS#8, RSA)");
                file(
                        settings,
                        "teams.certificate",
                        certificate,
                        "the certificate that is entered with the application");
            }
            case FEDERATED ->
                file(settings, "teams.federated-token", federatedToken, "the token that the cluster keeps fresh there");
        }
    }

    private void secret(Settings settings) {
        try {
            if (secret.read().isEmpty()) {
                settings.mistake("teams.secret: there is nothing in " + secret
                        + "; put there the Value of a client secret of the page Certificates & secrets, or name another"
                        + " place: teams.secret=file:/PATH or env:NAME");
            }
        } catch (UnreadableSecretException e) {
            settings.mistake("teams.secret: " + e.getMessage() + "; make it readable for the chatbot's user alone");
        }
    }

    private static void file(Settings settings, String key, Path file, String what) {
        if (!Files.isReadable(file)) {
            settings.mistake(key + ": " + file + " cannot be read; put there " + what + ", or name another file: " + key
                    + "=/PATH");
        }
    }
}
