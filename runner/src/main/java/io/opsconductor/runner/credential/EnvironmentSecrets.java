package io.opsconductor.runner.credential;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Secrets in the runner's own environment, as it was at the start. */
final class EnvironmentSecrets implements SecretProvider<SecretSource.InEnvironment> {
    private final Map<String, String> environment;

    EnvironmentSecrets(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    @Override
    public byte[] fetch(SecretSource.InEnvironment source) throws SecretUnavailableException {
        String value = environment.get(source.variable());
        if (value == null || value.isEmpty()) {
            throw new SecretUnavailableException(
                    "the environment variable " + source.variable() + " is not set in the runner's environment");
        }
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > CredentialSource.MAX_BYTES) {
            throw new SecretUnavailableException("the environment variable " + source.variable() + " is larger than "
                    + CredentialSource.MAX_BYTES / 1024 + " KiB, so it is no key or password");
        }
        return bytes;
    }
}
