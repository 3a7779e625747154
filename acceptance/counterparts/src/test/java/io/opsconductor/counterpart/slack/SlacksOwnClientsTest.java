package io.opsconductor.counterpart.slack;

import io.opsconductor.counterpart.OfficialClients;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Slack's official JavaScript packages call the counterpart, and are called by it. Where they differ, it is wrong. */
final class SlacksOwnClientsTest {
    @Test
    void theOfficialClientsFindSlackHere() throws Exception {
        try (SlackCounterpart slack = SlackCounterpart.start()) {
            new OfficialClients("js")
                    .pass(Map.of("SLACK_COUNTERPART", slack.url().toString()), "web-api.test.mjs", "bolt.test.mjs");
        }
    }
}
