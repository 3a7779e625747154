package io.opsconductor.acceptance.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import io.opsconductor.acceptance.product.ChatApi;
import io.opsconductor.acceptance.product.InSlack;
import io.opsconductor.counterpart.slack.Channel;
import io.opsconductor.counterpart.slack.Ephemeral;
import io.opsconductor.counterpart.slack.Person;
import io.opsconductor.counterpart.slack.PostedMessage;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** Something that was said to the bot in Slack, and what people see and do in its thread. */
record SlackThread(InSlack slack, Channel channel, PostedMessage asked) {
    /** Mentions the bot in a channel of its own, in which the usual people are. */
    static SlackThread ask(InSlack slack, String who, String request) {
        Channel channel = slack.channel("alice", "bob", "carol", InSlack.VIEWER, InSlack.WATCHER, InSlack.STRANGER);
        String text = slack.bot().bot().mention() + " " + request;
        return new SlackThread(slack, channel, slack.person(who).says(channel, text));
    }

    /** What the bot said so far. */
    List<PostedMessage> answers() {
        return channel.thread(asked.ts()).stream()
                .filter(message -> message.author() == slack.bot().bot())
                .toList();
    }

    /** Waits for an answer that fits. */
    PostedMessage await(String expected, Predicate<PostedMessage> wanted) {
        return channel.awaitMessage(
                expected + " in the thread " + asked.ts(),
                message -> message.author() == slack.bot().bot()
                        && message.rootTs().equals(asked.ts())
                        && wanted.test(message));
    }

    PostedMessage awaitAnswer() {
        return await("answer", message -> true);
    }

    PostedMessage awaitText(String words) {
        return await(
                "answer with \"" + words + "\"", message -> message.allText().contains(words));
    }

    /** Waits until the message, which is edited in place, says so. */
    PostedMessage awaitText(PostedMessage edited, String words) {
        return await(
                "\"" + words + "\" on the message " + edited.ts(),
                message -> message.ts().equals(edited.ts()) && message.allText().contains(words));
    }

    /** Waits for the card of a plan that waits for approval. */
    PostedMessage awaitCard() {
        return await("card", message -> has(message, "ops_approve"));
    }

    /** The same, of a plan that came after a message. */
    PostedMessage awaitCardAfter(PostedMessage earlier) {
        return await(
                "card after " + earlier.ts(),
                message -> message.ts().compareTo(earlier.ts()) > 0 && has(message, "ops_approve"));
    }

    /** The cards of plans, whatever became of them. */
    List<PostedMessage> cards() {
        return answers().stream()
                .filter(message -> message.versions()
                        .getFirst()
                        .findValuesAsText("action_id")
                        .contains("ops_approve"))
                .toList();
    }

    /** Waits until what runs has written so. */
    PostedMessage awaitProgress(String output) {
        return await(
                "progress with \"" + output + "\"",
                message -> message.text().startsWith("Running:")
                        && has(message, "ops_cancel")
                        && message.allText().contains(output));
    }

    /** Waits for the summary of what ran. */
    PostedMessage awaitResult(String outcome) {
        return await(
                "result that is " + outcome,
                message -> isResult(message) && message.allText().contains(outcome));
    }

    List<PostedMessage> results() {
        return answers().stream().filter(SlackThread::isResult).toList();
    }

    /** Whether anything ran, as far as the thread tells. */
    boolean ran() {
        return answers().stream().anyMatch(message -> isResult(message) || has(message, "ops_cancel"));
    }

    /** Waits for what a target wrote, the file included when it is long. */
    String awaitOutput(String target) {
        PostedMessage output = await(
                "output of " + target,
                message -> message.text().startsWith("Output of ")
                        && message.allText().contains(target));
        String text = output.allText();
        return text.contains("All of it is in the file")
                ? text + "\n"
                        + new String(
                                slack.slack().awaitFile(target + "-stdout.txt").content(), UTF_8)
                : text;
    }

    /** Waits for what this person alone is told. */
    Ephemeral awaitWhisper(String who, String words) {
        return channel.awaitEphemeral(slack.person(who), words);
    }

    /** Presses the button whose id begins with the word. */
    void press(String who, PostedMessage message, String word) {
        slack.person(who).presses(message, action(message.actionIds(), word)).orFail();
    }

    /** Presses a button of the message as it was first posted, and still is before that person. */
    void pressAsFirstPosted(String who, PostedMessage message, String word) {
        Person person = slack.person(who);
        List<String> actions = message.versions().getFirst().findValuesAsText("action_id");
        person.pressesAsSeen(message, 0, action(actions, word)).orFail();
    }

    /** Presses a button with another value than it has, signed as Slack signs: what Slack's own clients cannot do. */
    void pressForged(String who, PostedMessage message, String word, UnaryOperator<String> forge) {
        JsonNode button =
                button(message, element -> isOf(element.path("action_id").asText(), word));
        String workspace = slack.workspace().id();
        Map<String, ?> press = Map.of(
                "type",
                "block_actions",
                "api_app_id",
                slack.app().id(),
                "team",
                Map.of("id", workspace),
                "user",
                Map.of("id", slack.person(who).id(), "team_id", workspace),
                "trigger_id",
                "1.2.3",
                "channel",
                Map.of("id", channel.id()),
                "container",
                Map.of(
                        "type",
                        "message",
                        "channel_id",
                        channel.id(),
                        "message_ts",
                        message.ts(),
                        "thread_ts",
                        message.rootTs()),
                "message",
                Map.of("ts", message.ts(), "thread_ts", message.rootTs()),
                "actions",
                List.of(Map.of(
                        "type",
                        "button",
                        "action_id",
                        button.path("action_id").asText(),
                        "value",
                        forge.apply(button.path("value").asText()),
                        "action_ts",
                        message.ts())));
        slack.slack()
                .post(slack.app(), URI.create(slack.product().address() + "/slack/interactivity"))
                .form(Map.of("payload", ChatApi.write(press)))
                .send()
                .orFail();
    }

    /** The id of what ran, as the button under its result carries it. */
    static String execution(PostedMessage result) {
        JsonNode again =
                button(result, element -> isOf(element.path("action_id").asText(), "ops_run_again"));
        return ChatApi.read(again.path("value").asText()).path("execution").asText();
    }

    private static JsonNode button(PostedMessage message, Predicate<JsonNode> wanted) {
        for (JsonNode block : message.blocks()) {
            for (JsonNode element : block.path("elements")) {
                if (element.path("type").asText().equals("button") && wanted.test(element)) {
                    return element;
                }
            }
        }
        throw new AssertionError("there is no such button on " + message);
    }

    /** Presses the button that says so. */
    void pressLabelled(String who, PostedMessage message, String label) {
        JsonNode button =
                button(message, element -> element.at("/text/text").asText().equals(label));
        slack.person(who).presses(message, button.path("action_id").asText()).orFail();
    }

    static boolean has(PostedMessage message, String word) {
        return message.actionIds().stream().anyMatch(id -> isOf(id, word));
    }

    private static boolean isResult(PostedMessage message) {
        return has(message, "ops_run_again");
    }

    private static String action(List<String> actions, String word) {
        return actions.stream()
                .filter(id -> isOf(id, word))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + word + " among " + actions));
    }

    /** Ids of one message are kept apart by a number. */
    private static boolean isOf(String id, String word) {
        return id.equals(word) || id.startsWith(word + ".");
    }
}
