package io.opsconductor.chat.teams.call;

import io.opsconductor.chat.teams.http.Bounds;
import io.opsconductor.chat.teams.http.HttpCalls;
import io.opsconductor.chat.teams.http.Reply;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Files for people, to the address that Teams names for each. No token of ours goes there: the address itself lets. */
public final class Uploads {
    /** Where Teams stores the files of people: OneDrive for Business, of the commercial cloud and of the United States'. */
    public static final List<String> MICROSOFT = List.of(".sharepoint.com", ".sharepoint.us", ".sharepoint-mil.us");

    private static final Set<String> THIS_MACHINE = Set.of("127.0.0.1", "localhost");
    private static final int LONGEST = 4_000;
    /** An output as long as the runner keeps one, over a slow line. */
    private static final Bounds FILE = new Bounds(Duration.ofSeconds(60), 64 * 1024);

    private final HttpCalls http;
    private final boolean loopback;

    /** @param loopback whether plain http to this machine is an address too, for tests */
    public Uploads(HttpCalls http, boolean loopback) {
        this.http = http;
        this.loopback = loopback;
    }

    /** Whether it is stored. */
    public boolean put(String address, byte[] bytes) throws InterruptedException {
        return isAllowed(address)
                && http.upload(URI.create(address), bytes, FILE) instanceof Reply.Answered answer
                && answer.isOk();
    }

    /** Whether Teams has files there; what we hold must go nowhere else. */
    boolean isAllowed(String address) {
        URI uri;
        try {
            uri = new URI(address);
        } catch (URISyntaxException e) {
            return false;
        }
        String host = uri.getHost() == null ? "" : uri.getHost().toLowerCase(Locale.ROOT);
        if (address.length() > LONGEST || uri.getRawUserInfo() != null) {
            return false;
        }
        if (loopback && "http".equals(uri.getScheme()) && THIS_MACHINE.contains(host)) {
            return true;
        }
        return "https".equals(uri.getScheme())
                && (uri.getPort() == -1 || uri.getPort() == 443)
                && MICROSOFT.stream().anyMatch(allowed -> host.endsWith(allowed) && host.length() > allowed.length());
    }
}
