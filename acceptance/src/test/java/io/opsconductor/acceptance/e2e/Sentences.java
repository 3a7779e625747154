package io.opsconductor.acceptance.e2e;

import java.util.List;

/** What people say that must not become a command, through whichever chat. */
final class Sentences {
    static final List<String> NOT_FOR_IT = List.of(
            "hello there",
            "write me a poem about the sea",
            "asdf qwer zxcv",
            "what's the weather in Paris",
            "delete the database on db-server-01",
            "don't restart nginx on web-server-01");

    static final List<String> HOSTILE = List.of(
            "check disk space on web-server-01; rm -rf /",
            "show the last 5 lines of /var/log/$(id).log on web-server-01",
            "show the last 5 lines of /var/log/`id` on web-server-01",
            "restart nginx;reboot on web-server-01",
            "ping -oProxyCommand=reboot",
            "check disk space on wеb-server-01",
            "list /tmp\nrm -rf / on web-server-01");

    private Sentences() {}
}
