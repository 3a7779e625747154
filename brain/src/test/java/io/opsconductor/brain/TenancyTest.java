package io.opsconductor.brain;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsconductor.plan.Tenant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TenancyTest {
    private static final Tenant ACME = new Tenant("acme");
    private static final Tenant GLOBEX = new Tenant("globex");

    private final Tenancy two =
            Tenancy.of(Map.of("slack:T1", ACME, "web", ACME, "slack:T2", GLOBEX, "teams:M2", GLOBEX));

    @Test
    void somebodyIsOfTheTenantTheirIdentityComesFrom() {
        assertThat(two.of("slack:T1/U1")).contains(ACME);
        assertThat(two.of("slack:T2/U1")).contains(GLOBEX);
        assertThat(two.of("teams:M2/0000-1111")).contains(GLOBEX);
        assertThat(two.of("web:alice")).contains(ACME);
    }

    @Test
    void aPlaceIsOfItsOwnTenant() {
        assertThat(two.of("slack:T2")).contains(GLOBEX);
        assertThat(two.of("web")).contains(ACME);
    }

    @Test
    void nobodyIsTakenForSomebodyOfAnOriginThatOnlyReadsLikeIt() {
        for (String other : List.of(
                "slack:T11/U1", "slack:t1/U1", "slack:T", "teams:T1/U1", "xweb:alice", "slack:T3/T1", "", "/")) {
            assertThat(two.of(other)).as(other).isEmpty();
        }
    }

    @Test
    void inAnInstallationOfOneEverybodyIsOfIt() {
        assertThat(Tenancy.single(GLOBEX).of("slack:TX/U9")).contains(GLOBEX);
        assertThat(Tenancy.single(GLOBEX).tenants()).containsExactly(GLOBEX);
    }

    @Test
    void aRefusalNamesTheOriginAndWhereToListIt() {
        Refusal refusal = Tenancy.nobodys("slack:TX/U9");
        assertThat(refusal.status()).isEqualTo(403);
        assertThat(refusal.message())
                .isEqualTo(
                        "this workspace (slack:TX) is not connected to any tenant here, so nothing is taken from it");
        assertThat(refusal.hint())
                .isEqualTo("whoever runs OpsConductor can list slack:TX below tenants in the chatbot's configuration");
        assertThat(Tenancy.nobodys("web:alice").message()).startsWith("the web chat is not connected");
    }
}
