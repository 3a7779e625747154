package io.opsconductor.chat.slack.workspace;

import com.slack.api.Slack;
import com.slack.api.SlackConfig;
import com.slack.api.util.http.SlackHttpClient;
import java.net.URI;
import java.time.Duration;

/** Slack's SDK, pointed at the API and with deadlines. */
public final class SlackClient {
    private static final Duration DEADLINE = Duration.ofSeconds(5);

    private SlackClient() {}

    /**
     * A client of its own; close it.
     *
     * @param apiUrl ends with a slash
     */
    public static Slack of(URI apiUrl) {
        SlackConfig config = new SlackConfig();
        config.setMethodsEndpointUrlPrefix(apiUrl.toString());
        config.setHttpClientCallTimeoutMillis(Math.toIntExact(DEADLINE.toMillis()));
        config.setHttpClientReadTimeoutMillis(Math.toIntExact(DEADLINE.toMillis()));
        config.setHttpClientWriteTimeoutMillis(Math.toIntExact(DEADLINE.toMillis()));
        config.setStatsEnabled(false);
        return Slack.getInstance(config, SlackHttpClient.buildSlackHttpClient(config));
    }
}
