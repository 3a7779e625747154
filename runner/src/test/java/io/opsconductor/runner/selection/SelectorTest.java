package io.opsconductor.runner.selection;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsconductor.runner.inventory.Inventory;
import io.opsconductor.runner.inventory.Target;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class SelectorTest {
    private final Selector selector = new Selector(new Inventory(
            "v",
            List.of(
                    target("web-01", "prod", "linux", List.of("web"), Map.of("team", "shop")),
                    target("web-07", "prod", "linux", List.of("web"), Map.of("team", "shop")),
                    target("web-90", "test", "linux", List.of("web"), Map.of()),
                    target("db-01", "prod", "linux", List.of("databases"), Map.of("team", "db")),
                    target("win-01", "", "windows", List.of(), Map.of("note", "two words"))),
            Map.of("web", List.of("web-01", "web-07", "web-90"), "databases", List.of("db-01"), "empty", List.of()),
            List.of()));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "web-01 | web-01",
                "WEB-01 | web-01",
                "w7 | web-07",
                "web | web-01 web-07 web-90",
                "group:web and env:prod and not web-07 | web-01",
                "label:team=db or platform:windows | db-01 win-01",
                "web-* | web-01 web-07 web-90",
                "*-0? | db-01 web-01 web-07 win-01",
                "not (group:web or group:databases) | win-01",
                "not group:web and env:prod | db-01",
                "env:prod or env:test and web-90 | db-01 web-01 web-07 web-90",
                "(env:prod or env:test) and web-90 | web-90",
                "label:team | db-01 web-01 web-07",
                "label:note=\"two words\" | win-01",
                "AND-it or db-01 | ",
                "name:web-01 OR environment:test | web-01 web-90",
                "all and not web-* | db-01 win-01",
                "not not db-01 | db-01",
            })
    void selectionMeansTheseTargets(String selection, String names) {
        Selected selected = selector.select(selection);
        if (names == null) {
            assertThat(selected).isInstanceOf(Selected.Refused.class);
        } else {
            assertThat(selected)
                    .isInstanceOfSatisfying(
                            Selected.Targets.class,
                            found -> assertThat(found.targets())
                                    .extracting(Target::name)
                                    .containsExactly(names.split(" ")));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "web and | at 8: expected a name, a pattern such as web-*, group:, env:, label:, platform:, name:, all, not or (, found the end",
                "(web | at 5: expected ) for the ( at 1, found the end",
                "web) | at 4: expected and, or, or the end, found \")\"",
                "web db-01 | at 5: expected and, or, or the end, found \"db-01\"",
                "group: and web | at 7: expected a group after group:, found \" \"",
                "grup:web | at 1: expected group:, env:, label:, platform: or name:, found \"grup:\"; did you mean group:?",
                "label:team= | at 12: expected a value after =, found the end",
                "label:team=\"x | at 12: expected a closing quote for this one, found the end",
                "or web | at 1: expected a name",
            })
    void mistakeIsSaidWithItsPlace(String selection, String message) {
        assertThat(selector.select(selection))
                .isInstanceOfSatisfying(
                        Selected.Refused.class,
                        refused -> assertThat(refused.message()).contains(message));
    }

    @Test
    void unknownNameIsNoEmptyGroup() {
        assertThat(selector.select("db-01 or group:wbe"))
                .isEqualTo(new Selected.Refused(
                        "There is no group \"wbe\" (at 16 of the selection \"db-01 or group:wbe\").", List.of("web")));
        assertThat(selector.select("env:prd"))
                .isEqualTo(new Selected.Refused(
                        "There is no environment \"prd\" (at 5 of the selection \"env:prd\").", List.of("prod")));
    }

    @Test
    void selectionOfNothingIsRefusedWithTheNearestNames() {
        assertThat(selector.select("group:empty"))
                .isEqualTo(new Selected.Refused("No target fits \"group:empty\".", List.of("empty")));
        assertThat(selector.select("db-0* and env:test"))
                .isEqualTo(new Selected.Refused("No target fits \"db-0* and env:test\".", List.of("db-01")));
        assertThat(selector.select("")).isInstanceOf(Selected.Refused.class);
    }

    @Test
    void hostileSelectionsEndQuickly() {
        assertRefused("(".repeat(1_900));
        assertRefused("not ".repeat(400) + "web");
        assertRefused("web or ".repeat(250) + "web");
        assertRefused("x".repeat(3_000));
        assertRefused("*a".repeat(900) + "b");
        assertRefused("\0 and \uFFFF");
    }

    private void assertRefused(String selection) {
        assertThat(selector.select(selection)).isInstanceOf(Selected.Refused.class);
    }

    private static Target target(
            String name, String environment, String platform, List<String> groups, Map<String, String> labels) {
        return new Target(
                name,
                name.equals("web-07") ? List.of("w7") : List.of(),
                name + ".example.com",
                22,
                platform,
                environment,
                groups,
                labels,
                null,
                List.of());
    }
}
