package io.opsconductor.chat.slack.command;

import io.opsconductor.chat.command.Findings;
import io.opsconductor.chat.slack.SlackSettings;
import io.opsconductor.chat.slack.receive.SignatureCheck;
import io.opsconductor.json.InvalidJsonException;
import io.opsconductor.json.Json;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.UUID;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/** The addresses that Slack calls in http mode: whether they answer a request that is signed with the signing secret. */
final class AddressCheck {
    private static final Duration DEADLINE = Duration.ofSeconds(5);
    private static final long MAX_ANSWER_BYTES = 4_096;
    private static final String START = "start the chatbot: ./opsconductor up";

    private final SlackSettings settings;
    private final int port;
    private final InstantSource clock;
    private final Findings findings;
    private final OkHttpClient http = new OkHttpClient.Builder()
            .callTimeout(DEADLINE)
            .followRedirects(false)
            .build();

    AddressCheck(SlackSettings settings, int port, InstantSource clock, Findings findings) {
        this.settings = settings;
        this.port = port;
        this.clock = clock;
        this.findings = findings;
    }

    void check() {
        check("the running chatbot", URI.create("http://127.0.0.1:" + port), START);
        settings.publicUrl()
                .ifPresent(url -> check(
                        "the public address",
                        url,
                        "let the reverse proxy or ingress pass /slack/ to the chatbot, with the body unchanged"));
        http.connectionPool().evictAll();
        http.dispatcher().executorService().shutdown();
    }

    private void check(String what, URI base, String remedy) {
        URI address = base.resolve("/slack/events");
        String challenge = UUID.randomUUID().toString();
        byte[] body = Json.write(Map.of("type", "url_verification", "challenge", challenge))
                .getBytes(StandardCharsets.UTF_8);
        String timestamp = Long.toString(clock.instant().getEpochSecond());
        String signature =
                new SignatureCheck(settings.signingSecret().read().orElseThrow(), clock).sign(timestamp, body);
        Request request = new Request.Builder()
                .url(address.toString())
                .header("X-Slack-Request-Timestamp", timestamp)
                .header("X-Slack-Signature", signature)
                .post(RequestBody.create(body, MediaType.get("application/json")))
                .build();
        try (Response response = http.newCall(request).execute()) {
            String answer = response.peekBody(MAX_ANSWER_BYTES).string();
            judge(what + " at " + address, response.code(), isAnswerTo(challenge, answer), remedy);
        } catch (IOException e) {
            findings.wrong(what + " does not answer at " + address + ": " + e.getMessage(), remedy);
        }
    }

    private void judge(String what, int status, boolean rightAnswer, String remedy) {
        switch (status) {
            case 200 -> {
                if (rightAnswer) {
                    findings.right("signing secret: " + what + " takes signed requests");
                } else {
                    findings.wrong("something else answers: " + what, remedy);
                }
            }
            case 401 ->
                findings.wrong(
                        "signing secret: " + what + " was started with another one than " + settings.signingSecret()
                                + " has now, or the body was changed on the way",
                        "restart the chatbot: ./opsconductor down && ./opsconductor up");
            case 403, 404 ->
                findings.wrong(
                        what + " does not serve Slack over HTTP",
                        "start the chatbot with OPSCONDUCTOR_CHATBOT_SLACK_MODE=http");
            default -> findings.wrong(what + " answers with status " + status, remedy);
        }
    }

    private static boolean isAnswerTo(String challenge, String answer) {
        try {
            return answer.equals(challenge)
                    || Json.tree(answer).path("challenge").asText().equals(challenge);
        } catch (InvalidJsonException e) {
            return false;
        }
    }
}
