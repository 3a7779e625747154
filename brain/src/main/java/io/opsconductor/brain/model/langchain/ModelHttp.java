package io.opsconductor.brain.model.langchain;

import dev.langchain4j.exception.HttpException;
import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import dev.langchain4j.http.client.sse.ServerSentEventParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * LangChain4j's HTTP on the JDK's client, with what its own adapter leaves out: HTTP/1.1 (the JDK offers HTTP/2 first, which
 * several model servers do not survive), no redirects, and a limit on the answer. There is no streaming in it, because a
 * stream that is cut off ends without a word in LangChain4j. Deadlines are the caller's, who interrupts.
 */
final class ModelHttp implements HttpClient, AutoCloseable {
    /** Far above any answer of the few thousand tokens that are asked for. */
    private static final int MAX_BYTES = 2 * 1024 * 1024;

    private static final Duration CONNECT = Duration.ofSeconds(5);

    private final java.net.http.HttpClient http;

    ModelHttp() {
        this.http = java.net.http.HttpClient.newBuilder()
                .version(java.net.http.HttpClient.Version.HTTP_1_1)
                .followRedirects(java.net.http.HttpClient.Redirect.NEVER)
                .connectTimeout(CONNECT)
                .build();
    }

    /** A status that is not 2xx. LangChain4j keeps it as the cause of its own exceptions. */
    static final class StatusException extends HttpException {
        private static final long serialVersionUID = 1;
        private final transient HttpResponse<byte[]> response;

        StatusException(HttpResponse<byte[]> response) {
            super(response.statusCode(), "status " + response.statusCode());
            this.response = response;
        }

        String body() {
            return new String(response.body(), StandardCharsets.UTF_8);
        }

        /** In seconds, as servers of models send it; zero when there is none. */
        Duration retryAfter() {
            return response.headers()
                    .firstValue("retry-after")
                    .filter(text -> text.matches("\\d{1,5}"))
                    .map(text -> Duration.ofSeconds(Long.parseLong(text)))
                    .orElse(Duration.ZERO);
        }
    }

    @Override
    public SuccessfulHttpResponse execute(HttpRequest request) {
        java.net.http.HttpRequest.Builder builder = java.net.http.HttpRequest.newBuilder(URI.create(request.url()));
        request.headers().forEach((name, values) -> values.forEach(value -> builder.header(name, value)));
        String body = request.body();
        builder.method(
                request.method().name(),
                body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body, StandardCharsets.UTF_8));
        HttpResponse<byte[]> response = send(builder.build());
        if (response.statusCode() / 100 != 2) {
            throw new StatusException(response);
        }
        return SuccessfulHttpResponse.builder()
                .statusCode(response.statusCode())
                .headers(response.headers().map())
                .body(response.body())
                .build();
    }

    private HttpResponse<byte[]> send(java.net.http.HttpRequest request) {
        try {
            return http.send(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), MAX_BYTES));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(new IOException("given up", e));
        }
    }

    @Override
    public void execute(HttpRequest request, ServerSentEventParser parser, ServerSentEventListener listener) {
        throw new UnsupportedOperationException("models are asked for whole answers");
    }

    /** For LangChain4j, which builds its client from it; the limits it sets are ours already. */
    HttpClientBuilder asBuilder() {
        return new HttpClientBuilder() {
            @Override
            public Duration connectTimeout() {
                return CONNECT;
            }

            @Override
            public HttpClientBuilder connectTimeout(Duration timeout) {
                return this;
            }

            @Override
            public Duration readTimeout() {
                return CONNECT;
            }

            @Override
            public HttpClientBuilder readTimeout(Duration timeout) {
                return this;
            }

            @Override
            public HttpClient build() {
                return ModelHttp.this;
            }
        };
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
