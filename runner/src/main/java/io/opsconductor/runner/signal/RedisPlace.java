package io.opsconductor.runner.signal;

import io.opsconductor.kit.config.SecretReference;
import io.opsconductor.kit.config.Settings;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where Redis or Valkey is.
 *
 * @param address {@code redis.address}: {@code redis://HOST[:PORT]}, or {@code rediss://} with TLS
 * @param user {@code redis.user}: of its access list; empty for the default one
 * @param password {@code redis.password}: read at each new start of the connection; none is sent when there is none
 * @param authority {@code redis.authority}: of the server's certificate; null for those that Java trusts
 * @param name {@code redis.name}: what its keys begin with, so that several installations can share a server
 */
public record RedisPlace(
        URI address,
        String user,
        SecretReference password,
        @Nullable Path authority,
        String name) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]{1,64}");

    /** Reads the place, in which every mistake is told; empty when there is none. */
    public static Optional<RedisPlace> read(Settings settings, Path home) {
        String address = settings.text("redis.address", "");
        String user = settings.text("redis.user", "");
        SecretReference password = settings.secret("redis.password", home.resolve("runner/redis-password"));
        String authority = settings.text("redis.authority", "");
        String name = settings.text("redis.name", "opsconductor");
        if (!NAME.matcher(name).matches()) {
            settings.mistake("redis.name is \"" + name + "\": it must be 1 to 64 letters, digits, hyphens, dots and"
                    + " underscores");
        }
        if (address.isEmpty()) {
            if (!user.isEmpty() || !authority.isEmpty()) {
                settings.mistake("redis.user and redis.authority need redis.address: name the server there, such as"
                        + " redis://valkey.example.com:6379");
            }
            return Optional.empty();
        }
        Optional<URI> uri = uri(address);
        if (uri.isEmpty()) {
            // It may have a password in it, so it is not repeated.
            settings.mistake("redis.address is no address of Redis or Valkey: it must be redis://HOST[:PORT], or"
                    + " rediss://HOST[:PORT] with TLS, without a user, a password or a path; those have settings of"
                    + " their own");
            return Optional.empty();
        }
        boolean tls = "rediss".equals(uri.get().getScheme());
        if (!authority.isEmpty() && !tls) {
            settings.mistake("redis.authority is for rediss://, and redis.address is without TLS: leave one of them");
        }
        return Optional.of(new RedisPlace(
                uri.get(),
                user,
                password,
                authority.isEmpty() ? null : Path.of(authority).toAbsolutePath().normalize(),
                name));
    }

    private static Optional<URI> uri(String address) {
        try {
            URI uri = new URI(address);
            boolean scheme = "redis".equals(uri.getScheme()) || "rediss".equals(uri.getScheme());
            boolean bare = uri.getUserInfo() == null
                    && uri.getQuery() == null
                    && uri.getFragment() == null
                    && (uri.getPath() == null || uri.getPath().isEmpty());
            if (!scheme || !bare || uri.getHost() == null || uri.getPort() == 0 || uri.getPort() > 65_535) {
                return Optional.empty();
            }
            return Optional.of(
                    uri.getPort() < 0 ? new URI(uri.getScheme(), null, uri.getHost(), 6379, null, null, null) : uri);
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }
}
