package io.opsconductor.brain;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsconductor.counterpart.store.TestStore;
import io.opsconductor.kit.store.Database;
import io.opsconductor.kit.store.StorePlace;
import io.opsconductor.plan.Tenant;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(TestStore.class)
class PeopleTest {
    private final TestStore store;

    PeopleTest(TestStore store) {
        this.store = store;
    }

    private static final String ALICE = "slack:T1/U1";

    @TempDir
    Path home;

    private Database database;
    private People people;

    @BeforeEach
    void open() {
        database = Database.open(StorePlace.of("chatbot", home, store.settings("chatbot", home)), "db/chatbot");
        people = new People(database, Tenancy.single(Tenant.DEFAULT), Clock.systemUTC());
    }

    @AfterEach
    void close() {
        database.close();
    }

    private String learned(String name) {
        people.learned(ALICE, name);
        return people.name(ALICE);
    }

    @Test
    void somebodyIsCalledByTheirShortNameUntilANameIsLearned() {
        assertThat(people.name(ALICE)).isEqualTo("T1/U1");
        assertThat(learned("Alice Smith")).isEqualTo("Alice Smith");
        assertThat(learned("Alice Jones")).isEqualTo("Alice Jones");
    }

    @Test
    void aLearnedNameOutlivesTheProcess() {
        people.learned(ALICE, "Alice Smith");
        assertThat(new People(database, Tenancy.single(Tenant.DEFAULT), Clock.systemUTC()).name(ALICE))
                .isEqualTo("Alice Smith");
    }

    @Test
    void namesOfTheLocalChatStayAsTheyAre() {
        people.learned("web:alice", "Somebody Else");
        assertThat(people.name("web:alice")).isEqualTo("alice");
    }

    @Test
    void aNameOfTwoPeopleIsShownWithTheirIdentities() {
        people.learned(ALICE, "Alice Smith");
        assertThat(people.name(ALICE)).isEqualTo("Alice Smith");
        people.learned("slack:T1/U2", "ALICE  SMITH");
        assertThat(people.name(ALICE)).isEqualTo("Alice Smith (T1/U1)");
        assertThat(people.name("slack:T1/U2")).isEqualTo("ALICE SMITH (T1/U2)");
        people.learned("slack:T1/U2", "Mallory");
        assertThat(people.name(ALICE)).isEqualTo("Alice Smith");
    }

    @Test
    void nobodyIsCalledLikeUs() {
        assertThat(learned("OpsConductor")).isEqualTo("OpsConductor (T1/U1)");
        assertThat(learned("ops-conductor")).isEqualTo("ops-conductor (T1/U1)");
        assertThat(learned("ｏｐｓｃｏｎｄｕｃｔｏｒ")).isEqualTo("opsconductor (T1/U1)");
    }

    @Test
    void aNameOfOneSmallWordIsShownAloneWhereNobodyOfTheLocalChatHasIt() {
        assertThat(learned("bob")).isEqualTo("bob");
        assertThat(people.name("web:bob")).isEqualTo("bob");
        assertThat(people.name(ALICE)).isEqualTo("bob (T1/U1)");
        assertThat(learned("Bob")).isEqualTo("Bob (T1/U1)");
        assertThat(learned("bobby")).isEqualTo("bobby");
    }

    @Test
    void whoSpokeInTheLocalChatBeforeARestartIsStillToldApart() {
        database.change("insert into message (id, platform_event, conversation, sender, text, at, status)"
                + " values ('m1', 'e1', 'c1', 'web:bob', 'hello', '', 'handled')");
        assertThat(learned("bob")).isEqualTo("bob (T1/U1)");
    }

    @Test
    void whatHidesOrReordersIsLeftOut() {
        assertThat(learned("Al\u202Eice\u200B \u0007Smi\u2066th\u00AD")).isEqualTo("Alice Smith");
        assertThat(learned("Alice\r\n\tSmith\u3000Jr")).isEqualTo("Alice Smith Jr");
        assertThat(learned("Alice\uD800 B")).isEqualTo("Alice B");
        assertThat(learned("Zoë Ångström-李")).isEqualTo("Zoë Ångström-李");
    }

    @Test
    void aNameIsAtMostEightyCharacters() {
        assertThat(learned("A".repeat(5_000))).hasSize(80).endsWith("A…");
        assertThat(learned("A".repeat(78) + "😀😀")).hasSize(79).endsWith("A…");
    }

    @Test
    void whatIsNoNameOrNoIdentityIsPassedOver() {
        people.learned(ALICE, "Alice Smith");
        people.learned(ALICE, " \u200B\u202E ");
        people.learned(ALICE, "---");
        assertThat(people.name(ALICE)).isEqualTo("Alice Smith");
        people.learned("slack:T1/U\n3", "Mallory");
        assertThat(people.name("slack:T1/U\n3")).isEqualTo("T1/U\n3");
    }
}
