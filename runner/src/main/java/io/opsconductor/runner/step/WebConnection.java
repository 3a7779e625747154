package io.opsconductor.runner.step;

import io.helidon.common.tls.Tls;
import io.helidon.common.tls.TlsConfig;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Method;
import io.helidon.http.encoding.ContentEncodingContext;
import io.helidon.webclient.api.DnsAddressLookup;
import io.helidon.webclient.api.HttpClientResponse;
import io.helidon.webclient.api.Proxy;
import io.helidon.webclient.http1.Http1Client;
import io.helidon.webclient.http1.Http1ClientProtocolConfig;
import io.helidon.webclient.http1.Http1ClientRequest;
import io.helidon.webclient.spi.DnsResolver;
import io.opsconductor.plan.RenderedCommand;
import io.opsconductor.plan.RenderedCommand.Header;
import io.opsconductor.runner.inventory.Target;
import io.opsconductor.runner.inventory.WebAddress;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A client that can reach one address only, the one that was checked, while the request and TLS name the target's host.
 * It sends what it is given: no redirects, cookies, compression or proxy of its own.
 */
final class WebConnection {
    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(10);
    private static final int MAX_HEADER_BYTES = 64 * 1024;

    private final Http1Client client;
    private final Target target;
    private final WebAddress web;

    private WebConnection(Http1Client client, Target target, WebAddress web) {
        this.client = client;
        this.target = target;
        this.web = web;
    }

    /** TLS cannot be set up; the message is the end of a sentence. */
    static final class Unusable extends Exception {
        private static final long serialVersionUID = 1L;
        private final String reason;

        Unusable(String reason, Throwable cause) {
            super(reason, cause);
            this.reason = reason;
        }

        @Override
        public String getMessage() {
            return reason;
        }
    }

    /** Looks nothing up: whatever is asked, the answer is the address that was checked. */
    private record Checked(InetAddress address) implements DnsResolver {
        @Override
        public InetAddress resolveAddress(String hostname, DnsAddressLookup lookup) {
            return address;
        }
    }

    /** Opens nothing yet. */
    static WebConnection to(
            Target target, WebAddress web, InetAddress address, WebLogin.@Nullable Certificate certificate)
            throws Unusable {
        var builder = Http1Client.builder()
                .servicesDiscoverServices(false)
                .dnsResolver(new Checked(named(target, address)))
                .connectTimeout(CONNECT_LIMIT)
                .followRedirects(false)
                .keepAlive(false)
                .shareConnectionCache(false)
                .sendExpectContinue(false)
                .contentEncoding(ContentEncodingContext.builder()
                        .contentEncodingsDiscoverServices(false)
                        .build())
                .proxy(Proxy.noProxy())
                .protocolConfig(Http1ClientProtocolConfig.builder()
                        .maxHeaderSize(MAX_HEADER_BYTES)
                        .build());
        builder.tls(
                web.tls() ? tls(web, certificate) : Tls.builder().enabled(false).build());
        return new WebConnection(Http1Client.create(builder.buildPrototype()), target, web);
    }

    /** The same address under the target's name, by which TLS asks for a certificate and checks it. */
    private static InetAddress named(Target target, InetAddress address) {
        try {
            return InetAddress.getByAddress(target.address(), address.getAddress());
        } catch (UnknownHostException e) {
            throw new IllegalStateException("the bytes are those of an address", e);
        }
    }

    /**
     * The client decodes an address, and without its own encoding sends it so: what is encoded once more arrives as it was
     * rendered. All of it goes as a path, since a query would be taken apart and sent in another order. What follows a semicolon
     * would be lost; no tool has one, and in a redirect it is sent encoded.
     */
    private URI uri(String path) {
        String encoded = path.replace("%", "%25").replace("?", "%3F").replace(";", "%253B");
        return URI.create((web.tls() ? "https" : "http") + "://" + authority(target, web) + encoded);
    }

    /** Host and port as an address writes them. */
    static String authority(Target target, WebAddress web) {
        String host = target.address().contains(":") ? "[" + target.address() + "]" : target.address();
        return host + ":" + web.port();
    }

    private static Tls tls(WebAddress web, WebLogin.@Nullable Certificate certificate) throws Unusable {
        try {
            TlsConfig.Builder tls = Tls.builder();
            String authority = web.authority();
            if (authority != null) {
                tls.trust(WebLogin.certificates(authority));
            }
            if (certificate != null) {
                tls.privateKey(certificate.key()).privateKeyCertChain(certificate.chain());
            }
            return tls.build();
        } catch (GeneralSecurityException | RuntimeException e) {
            throw new Unusable("its certificate and key do not make a TLS login together", e);
        }
    }

    /** Sends and waits for the answer's head. */
    HttpClientResponse send(RenderedCommand.Request request, String path, @Nullable Header login) {
        Http1ClientRequest sent = client.method(Method.create(request.method()))
                .uri(uri(path))
                .skipUriEncoding(true)
                .header(HeaderValues.create(HeaderNames.USER_AGENT, "OpsConductor"));
        for (Header header : request.headers()) {
            sent.header(HeaderValues.create(header.name(), header.value()));
        }
        if (login != null) {
            sent.header(HeaderValues.create(login.name(), login.value()));
        }
        return request.body().isEmpty()
                ? sent.request()
                : sent.submit(request.body().getBytes(StandardCharsets.UTF_8));
    }
}
