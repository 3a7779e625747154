package io.opsconductor.acceptance.demo;

import java.util.List;

/**
 * One server of the demo.
 *
 * @param preferredPort taken on the first start if it is free
 * @param services names of the background processes it keeps
 */
record DemoTarget(
        String name, List<String> aliases, String group, String role, int preferredPort, List<String> services) {
    static final List<DemoTarget> ALL = List.of(
            new DemoTarget(
                    "web-server-01", List.of("web-01", "web01"), "web-servers", "web", 2201, List.of("nginx", "ssh")),
            new DemoTarget(
                    "web-server-02", List.of("web-02", "web02"), "web-servers", "web", 2202, List.of("nginx", "ssh")),
            new DemoTarget(
                    "db-server-01", List.of("db-01", "db01"), "db-servers", "db", 2203, List.of("postgresql", "ssh")));

    DemoTarget {
        aliases = List.copyOf(aliases);
        services = List.copyOf(services);
    }
}
