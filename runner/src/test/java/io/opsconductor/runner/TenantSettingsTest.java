package io.opsconductor.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opsconductor.kit.config.InvalidSettingsException;
import io.opsconductor.plan.Tenant;
import io.opsconductor.runner.tenant.TenantFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TenantSettingsTest {
    @TempDir
    private Path home;

    private final Map<String, String> environment = new HashMap<>();

    private RunnerSettings read(String yaml) throws IOException {
        Path file = home.resolve("runner.yaml");
        Files.writeString(file, yaml);
        environment.put("OPSCONDUCTOR_HOME", home.toString());
        environment.put("OPSCONDUCTOR_RUNNER_CONFIG", file.toString());
        return RunnerSettings.read(environment);
    }

    @Test
    void withoutAWordAboutTenantsThereIsOneWithTheFilesOfTheHome() throws IOException {
        assertThat(read("api: {port: 0}").tenants())
                .containsExactly(new TenantFiles(
                        Tenant.DEFAULT,
                        List.of(home.resolve("inventory.yaml")),
                        List.of(home.resolve("policy.yaml")),
                        List.of(home.resolve("tools")),
                        home.resolve("keys"),
                        home.resolve("keys/age.txt"),
                        List.of("chatbot")));
    }

    @Test
    void theOnlyOneMayHaveAnotherName() throws IOException {
        assertThat(read("tenant: acme").tenants())
                .singleElement()
                .satisfies(only -> assertThat(only.tenant()).isEqualTo(new Tenant("acme")));
    }

    @Test
    void eachOfSeveralHasAFolderOfItsOwnAndTheCommonToolsFirst() throws IOException {
        Files.createDirectories(home.resolve("tenants/acme/tools"));
        environment.put("OPSCONDUCTOR_RUNNER_TENANTS_GLOBEX_POLICY", "/etc/globex/policy.yaml");
        List<TenantFiles> tenants = read("""
                        tenants:
                          acme: {callers: chatbot}
                          globex: {inventory: /etc/globex/hosts.yaml}
                        """).tenants();
        assertThat(tenants).hasSize(2);
        TenantFiles acme = tenants.getFirst();
        assertThat(acme.inventory()).containsExactly(home.resolve("tenants/acme/inventory.yaml"));
        assertThat(acme.policy()).containsExactly(home.resolve("tenants/acme/policy.yaml"));
        assertThat(acme.tools()).containsExactly(home.resolve("tools"), home.resolve("tenants/acme/tools"));
        assertThat(acme.ageKeys()).isEqualTo(home.resolve("tenants/acme/keys/age.txt"));
        TenantFiles globex = tenants.getLast();
        assertThat(globex.inventory()).containsExactly(Path.of("/etc/globex/hosts.yaml"));
        assertThat(globex.policy()).containsExactly(Path.of("/etc/globex/policy.yaml"));
        assertThat(globex.tools()).containsExactly(home.resolve("tools"));
    }

    @Test
    void everyMistakeIsNamedWithItsKey() {
        assertThatThrownBy(() -> read("""
                        inventory: /etc/hosts.yaml
                        tenants:
                          Acme: {callers: chatbot}
                          globex: {callers: stranger, colour: red}
                        """))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("inventory is for a runner of one tenant")
                .hasMessageContaining("tenants.Acme is not a tenant's name (\"Acme\")")
                .hasMessageContaining("tenants.globex.callers names stranger, which may not call at all")
                .hasMessageContaining("tenants.globex.colour is not a setting");
    }
}
