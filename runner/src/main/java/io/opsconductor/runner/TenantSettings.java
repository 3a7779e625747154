package io.opsconductor.runner;

import io.opsconductor.kit.config.Settings;
import io.opsconductor.plan.Tenant;
import io.opsconductor.runner.tenant.TenantFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads whose work a runner does: one tenant that nothing needs to be said about, or those that the file names. */
final class TenantSettings {
    private TenantSettings() {}

    /** At least one; what is wrong is reported to the settings. */
    static List<TenantFiles> read(Settings settings, Path home) {
        List<String> callers = settings.words("api.allowed-callers", List.of("chatbot"));
        TenantFiles alone = alone(settings, home, callers);
        Set<String> names = settings.names("tenants");
        if (names.isEmpty()) {
            return List.of(alone);
        }
        for (String key : List.of("tenant", "inventory", "policy", "age-keys")) {
            if (settings.isInFile(key)) {
                settings.mistake(
                        key + " is for a runner of one tenant: with tenants, set it below tenants.NAME instead");
            }
        }
        List<TenantFiles> tenants = new ArrayList<>();
        for (String name : names) {
            Optional<Tenant> tenant = tenant(settings, "tenants." + name, name);
            tenant.ifPresent(known -> tenants.add(one(settings, home, known, callers)));
        }
        return tenants.isEmpty() ? List.of(alone) : tenants;
    }

    private static TenantFiles alone(Settings settings, Path home, List<String> callers) {
        return new TenantFiles(
                tenant(settings, "tenant", settings.text("tenant", Tenant.DEFAULT.name()))
                        .orElse(Tenant.DEFAULT),
                settings.paths("inventory", List.of(home.resolve("inventory.yaml"))),
                settings.paths("policy", List.of(home.resolve("policy.yaml"))),
                settings.paths("tools", List.of(home.resolve("tools"))),
                settings.path("approval-keys", home.resolve("keys")),
                settings.path("age-keys", home.resolve("keys/age.txt")),
                callers);
    }

    /**
     * One of several. Its inventory, policy and age keys are its own; the tools of the installation are everybody's, and its own
     * come after them. Its approval keys are the installation's unless it names others.
     */
    private static TenantFiles one(Settings settings, Path home, Tenant tenant, List<String> callers) {
        String key = "tenants." + tenant.name() + ".";
        Path own = home.resolve("tenants").resolve(tenant.name());
        List<Path> tools = new ArrayList<>(settings.paths("tools", List.of(home.resolve("tools"))));
        Path ownTools = own.resolve("tools");
        tools.addAll(settings.paths(key + "tools", Files.isDirectory(ownTools) ? List.of(ownTools) : List.of()));
        List<String> its = settings.words(key + "callers", callers);
        for (String caller : its) {
            if (!callers.contains(caller)) {
                settings.mistake(key + "callers names " + caller
                        + ", which may not call at all: add it to api.allowed-callers, or leave it out");
            }
        }
        return new TenantFiles(
                tenant,
                settings.paths(key + "inventory", List.of(own.resolve("inventory.yaml"))),
                settings.paths(key + "policy", List.of(own.resolve("policy.yaml"))),
                tools,
                settings.path(key + "approval-keys", settings.path("approval-keys", home.resolve("keys"))),
                settings.path(key + "age-keys", own.resolve("keys/age.txt")),
                its);
    }

    private static Optional<Tenant> tenant(Settings settings, String key, String name) {
        Optional<Tenant> tenant = Tenant.of(name);
        if (tenant.isEmpty()) {
            settings.mistake(key + " is not a tenant's name (\"" + name
                    + "\"): it must be 1 to 63 lower-case letters, digits and hyphens");
        }
        return tenant;
    }
}
