package io.opsconductor.brain.conversation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opsconductor.brain.Tenancy;
import io.opsconductor.counterpart.store.TestStore;
import io.opsconductor.kit.store.Database;
import io.opsconductor.kit.store.StorePlace;
import io.opsconductor.plan.Tenant;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(TestStore.class)
class ConversationTenantsTest {
    private final TestStore store;

    ConversationTenantsTest(TestStore store) {
        this.store = store;
    }

    private static final Tenant ACME = new Tenant("acme");
    private static final Tenant GLOBEX = new Tenant("globex");
    private static final Tenancy TWO = Tenancy.of(Map.of("slack:T1", ACME, "slack:T2", GLOBEX));

    @TempDir
    private Path home;

    private Database database;

    @BeforeEach
    void open() {
        database = Database.open(StorePlace.of("chatbot", home, store.settings("chatbot", home)), "db/chatbot");
    }

    @AfterEach
    void close() {
        database.close();
    }

    private boolean begin(ConversationTenants tenants, String conversation, Tenant tenant) {
        return database.transaction(tx -> {
            tenants.begin(tx, conversation, tenant);
            return true;
        });
    }

    @Test
    void aConversationStaysTheTenantsInWhichItBegan() {
        begin(new ConversationTenants(database, TWO), "c1", ACME);
        ConversationTenants moved =
                new ConversationTenants(database, Tenancy.of(Map.of("slack:T1", GLOBEX, "slack:T2", GLOBEX)));
        assertThat(moved.of("c1")).contains(ACME);
        assertThat(moved.isOf("c1", "slack:T1/U1")).isFalse();
        assertThatThrownBy(() -> begin(moved, "c1", GLOBEX)).hasMessageContaining("another tenant's");
    }

    @Test
    void oneOfAnEarlierVersionIsOfTheTenantOfWhoWroteFirst() {
        database.change("insert into conversation_tenant (conversation, tenant) values ('old', '')");
        database.change("insert into conversation_tenant (conversation, tenant) values ('silent', '')");
        for (String sender : new String[] {"slack:T2/U1", "slack:T1/U1"}) {
            database.change(
                    "insert into message (id, platform_event, conversation, sender, text, at, addressing, status)"
                            + " values (?, ?, 'old', ?, 'help', '2026-01-01T00:00:00Z', 'direct', 'handled')",
                    sender,
                    sender,
                    sender);
        }
        ConversationTenants tenants = new ConversationTenants(database, TWO);
        assertThat(tenants.of("old")).contains(GLOBEX);
        assertThat(tenants.of("silent")).isEmpty();
        assertThat(tenants.isOf("silent", "slack:T1/U1")).isFalse();
    }

    @Test
    void inAnInstallationOfOneEverythingFromBeforeIsOfIt() {
        database.change("insert into conversation_tenant (conversation, tenant) values ('old', '')");
        assertThat(new ConversationTenants(database, Tenancy.single(ACME)).of("old"))
                .contains(ACME);
    }

    @Test
    void whatNobodyBeganIsNobodys() {
        assertThat(new ConversationTenants(database, TWO).of("c1")).isEmpty();
        assertThat(new ConversationTenants(database, TWO).isOf("c1", "web:alice"))
                .isFalse();
    }
}
