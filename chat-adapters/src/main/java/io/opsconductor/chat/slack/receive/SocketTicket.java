package io.opsconductor.chat.slack.receive;

import com.slack.api.Slack;
import com.slack.api.methods.SlackApiException;
import com.slack.api.methods.response.apps.connections.AppsConnectionsOpenResponse;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The address of a new web socket ({@code apps.connections.open}); it is good for one connection. */
public sealed interface SocketTicket {
    /** It must not reach a log: whoever has it can listen. */
    record Issued(URI url) implements SocketTicket {
        @Override
        public String toString() {
            return "ticket";
        }
    }

    /**
     * The app token is no good for it.
     *
     * @param error Slack's word, such as {@code invalid_auth}
     */
    record Refused(String error) implements SocketTicket {}

    /**
     * Not now.
     *
     * @param pause that Slack asks for; zero when it does not
     */
    record NotNow(String why, Duration pause) implements SocketTicket {}

    /** Asks Slack; answers within the client's deadline. */
    static SocketTicket of(Slack slack, String appToken) {
        try {
            AppsConnectionsOpenResponse answer = slack.methods().appsConnectionsOpen(call -> call.token(appToken));
            return answer.isOk()
                    ? new Issued(URI.create(answer.getUrl()))
                    : new Refused(String.valueOf(answer.getError()));
        } catch (SlackApiException e) {
            return new NotNow(
                    "Slack answered with HTTP status " + e.getResponse().code(),
                    seconds(e.getResponse().header("Retry-After", "0")));
        } catch (IOException e) {
            return new NotNow("Slack could not be asked: " + e.getMessage(), Duration.ZERO);
        } catch (RuntimeException e) {
            // The SDK fails so on an answer that is not JSON, such as a proxy's page.
            return new NotNow("Slack's answer cannot be read", Duration.ZERO);
        }
    }

    private static Duration seconds(@Nullable String text) {
        return text != null && text.matches("[0-9]{1,5}") ? Duration.ofSeconds(Long.parseLong(text)) : Duration.ZERO;
    }
}
