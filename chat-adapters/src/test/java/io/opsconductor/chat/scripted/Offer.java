package io.opsconductor.chat.scripted;

import io.opsconductor.plan.Effect;
import io.opsconductor.plan.Rights;
import io.opsconductor.tool.Catalogue;
import io.opsconductor.tool.CatalogueEntry;
import io.opsconductor.tool.NextStep;
import io.opsconductor.tool.ParameterType;
import io.opsconductor.tool.TargetDirectory;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The tools and targets of the scripted runner. */
final class Offer {
    private Offer() {}

    static Catalogue tools() {
        return new Catalogue(
                "1",
                List.of(
                        tool(
                                "check_disk_space",
                                "Shows how full the file systems are.",
                                Effect.READ,
                                List.of(),
                                List.of("check disk space on web-server-01", "is the disk full on db-server-01"),
                                "df",
                                new NextStep("tail_log", "tail /var/log/syslog on {target}", NextStep.When.ATTENTION)),
                        new CatalogueEntry(
                                "ping",
                                "Sends packets to an address.",
                                Effect.READ,
                                true,
                                List.of(),
                                false,
                                List.of(parameter("address", ParameterType.IP, true, null, null, null)),
                                List.of("ping 10.0.0.1", "ping the address 10.0.0.2"),
                                "ping"),
                        tool(
                                "restart_service",
                                "Restarts a service.",
                                Effect.CHANGE,
                                List.of(parameter("service", ParameterType.SERVICE, true, null, null, null)),
                                List.of("restart nginx on web-server-01", "restart the ssh service on web-server-02"),
                                true),
                        tool(
                                "tail_log",
                                "Shows the last lines of a log file.",
                                Effect.READ,
                                List.of(
                                        parameter("path", ParameterType.PATH, true, null, null, null),
                                        parameter("lines", ParameterType.INTEGER, false, 50L, 1L, 1000L)),
                                List.of(
                                        "tail /var/log/syslog on web-server-01",
                                        "show the log /var/log/auth.log on web-server-02"),
                                false)));
    }

    private static CatalogueEntry.Parameter parameter(
            String name,
            ParameterType type,
            boolean required,
            @Nullable Object defaultValue,
            @Nullable Long min,
            @Nullable Long max) {
        return new CatalogueEntry.Parameter(
                name, "the " + name, type, required, defaultValue, List.of(), null, min, max, false);
    }

    private static CatalogueEntry tool(
            String name,
            String description,
            Effect effect,
            List<CatalogueEntry.Parameter> parameters,
            List<String> examples,
            String output,
            NextStep next) {
        return new CatalogueEntry(
                name,
                description,
                effect,
                false,
                List.of("linux"),
                true,
                parameters,
                examples,
                output,
                List.of(next),
                false);
    }

    private static CatalogueEntry tool(
            String name,
            String description,
            Effect effect,
            List<CatalogueEntry.Parameter> parameters,
            List<String> examples,
            boolean checkable) {
        return new CatalogueEntry(
                name,
                description,
                effect,
                false,
                List.of("linux"),
                true,
                parameters,
                examples,
                null,
                List.of(),
                checkable);
    }

    static TargetDirectory targets() {
        return new TargetDirectory(
                "1",
                List.of(target("web-server-01"), target("web-server-02")),
                Map.of("web-servers", List.of("web-server-01", "web-server-02")));
    }

    /** Every tool on every target. */
    static List<Rights.Grant> everything() {
        return List.of(new Rights.Grant(
                List.of("web-server-01", "web-server-02"), List.of("check_disk_space", "restart_service", "tail_log")));
    }

    private static TargetDirectory.Entry target(String name) {
        return new TargetDirectory.Entry(name, List.of(), "production", "linux", List.of("web-servers"), Map.of());
    }
}
