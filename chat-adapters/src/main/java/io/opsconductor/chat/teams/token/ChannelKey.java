package io.opsconductor.chat.teams.token;

import java.security.interfaces.RSAPublicKey;
import java.util.Set;

/**
 * A key with which the Bot Connector signs.
 *
 * @param endorsements the channels for which it may sign, such as {@code msteams}
 */
record ChannelKey(String id, RSAPublicKey key, Set<String> endorsements) {
    ChannelKey {
        endorsements = Set.copyOf(endorsements);
    }
}
