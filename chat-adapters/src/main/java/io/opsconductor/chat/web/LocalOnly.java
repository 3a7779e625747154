package io.opsconductor.chat.web;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import io.opsconductor.kit.http.HttpProblem;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Guards the page and the chat API, which take people's names on trust: it lets through what a person at this machine asked
 * for. Whoever comes over the network, or through a proxy on this machine, is refused, unless the setting {@code local-chat}
 * lets everybody in. A name that another site points at this address (DNS rebinding) shows in Host; a page of another site
 * shows in Origin. Ports in Host are not compared: a forwarded port differs, and a page on another port of this machine is
 * caught by its Origin.
 *
 * <p>Health and metrics are for probes, which use any name; what is for Slack has its own proof.
 */
public final class LocalOnly implements Filter {
    private static final Pattern LOOPBACK_V4 = Pattern.compile("127(\\.\\d{1,3}){3}");
    private static final List<String> HEADERS = List.of(
            "X-Content-Type-Options: nosniff",
            "Referrer-Policy: no-referrer",
            "Cross-Origin-Opener-Policy: same-origin",
            "Cross-Origin-Resource-Policy: same-origin",
            "Content-Security-Policy: default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; "
                    + "object-src 'none'");

    /** The header of what a chatbot that stands by passes on, which nobody at this machine asked for. */
    public static final String PASSED_ON = "opsconductor-passed-on";

    private static final Set<String> PROXIED = Set.of("forwarded", "x-forwarded-for", "x-real-ip", "via", PASSED_ON);
    private static final Set<String> FOR_PROBES = Set.of("/health", "/health/live", "/health/ready", "/metrics");

    private final Set<String> names;
    private final boolean open;
    private final List<String> platforms;

    /**
     * A guard.
     *
     * @param allowedHosts names besides the loopback ones
     * @param open whether others than people at this machine are let in
     * @param platforms beginnings of the paths that chat platforms call, such as {@code /slack/}
     */
    LocalOnly(List<String> allowedHosts, boolean open, List<String> platforms) {
        this.open = open;
        this.platforms = List.copyOf(platforms);
        this.names = Stream.concat(Stream.of("localhost", "[::1]"), allowedHosts.stream())
                .map(name -> name.toLowerCase(Locale.ROOT))
                .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
        for (String header : HEADERS) {
            int colon = header.indexOf(':');
            response.header(HeaderNames.create(header.substring(0, colon)), header.substring(colon + 2));
        }
        String path = request.path().path();
        if (!FOR_PROBES.contains(path) && platforms.stream().noneMatch(path::startsWith)) {
            check(request);
        }
        chain.proceed();
    }

    private void check(RoutingRequest request) {
        if (!open && !isFromHere(request)) {
            throw HttpProblem.of(
                    403,
                    "not_local",
                    "the local chat answers people at its own machine alone, because it takes their names on trust",
                    "open it there, or through a tunnel such as ssh -L or kubectl port-forward; the setting"
                            + " local-chat=open lets everybody speak in anybody's name");
        }
        String host = header(request, HeaderNames.HOST);
        if (!isOurs(host)) {
            throw HttpProblem.of(
                    403,
                    "foreign_host",
                    "this chat does not answer to the name in the request's Host header",
                    "open it as http://localhost, or add the name to the setting allowed-hosts");
        }
        String origin = header(request, HeaderNames.ORIGIN);
        if (!origin.isEmpty()
                && !origin.equalsIgnoreCase("http://" + host)
                && !origin.equalsIgnoreCase("https://" + host)) {
            throw HttpProblem.of(403, "foreign_origin", "this chat takes no requests from pages of other sites", "");
        }
    }

    private static boolean isFromHere(RoutingRequest request) {
        return request.remotePeer().address() instanceof InetSocketAddress peer
                && peer.getAddress() != null
                && peer.getAddress().isLoopbackAddress()
                && PROXIED.stream().noneMatch(name -> request.headers().contains(HeaderNames.create(name)));
    }

    private boolean isOurs(String host) {
        try {
            String name = URI.create("http://" + host).getHost();
            return name != null
                    && (names.contains(name.toLowerCase(Locale.ROOT))
                            || LOOPBACK_V4.matcher(name).matches());
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static String header(RoutingRequest request, HeaderName name) {
        return request.headers().first(name).orElse("");
    }
}
