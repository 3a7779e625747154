package io.opsconductor.counterpart.slack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Each limit of Block Kit at its edge: the longest that passes, and one more. */
final class BlockRulesTest {
    private static ObjectNode plain(int length) {
        return Json.object("type", "plain_text", "text", "x".repeat(length));
    }

    private static ObjectNode mrkdwn(int length) {
        return Json.object("type", "mrkdwn", "text", "x".repeat(length));
    }

    private static ObjectNode button(int text, int value) {
        return Json.object("type", "button", "text", plain(text), "value", "v".repeat(value));
    }

    private static ObjectNode actions(ObjectNode... elements) {
        return Json.object("type", "actions", "elements", Json.array(List.of(elements)));
    }

    private static ObjectNode option(int text, int value) {
        return Json.object("text", plain(text), "value", "v".repeat(value));
    }

    private static List<String> problems(ObjectNode... blocks) {
        return BlockRules.check(Json.array(List.of(blocks)), BlockRules.Surface.MESSAGE, "/blocks");
    }

    private static List<String> problemsInModal(ObjectNode... blocks) {
        return BlockRules.check(Json.array(List.of(blocks)), BlockRules.Surface.MODAL, "/view/blocks");
    }

    private static ArrayNode dividers(int count) {
        return Json.array(Collections.nCopies(count, Json.object("type", "divider")));
    }

    @Test
    void aMessageHasFiftyBlocksAndAModalAHundred() {
        assertThat(BlockRules.check(dividers(50), BlockRules.Surface.MESSAGE, "/blocks"))
                .isEmpty();
        assertThat(BlockRules.check(dividers(51), BlockRules.Surface.MESSAGE, "/blocks"))
                .containsExactly("no more than 50 items allowed [json-pointer:/blocks]");
        assertThat(BlockRules.check(dividers(100), BlockRules.Surface.MODAL, "/view/blocks"))
                .isEmpty();
        assertThat(BlockRules.check(dividers(101), BlockRules.Surface.HOME, "/view/blocks"))
                .containsExactly("no more than 100 items allowed [json-pointer:/view/blocks]");
    }

    @Test
    void aSectionHasThreeThousandCharactersAndTenFieldsOfTwoThousand() {
        assertThat(problems(Json.object("type", "section", "text", mrkdwn(3_000))))
                .isEmpty();
        assertThat(problems(Json.object("type", "section", "text", mrkdwn(3_001))))
                .containsExactly(
                        "failed to match all allowed schemas [json-pointer:/blocks/0/text]",
                        "must be less than 3001 characters [json-pointer:/blocks/0/text/text]");
        ObjectNode fields =
                Json.object("type", "section", "fields", Json.array(Collections.nCopies(10, mrkdwn(2_000))));
        assertThat(problems(fields)).isEmpty();
        assertThat(problems(Json.object("type", "section", "fields", Json.array(Collections.nCopies(11, mrkdwn(1))))))
                .containsExactly("no more than 10 items allowed [json-pointer:/blocks/0/fields]");
        assertThat(problems(Json.object("type", "section", "fields", Json.array(List.of(mrkdwn(2_001))))))
                .contains("must be less than 2001 characters [json-pointer:/blocks/0/fields/0/text]");
        assertThat(problems(Json.object("type", "section")))
                .containsExactly("must define either `text` or `fields` [json-pointer:/blocks/0]");
    }

    @Test
    void emptyTextIsRefused() {
        assertThat(problems(Json.object("type", "section", "text", mrkdwn(0))))
                .contains("must be more than 0 characters [json-pointer:/blocks/0/text/text]");
    }

    @Test
    void aHeaderIsPlainAndHasAHundredAndFiftyCharacters() {
        assertThat(problems(Json.object("type", "header", "text", plain(150)))).isEmpty();
        assertThat(problems(Json.object("type", "header", "text", plain(151))))
                .containsExactly("must be less than 151 characters [json-pointer:/blocks/0/text/text]");
        assertThat(problems(Json.object("type", "header", "text", mrkdwn(1))))
                .containsExactly("must be one of: plain_text [json-pointer:/blocks/0/text/type]");
    }

    @Test
    void aContextHasTenElementsAndActionsTwentyFive() {
        assertThat(problems(Json.object("type", "context", "elements", Json.array(Collections.nCopies(11, mrkdwn(1))))))
                .containsExactly("no more than 10 items allowed [json-pointer:/blocks/0/elements]");
        assertThat(problems(
                        Json.object("type", "actions", "elements", Json.array(Collections.nCopies(25, button(1, 1))))))
                .isEmpty();
        assertThat(problems(
                        Json.object("type", "actions", "elements", Json.array(Collections.nCopies(26, button(1, 1))))))
                .containsExactly("no more than 25 items allowed [json-pointer:/blocks/0/elements]");
    }

    @Test
    void aButtonHasSeventyFiveCharactersAndAValueOfTwoThousand() {
        assertThat(problems(actions(button(75, 2_000)))).isEmpty();
        assertThat(problems(actions(button(76, 2_001))))
                .containsExactly(
                        "must be less than 76 characters [json-pointer:/blocks/0/elements/0/text/text]",
                        "must be less than 2001 characters [json-pointer:/blocks/0/elements/0/value]");
        assertThat(problems(actions(button(1, 1).put("style", "green"))))
                .containsExactly("must be one of: primary, danger [json-pointer:/blocks/0/elements/0/style]");
    }

    @Test
    void idsHaveTwoHundredAndFiftyFiveCharactersAndAreUnique() {
        assertThat(problems(
                        actions(button(1, 1).put("action_id", "a".repeat(256))).put("block_id", "b".repeat(256))))
                .containsExactly(
                        "must be less than 256 characters [json-pointer:/blocks/0/elements/0/action_id]",
                        "must be less than 256 characters [json-pointer:/blocks/0/block_id]");
        assertThat(problems(
                        actions(button(1, 1).put("action_id", "a"), button(1, 1).put("action_id", "a"))
                                .put("block_id", "b")))
                .containsExactly("`action_id` \"a\" already exists for block_id \"b\""
                        + " [json-pointer:/blocks/0/elements/1/action_id]");
        assertThat(problems(
                        Json.object("type", "divider", "block_id", "b"),
                        Json.object("type", "divider", "block_id", "b")))
                .containsExactly("`block_id` already exists: b [json-pointer:/blocks/1/block_id]");
    }

    @Test
    void optionsConfirmationsAndPlaceholdersHaveTheirLengths() {
        ObjectNode select = Json.object(
                "type", "static_select",
                "placeholder", plain(151),
                "options", Json.array(List.of(option(76, 151))),
                "confirm",
                        Json.object("title", plain(101), "text", mrkdwn(301), "confirm", plain(31), "deny", plain(31)));
        assertThat(problems(actions(select)))
                .containsExactlyInAnyOrder(
                        "must be less than 151 characters [json-pointer:/blocks/0/elements/0/placeholder/text]",
                        "must be less than 76 characters [json-pointer:/blocks/0/elements/0/options/0/text/text]",
                        "must be less than 151 characters [json-pointer:/blocks/0/elements/0/options/0/value]",
                        "must be less than 101 characters [json-pointer:/blocks/0/elements/0/confirm/title/text]",
                        "failed to match all allowed schemas [json-pointer:/blocks/0/elements/0/confirm/text]",
                        "must be less than 301 characters [json-pointer:/blocks/0/elements/0/confirm/text/text]",
                        "must be less than 31 characters [json-pointer:/blocks/0/elements/0/confirm/confirm/text]",
                        "must be less than 31 characters [json-pointer:/blocks/0/elements/0/confirm/deny/text]");
        ObjectNode typed = Json.object(
                "type",
                "static_select",
                "options",
                Json.array(List.of(option(1, 1).put("type", "option"))));
        assertThat(problems(actions(typed)))
                .containsExactly("invalid additional property: type [json-pointer:/blocks/0/elements/0/options/0]");
        assertThat(problems(actions(Json.object("type", "static_select", "options", Json.array()))))
                .containsExactly("no less than 1 items allowed [json-pointer:/blocks/0/elements/0/options]");
    }

    @Test
    void unknownBlocksAndFieldsAreRefused() {
        assertThat(problems(Json.object("type", "carousel")))
                .containsExactly("unsupported type: carousel [json-pointer:/blocks/0/type]");
        assertThat(problems(Json.object("type", "divider", "colour", "red")))
                .containsExactly("invalid additional property: colour [json-pointer:/blocks/0]");
        assertThat(problems(actions(Json.object("type", "plain_text_input", "action_id", "a"))))
                .containsExactly("unsupported type: plain_text_input [json-pointer:/blocks/0/elements/0/type]");
        assertThat(problems(Json.object("type", "section", "text", mrkdwn(1).put("emoji", true))))
                .containsExactly("invalid additional property: emoji [json-pointer:/blocks/0/text]");
    }

    @Test
    void anInputHasALabelOfTwoThousandAndTakesThreeThousandCharacters() {
        ObjectNode input = Json.object(
                "type", "input",
                "label", plain(2_001),
                "element", Json.object("type", "plain_text_input", "action_id", "a", "max_length", 3_001));
        assertThat(problemsInModal(input))
                .containsExactly(
                        "must be less than 2001 characters [json-pointer:/view/blocks/0/label/text]",
                        "must be less than or equal to 3000 [json-pointer:/view/blocks/0/element/max_length]");
    }

    @Test
    void markdownStandsInMessagesOnly() {
        ObjectNode markdown = Json.object("type", "markdown", "text", "**bold**");
        assertThat(problems(markdown)).isEmpty();
        assertThat(problemsInModal(markdown))
                .containsExactly("unsupported type: markdown [json-pointer:/view/blocks/0/type]");
    }

    @Test
    void richTextIsCheckedWordByWord() {
        ObjectNode word = Json.object("type", "text", "text", "");
        ObjectNode part = Json.object("type", "rich_text_section", "elements", Json.array(List.of(word)));
        assertThat(problems(Json.object("type", "rich_text", "elements", Json.array(List.of(part)))))
                .containsExactly("must be more than 0 characters [json-pointer:/blocks/0/elements/0/elements/0/text]");
    }

    @Test
    void allBlocksTogetherHaveALimit() {
        // Measured with Slack: 13,297 characters in one block, 13,172 with a divider beside it.
        List<ObjectNode> two = new ArrayList<>(List.of(
                Json.object("type", "markdown", "text", "x".repeat(11_000)),
                Json.object("type", "markdown", "text", "x".repeat(2_172))));
        BlockRules.requireTotal(Json.array(two));
        two.add(Json.object("type", "divider"));
        assertThatThrownBy(() -> BlockRules.requireTotal(Json.array(two))).hasMessage("msg_blocks_too_long");
    }

    @Test
    void aViewHasShortTitlesAndThreeThousandCharactersOfMetadata() {
        ObjectNode view = Json.object(
                "type", "modal",
                "title", plain(25),
                "submit", plain(25),
                "close", plain(25),
                "private_metadata", "m".repeat(3_001),
                "blocks", dividers(1));
        assertThatThrownBy(() -> ViewContent.of(new Args(view), "modal"))
                .isInstanceOfSatisfying(
                        Refusal.class,
                        refusal -> assertThat(refusal.answer()
                                        .path("response_metadata")
                                        .path("messages")
                                        .toString())
                                .contains(
                                        "must be less than 25 characters [json-pointer:/view/title/text]",
                                        "must be less than 25 characters [json-pointer:/view/submit/text]",
                                        "must be less than 25 characters [json-pointer:/view/close/text]",
                                        "must be less than 3001 characters [json-pointer:/view/private_metadata]"));
    }
}
