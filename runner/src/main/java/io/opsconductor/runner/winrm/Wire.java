package io.opsconductor.runner.winrm;

import io.helidon.common.tls.Tls;
import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.encoding.ContentEncodingContext;
import io.helidon.webclient.api.ConnectionKey;
import io.helidon.webclient.api.DnsAddressLookup;
import io.helidon.webclient.api.HttpClientResponse;
import io.helidon.webclient.api.Proxy;
import io.helidon.webclient.api.TcpClientConnection;
import io.helidon.webclient.api.WebClient;
import io.helidon.webclient.http1.Http1Client;
import io.helidon.webclient.http1.Http1ClientRequest;
import io.helidon.webclient.spi.DnsResolver;
import io.opsconductor.runner.winrm.WinRmException.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One HTTP connection, kept for the whole conversation: NTLM and Kerberos log a connection in, not a request. An interrupt
 * of the virtual thread that waits for an answer ends it.
 */
final class Wire implements AutoCloseable {
    /** More than any answer: a service sends 500 KiB at most unless it is told otherwise. */
    private static final int MAX_ANSWER_BYTES = 4 * 1024 * 1024;

    private static final String SOAP = "application/soap+xml;charset=UTF-8";

    private final Destination destination;
    private final Http1Client client;
    private final TcpClientConnection connection;

    /**
     * What is sent.
     *
     * @param authorization value of the header of that name; empty for none
     */
    // It carries bytes from one call to the next, and nobody compares it.
    @SuppressWarnings("ArrayRecordComponent")
    record Request(String authorization, String contentType, byte[] body) {
        static Request soap(String authorization, byte[] body) {
            return new Request(authorization, SOAP, body);
        }
    }

    /**
     * What comes back.
     *
     * @param challenges the values of WWW-Authenticate
     */
    // It carries bytes from one call to the next, and nobody compares it.
    @SuppressWarnings("ArrayRecordComponent")
    record Answer(int status, List<String> challenges, String contentType, byte[] body) {
        Answer {
            challenges = List.copyOf(challenges);
        }
    }

    /** Looks nothing up. */
    private record Known(InetAddress address) implements DnsResolver {
        @Override
        public InetAddress resolveAddress(String hostname, DnsAddressLookup lookup) {
            return address;
        }
    }

    private Wire(Destination destination, Http1Client client, TcpClientConnection connection) {
        this.destination = destination;
        this.client = client;
        this.connection = connection;
    }

    /**
     * Connects, over TLS also greets.
     *
     * @param limit for the connection, and then for each answer until {@link #limit} says otherwise
     */
    static Wire open(Destination destination, Duration limit) throws GeneralSecurityException {
        Tls tls = destination.tls()
                ? ServerTrust.tls(destination.trust())
                : Tls.builder().enabled(false).build();
        DnsResolver resolver = new Known(named(destination));
        WebClient all = WebClient.builder()
                .servicesDiscoverServices(false)
                .dnsResolver(resolver)
                .connectTimeout(limit)
                .followRedirects(false)
                .keepAlive(true)
                .shareConnectionCache(false)
                .sendExpectContinue(false)
                .contentEncoding(ContentEncodingContext.builder()
                        .contentEncodingsDiscoverServices(false)
                        .build())
                .proxy(Proxy.noProxy())
                .tls(tls)
                .build();
        ConnectionKey key = new ConnectionKey(
                destination.tls() ? "https" : "http",
                destination.host(),
                destination.port(),
                limit,
                tls,
                resolver,
                DnsAddressLookup.defaultLookup(),
                Proxy.noProxy());
        TcpClientConnection connection =
                TcpClientConnection.create(all, key, List.of("http/1.1"), kept -> true, closed -> {});
        connection.connect();
        connection.readTimeout(limit);
        return new Wire(destination, all.client(Http1Client.PROTOCOL), connection);
    }

    /** The address under the name by which TLS asks for a certificate and checks it. */
    private static InetAddress named(Destination destination) {
        try {
            return InetAddress.getByAddress(
                    destination.host(), destination.address().getAddress());
        } catch (UnknownHostException e) {
            throw new IllegalStateException("the bytes are those of an address", e);
        }
    }

    /** How long to wait for an answer from now on. */
    void limit(Duration limit) {
        connection.readTimeout(limit);
    }

    boolean isSecret() {
        return destination.tls();
    }

    Destination destination() {
        return destination;
    }

    /** The certificate that the other side showed; empty without TLS. */
    Optional<X509Certificate> certificate() {
        return connection
                .helidonSocket()
                .remotePeer()
                .tlsCertificates()
                .filter(shown -> shown.length > 0)
                .map(shown -> (X509Certificate) shown[0]);
    }

    Answer send(Request request) throws WinRmException, IOException {
        Http1ClientRequest post = client.post()
                .uri(URI.create(destination.url()))
                .connection(connection)
                .header(HeaderValues.create(HeaderNames.USER_AGENT, "OpsConductor"))
                .header(HeaderValues.create(HeaderNames.CONTENT_TYPE, request.contentType()));
        if (!request.authorization().isEmpty()) {
            post.header(HeaderValues.create(HeaderNames.AUTHORIZATION, request.authorization()));
        }
        try (HttpClientResponse response = post.submit(request.body())) {
            byte[] body = new byte[0];
            if (response.entity().hasEntity()) {
                try (InputStream in = response.inputStream()) {
                    body = in.readNBytes(MAX_ANSWER_BYTES + 1);
                }
            }
            if (body.length > MAX_ANSWER_BYTES) {
                throw new WinRmException(Kind.TOO_LARGE, "");
            }
            List<String> challenges = new ArrayList<>();
            for (Header header : response.headers()) {
                if (header.headerName().equals(HeaderNames.WWW_AUTHENTICATE)) {
                    challenges.addAll(header.allValues());
                }
            }
            return new Answer(
                    response.status().code(),
                    challenges,
                    response.headers().first(HeaderNames.CONTENT_TYPE).orElse(""),
                    body);
        }
    }

    @Override
    public void close() {
        connection.closeResource();
    }
}
