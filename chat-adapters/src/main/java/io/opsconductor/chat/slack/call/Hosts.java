package io.opsconductor.chat.slack.call;

import java.net.URI;
import java.util.Set;

/** Where things may be sent besides the API itself. Addresses come from Slack's answers and deliveries: untrusted input. */
record Hosts(URI apiUrl) {
    private static final Set<String> UPLOADS = Set.of("slack.com", "files.slack.com");
    private static final Set<String> RESPONSES = Set.of("hooks.slack.com");

    boolean mayUploadTo(String address) {
        return isAccepted(address, UPLOADS);
    }

    boolean mayRespondTo(String address) {
        return isAccepted(address, RESPONSES);
    }

    private boolean isAccepted(String address, Set<String> hosts) {
        URI uri;
        try {
            uri = new URI(address);
        } catch (java.net.URISyntaxException e) {
            return false;
        }
        if (uri.getHost() == null || uri.getScheme() == null || uri.getUserInfo() != null) {
            return false;
        }
        boolean slack = uri.getScheme().equals("https") && uri.getPort() == -1 && hosts.contains(uri.getHost());
        boolean api = uri.getScheme().equals(apiUrl.getScheme())
                && uri.getHost().equals(apiUrl.getHost())
                && uri.getPort() == apiUrl.getPort();
        return slack || api;
    }
}
