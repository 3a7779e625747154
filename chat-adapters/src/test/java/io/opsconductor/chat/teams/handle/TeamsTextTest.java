package io.opsconductor.chat.teams.handle;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.opsconductor.chat.teams.receive.Activity;
import io.opsconductor.chat.teams.thread.TeamsPlace;
import io.opsconductor.json.Json;
import org.junit.jupiter.api.Test;

final class TeamsTextTest {
    private static ObjectNode body(String text) {
        ObjectNode body = Json.mapper()
                .createObjectNode()
                .put("type", "message")
                .put("id", "1700")
                .put("text", text);
        body.putObject("conversation").put("id", "19:ops@thread.tacv2").put("conversationType", "channel");
        body.putObject("recipient").put("id", "28:bot");
        return body;
    }

    private static Activity activity(ObjectNode body) {
        return Activity.of(body, "https://smba.trafficmanager.net/emea/", "t").orElseThrow();
    }

    private static ObjectNode mentioning(ObjectNode body, String id, String name) {
        ObjectNode mention = body.withArray("entities").addObject().put("type", "mention");
        mention.put("text", "<at>" + name + "</at>");
        mention.putObject("mentioned").put("id", id).put("name", name);
        return body;
    }

    @Test
    void ourOwnMentionIsDroppedAndThoseOfOthersAreNamesOfOneWord() {
        ObjectNode body = body("<at>OpsConductor</at>&nbsp;tell <at>Bob; reboot all</at> about &lt;web-01&gt;");
        mentioning(body, "28:bot", "OpsConductor");
        mentioning(body, "29:bob", "Bob; reboot all");
        assertThat(TeamsText.isForUs(activity(body))).isTrue();
        assertThat(TeamsText.plain(activity(body))).isEqualTo("tell @Bob-reboot-all about <web-01>");
    }

    @Test
    void theWordsOfAMentionWithoutOneCallNobody() {
        assertThat(TeamsText.isForUs(activity(body("<at>OpsConductor</at> reboot"))))
                .isFalse();
        assertThat(TeamsText.isForUs(activity(mentioning(body("<at>Bob</at>"), "29:bob", "Bob"))))
                .isFalse();
    }

    @Test
    void escapesAreReadOnceAndNotTwice() {
        assertThat(TeamsText.plain(activity(body("a &amp;lt; b \u201Cc\u201D"))))
                .isEqualTo("a &lt; b \"c\"");
    }

    @Test
    void aMessageOfAChannelBeginsAThreadAndThePlaceIsTheSameInAnyProcess() {
        TeamsPlace place = activity(body("x")).place();
        assertThat(place.threadOf("1700").id()).isEqualTo("19:ops@thread.tacv2;messageid=1700");
        assertThat(place.threadOf("1700").threadOf("1800")).isEqualTo(place.threadOf("1700"));
        assertThat(place.threadOf("1700").outer()).isEqualTo(place.id());
        assertThat(place.threadOf("1700").conversation())
                .isEqualTo(place.threadOf("1700").conversation())
                .isNotEqualTo(place.conversation())
                .matches("teams-[0-9a-f]{24}");
    }

    @Test
    void anActivityWithoutAConversationOrATypeIsNone() {
        ObjectNode nowhere = body("x");
        nowhere.remove("conversation");
        assertThat(Activity.of(nowhere, "", "t")).isEmpty();
        ObjectNode nothing = body("x");
        nothing.remove("type");
        assertThat(Activity.of(nothing, "", "t")).isEmpty();
        ObjectNode hostile = body("x");
        hostile.putObject("conversation").put("id", "19:ops\u0000\n");
        assertThat(Activity.of(hostile, "", "t")).isEmpty();
    }
}
