package io.opsconductor.counterpart.teams;

import io.opsconductor.counterpart.OfficialClients;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Microsoft's JavaScript library checks the counterpart's tokens and calls it. Where they differ, the counterpart is wrong. */
final class MicrosoftsOwnClientTest {
    private static final String APPLICATION = "11111111-2222-3333-4444-555555555555";
    private static final String TENANT = "tenant-1";

    @Test
    void theOfficialLibraryFindsTheBotConnectorHere() throws Exception {
        try (TeamsCounterpart teams =
                TeamsCounterpart.start(Registration.withSecret(APPLICATION, "botframework.com", "s3cret"))) {
            Conversation channel = teams.conversation("19:ops@thread.tacv2", Conversation.Kind.CHANNEL, TENANT);
            TeamsPerson alice = new TeamsPerson(
                            teams,
                            teams.url(),
                            new Conversation.Member("29:alice", "object-alice", "Alice", TENANT, "user"))
                    .joins(channel);
            SigningKeys.SigningKey webchat = SigningKeys.fresh(List.of("webchat"));
            teams.keys().publish(webchat);
            new OfficialClients("js-teams")
                    .pass(
                            Map.ofEntries(
                                    Map.entry("TEAMS_COUNTERPART", teams.url().toString()),
                                    Map.entry("TEAMS_APPLICATION", APPLICATION),
                                    Map.entry("TEAMS_SECRET", "s3cret"),
                                    Map.entry("TEAMS_GOOD", teams.token().signed()),
                                    Map.entry(
                                            "TEAMS_FOREIGN",
                                            teams.token()
                                                    .claims(claims -> claims.put("aud", "another-bot"))
                                                    .signed()),
                                    Map.entry(
                                            "TEAMS_UNPUBLISHED",
                                            teams.token()
                                                    .by(SigningKeys.fresh(List.of("msteams")))
                                                    .signed()),
                                    Map.entry(
                                            "TEAMS_OLD",
                                            teams.token()
                                                    .claims(claims -> claims.put(
                                                            "exp",
                                                            claims.path("nbf").asLong() - 600))
                                                    .signed()),
                                    Map.entry(
                                            "TEAMS_WEBCHAT",
                                            teams.token().by(webchat).signed()),
                                    Map.entry("TEAMS_TALK", alice.talk().id()),
                                    Map.entry("TEAMS_CHANNEL", channel.id()),
                                    Map.entry("TEAMS_PERSON", alice.self().id())),
                            "connector.test.mjs");
        }
    }
}
