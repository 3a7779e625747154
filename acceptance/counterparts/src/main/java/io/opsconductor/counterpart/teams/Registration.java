package io.opsconductor.counterpart.teams;

import java.security.PublicKey;
import java.security.cert.X509Certificate;
import org.jspecify.annotations.Nullable;

/**
 * A bot as it is registered in Azure.
 *
 * @param application its id
 * @param tenant in which it asks for tokens: its own, or {@code botframework.com} for one of several tenants
 * @param secret empty for none
 * @param certificate entered with it; null for none
 * @param federation whose tokens it may use; null for none
 */
public record Registration(
        String application,
        String tenant,
        String secret,
        @Nullable X509Certificate certificate,
        @Nullable Federation federation) {
    /**
     * An issuer that the application trusts for one subject.
     *
     * @param audience that its tokens must have
     */
    public record Federation(String issuer, String subject, String audience, PublicKey key) {
        public static final String AUDIENCE = "api://AzureADTokenExchange";
    }

    /** One with a secret. */
    public static Registration withSecret(String application, String tenant, String secret) {
        return new Registration(application, tenant, secret, null, null);
    }
}
