package io.opsconductor.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opsconductor.brain.Tenancy;
import io.opsconductor.kit.config.InvalidSettingsException;
import io.opsconductor.plan.Tenant;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TenancySettingsTest {
    @TempDir
    private Path home;

    private Tenancy read(String yaml) throws IOException {
        Path file = home.resolve("chatbot.yaml");
        Files.writeString(file, yaml);
        return ChatbotSettings.read(
                        Map.of("OPSCONDUCTOR_HOME", home.toString(), "OPSCONDUCTOR_CHATBOT_CONFIG", file.toString()))
                .tenancy();
    }

    @Test
    void withoutAWordAboutTenantsEverybodyIsOfTheDefaultOne() throws IOException {
        Tenancy tenancy = read("port: 0");
        assertThat(tenancy.of("slack:T1/U1")).contains(Tenant.DEFAULT);
        assertThat(tenancy.of("web:alice")).contains(Tenant.DEFAULT);
    }

    @Test
    void theOnlyOneMayHaveAnotherName() throws IOException {
        assertThat(read("tenant: acme").of("web:alice")).contains(new Tenant("acme"));
    }

    @Test
    void eachOriginIsOfTheTenantThatListsIt() throws IOException {
        Tenancy tenancy = read("tenants:\n  acme: \"slack:T1, web\"\n  globex: \"slack:T2\"\n");
        assertThat(tenancy.of("slack:T1/U1")).contains(new Tenant("acme"));
        assertThat(tenancy.of("web:alice")).contains(new Tenant("acme"));
        assertThat(tenancy.of("slack:T2/U1")).contains(new Tenant("globex"));
        assertThat(tenancy.of("slack:T3/U1")).isEmpty();
    }

    @Test
    void everyMistakeIsNamedWithItsKey() {
        assertThatThrownBy(() -> read("""
                        tenant: acme
                        tenants:
                          Acme: web
                          globex: "slack:T2, slack T3"
                          other: "slack:T2"
                        """))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("tenant is for a chatbot of one tenant: with tenants, leave it out")
                .hasMessageContaining("tenants.Acme is not a tenant's name (\"Acme\")")
                .hasMessageContaining("tenants.globex lists \"slack T3\": expected web, slack:TEAM or teams:TENANT")
                .hasMessageContaining(
                        "tenants.other lists slack:T2, which belongs to globex already: people of one origin are of one tenant");
    }
}
