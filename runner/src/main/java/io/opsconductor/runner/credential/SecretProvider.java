package io.opsconductor.runner.credential;

/**
 * One kind of place where secrets are kept, such as files or a vault.
 *
 * @param <S> the references that lead there
 */
interface SecretProvider<S extends SecretSource> {
    /**
     * Fetches a secret as it is now. It may block.
     *
     * @return its bytes as they are kept, at least one and at most {@value CredentialSource#MAX_BYTES}; whoever gets them wipes
     *     them
     * @throws SecretUnavailableException saying which place, and what is wrong with it
     */
    byte[] fetch(S source) throws SecretUnavailableException;
}
