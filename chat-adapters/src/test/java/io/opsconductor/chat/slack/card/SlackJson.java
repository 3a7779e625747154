package io.opsconductor.chat.slack.card;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.slack.api.model.view.View;
import com.slack.api.util.json.GsonFactory;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Messages and views as they are sent. */
final class SlackJson {
    private static final Gson SENT = GsonFactory.createSnakeCase();
    private static final Gson PRETTY =
            new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

    private SlackJson() {}

    static JsonObject of(SlackMessage message) {
        JsonObject json = new JsonObject();
        json.addProperty("text", message.text());
        json.add("blocks", SENT.toJsonTree(message.blocks()));
        return json;
    }

    static JsonObject of(View view) {
        return SENT.toJsonTree(view).getAsJsonObject();
    }

    static JsonObject of(SlackFile file) {
        JsonObject json = new JsonObject();
        json.addProperty("name", file.name());
        json.addProperty("title", file.title());
        String content = file.text();
        // A golden file shows how it begins.
        json.addProperty(
                "content",
                content.length() <= 1_000
                        ? content
                        : content.substring(0, 1_000) + "[and " + (content.length() - 1_000) + " characters more]");
        return json;
    }

    static JsonObject of(PlanPost post) {
        JsonObject json = new JsonObject();
        json.add("card", of(post.card()));
        json.add("pages", array(post.pages().stream().map(SlackJson::of)));
        post.file().ifPresent(file -> json.add("file", of(file)));
        return json;
    }

    static JsonObject of(ResultPost post) {
        JsonObject json = new JsonObject();
        json.add("summary", of(post.summary()));
        json.add("targets", array(post.targets().stream().map(SlackJson::of)));
        json.add("files", array(post.files().stream().map(SlackJson::of)));
        return json;
    }

    static JsonObject of(List<SlackMessage> messages) {
        JsonObject json = new JsonObject();
        json.add("messages", array(messages.stream().map(SlackJson::of)));
        return json;
    }

    private static JsonArray array(Stream<JsonObject> objects) {
        JsonArray array = new JsonArray();
        objects.forEach(array::add);
        return array;
    }

    static String pretty(JsonElement json) {
        return PRETTY.toJson(json) + "\n";
    }

    /** Each code block's text, as a reader sees it. */
    static List<String> codeBlocks(SlackMessage message) {
        return objects(of(message))
                .filter(object -> is(object, "rich_text_preformatted"))
                .map(SlackJson::text)
                .toList();
    }

    /** All text of a rich text element, without anything between. */
    static String text(JsonElement json) {
        return objects(json)
                .filter(object -> object.has("text") && object.get("text").isJsonPrimitive())
                .map(object -> object.get("text").getAsString())
                .collect(Collectors.joining());
    }

    static boolean is(JsonObject object, String type) {
        return object.has("type")
                && object.get("type").isJsonPrimitive()
                && object.get("type").getAsString().equals(type);
    }

    /** Every object in it, at any depth, in order. */
    static Stream<JsonObject> objects(JsonElement json) {
        if (json.isJsonArray()) {
            return StreamSupport.stream(json.getAsJsonArray().spliterator(), false)
                    .flatMap(SlackJson::objects);
        }
        if (!json.isJsonObject()) {
            return Stream.empty();
        }
        JsonObject object = json.getAsJsonObject();
        return Stream.concat(Stream.of(object), object.entrySet().stream().flatMap(field -> objects(field.getValue())));
    }
}
