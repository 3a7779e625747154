package io.opsconductor.brain.approval;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsconductor.brain.People;
import io.opsconductor.brain.Tenancy;
import io.opsconductor.brain.conversation.ChatEvent;
import io.opsconductor.brain.conversation.ConversationTenants;
import io.opsconductor.brain.conversation.Conversations;
import io.opsconductor.brain.conversation.Told;
import io.opsconductor.counterpart.store.TestStore;
import io.opsconductor.kit.store.Database;
import io.opsconductor.kit.store.Rows;
import io.opsconductor.kit.store.StorePlace;
import io.opsconductor.plan.Tenant;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** That somebody broke the glass is told, whatever happens. */
@ParameterizedClass
@EnumSource(TestStore.class)
class GlassNoticesTest {
    private final TestStore store;

    GlassNoticesTest(TestStore store) {
        this.store = store;
    }

    @TempDir
    private Path home;

    @Test
    void aNoticeThatCannotBeStoredIsTriedAgainByItselfAndToldOnce() throws InterruptedException {
        try (Database database =
                Database.open(StorePlace.of("chatbot", home, store.settings("chatbot", home)), "db/chatbot")) {
            Conversations conversations = new Conversations(database, Clock.systemUTC());
            Tenancy tenancy = Tenancy.single(Tenant.DEFAULT);
            People people = new People(database, tenancy, Clock.systemUTC());
            ConversationTenants tenants = new ConversationTenants(database, tenancy);
            GlassNotices.Place place = new GlassNotices.Place("incidents", "web");
            try (GlassNotices notices =
                    new GlassNotices(database, conversations, people, tenants, place, Duration.ofMillis(20))) {
                database.change(
                        "insert into approval (id, conversation, requester, tenant, summary, plan, plan_digest,"
                                + " preview, digest, state, expires_at, created_at, decided_by, decided_at)"
                                + " values ('a1', 'c1', 'web:alice', 'default', '', '', '', '', '', 'approved', '', '', '', '')");
                database.change("insert into glass_notice (approval, text) values ('a1', 'BREAK GLASS: it burns')");
                database.change("alter table event rename to event_away");
                notices.tell();
                assertThat(database.query("select seq from event_away", row -> Rows.number(row, "seq")))
                        .isEmpty();

                database.change("alter table event_away rename to event");
                assertThat(conversations.await("incidents", 0, Duration.ofSeconds(10)))
                        .isTrue();
                notices.tell();
                assertThat(conversations.eventsAfter("incidents", 0, 10))
                        .extracting(Told::event)
                        .singleElement()
                        .isInstanceOfSatisfying(
                                ChatEvent.Message.class,
                                message -> assertThat(message.text()).isEqualTo("BREAK GLASS: it burns"));
            }
        }
    }
}
