package io.opsconductor.chat.teams.token;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The allow list of hosts at which a Bot Connector may be. An address is https on the standard port, with a path that says
 * nothing but where it is: no user, query or fragment, no dots or escapes.
 *
 * @param hosts whole names; a name that begins with a dot stands for all below it
 * @param loopback whether plain http to this machine is an address too, for tests and for development
 */
public record ServiceHosts(List<String> hosts, boolean loopback) {
    /** Where Microsoft has the connectors of Teams: the commercial cloud, and GCC, GCC High and DoD of the United States. */
    public static final List<String> MICROSOFT = List.of(
            "smba.trafficmanager.net", "smba.infra.gcc.teams.microsoft.com", "smba.infra.gov.teams.microsoft.us");

    private static final int LONGEST = 300;
    private static final Pattern PATH = Pattern.compile("(/[A-Za-z0-9_-]{1,100}){0,6}/?");
    private static final Set<String> THIS_MACHINE = Set.of("127.0.0.1", "localhost", "[::1]");

    public ServiceHosts {
        hosts = hosts.stream().map(host -> host.toLowerCase(Locale.ROOT)).toList();
    }

    /** The address that a text names; empty when it is none to which a token may go. */
    public Optional<ServiceAddress> address(String text) {
        if (text.length() > LONGEST) {
            return Optional.empty();
        }
        URI uri;
        try {
            uri = new URI(text);
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
        String host = uri.getHost();
        String path = uri.getRawPath() == null ? "" : uri.getRawPath();
        if (host == null
                || uri.getRawUserInfo() != null
                || uri.getRawQuery() != null
                || uri.getRawFragment() != null
                || !PATH.matcher(path).matches()
                || !allows(uri, host.toLowerCase(Locale.ROOT))) {
            return Optional.empty();
        }
        return Optional.of(new ServiceAddress(text.endsWith("/") ? uri : URI.create(text + "/")));
    }

    private boolean allows(URI uri, String host) {
        if (loopback && "http".equals(uri.getScheme()) && THIS_MACHINE.contains(host)) {
            return true;
        }
        return "https".equals(uri.getScheme())
                && (uri.getPort() == -1 || uri.getPort() == 443)
                && hosts.stream()
                        .anyMatch(allowed -> allowed.startsWith(".")
                                ? host.endsWith(allowed) && host.length() > allowed.length()
                                : host.equals(allowed));
    }
}
