package io.opsconductor.chat.slack.handle;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.opsconductor.chat.slack.workspace.Workspace;
import io.opsconductor.json.Json;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HearingTest {
    private static final Workspace WORKSPACE = new Workspace("T1", "Acme", "A1", "UBOT", "B1", Set.of(), "xoxb-1");

    @Test
    void aMentionIsHeardInTheThreadThatItBegins() {
        assertThat(mention("{'channel':'C1','user':'U1','ts':'1.1','text':'<@UBOT> help'}"))
                .isEqualTo(new Heard.Direct(new Place(WORKSPACE, "C1", "1.1"), "U1", "1.1", "<@UBOT> help", false));
    }

    @Test
    void aMentionInAThreadIsHeardThere() {
        assertThat(mention("{'channel':'C1','user':'U1','ts':'2.2','thread_ts':'1.1','text':'<@UBOT> help'}"))
                .isEqualTo(new Heard.Direct(new Place(WORKSPACE, "C1", "1.1"), "U1", "2.2", "<@UBOT> help", false));
    }

    @Test
    void aDirectTalkIsOneConversationAndItsThreadsAreTheirOwn() {
        assertThat(message("{'channel':'D1','channel_type':'im','user':'U1','ts':'1.1','text':'help'}"))
                .isEqualTo(new Heard.Direct(new Place(WORKSPACE, "D1", ""), "U1", "1.1", "help", false));
        assertThat(message(
                        "{'channel':'D1','channel_type':'im','user':'U1','ts':'2.2','thread_ts':'1.1','text':'help'}"))
                .isEqualTo(new Heard.Direct(new Place(WORKSPACE, "D1", "1.1"), "U1", "2.2", "help", false));
    }

    @Test
    void aMessageInAThreadIsOverheardAndOneOutsideIsNot() {
        assertThat(message("{'channel':'C1','user':'U1','ts':'2.2','thread_ts':'1.1','text':'restart nginx'}"))
                .isEqualTo(new Heard.Overheard(new Place(WORKSPACE, "C1", "1.1"), "U1", "2.2", "restart nginx"));
        assertThat(message("{'channel':'C1','user':'U1','ts':'2.2','text':'restart nginx'}"))
                .isEqualTo(new Heard.Nothing());
    }

    @Test
    void theMessageOfAMentionIsLeftToTheMention() {
        assertThat(message("{'channel':'C1','user':'U1','ts':'2.2','thread_ts':'1.1','text':'<@UBOT> help'}"))
                .isEqualTo(new Heard.Nothing());
    }

    @Test
    void aMentionInsideCodeIsNone() {
        assertThat(message("{'channel':'C1','user':'U1','ts':'2.2','thread_ts':'1.1','text':'say `<@UBOT> help`'}"))
                .isInstanceOf(Heard.Overheard.class);
    }

    @Test
    void anEditIsOneWhenTheWordsChanged() {
        String changed = "{'subtype':'message_changed','channel':'C1',"
                + "'message':{'user':'U1','ts':'2.2','thread_ts':'1.1','text':'b'},'previous_message':{'text':'%s'}}";
        assertThat(message(changed.formatted("a")))
                .isEqualTo(new Heard.Edited(new Place(WORKSPACE, "C1", "1.1"), "U1", "2.2"));
        assertThat(message(changed.formatted("b"))).isEqualTo(new Heard.Nothing());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{'channel':'D1'}",
                "{'channel':'D1','user':'U1'}",
                "{'channel':'D1','user':'UBOT','ts':'1.1','text':'help'}",
                "{'channel':'D1','user':'U1','ts':'1.1','text':'help','bot_id':'B9'}",
                "{'channel':'D1','user':'U1','ts':'1.1','text':'help','subtype':'bot_message'}",
                "{'channel':'D1','user':'U1','ts':'1.1','text':'help','subtype':'channel_join'}",
                "{'channel':'D1','user':'U1','ts':'1.1','text':'help','subtype':'no_such_subtype'}",
                "{'channel':'D1','user':'U1','ts':'1.1','text':'help','hidden':true}",
                "{'channel':'D1','ts':'1.1','subtype':'message_deleted','deleted_ts':'1.0'}",
                "{'channel':'D1','user':'U1','ts':'yesterday','text':'help'}",
                "{'channel':'d1/../x','user':'U1','ts':'1.1','text':'help'}",
                "{'channel':['D1'],'user':{'id':'U1'},'ts':1.1,'text':'help'}",
                "{'subtype':'message_changed','channel':'D1'}",
                "{'subtype':'message_changed','channel':'D1','message':{'subtype':'tombstone','user':'U1','ts':'1.1'}}",
            })
    void whatIsNoPersonsWordIsNothing(String event) {
        assertThat(message(event)).isEqualTo(new Heard.Nothing());
        assertThat(mention(event)).isEqualTo(new Heard.Nothing());
    }

    private static Heard mention(String event) {
        return Hearing.mention(WORKSPACE, json(event));
    }

    private static Heard message(String event) {
        return Hearing.message(WORKSPACE, json(event));
    }

    private static JsonNode json(String text) {
        return Json.tree(text.replace('\'', '"'));
    }
}
