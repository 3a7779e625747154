package io.opsconductor.chat.teams.card;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.opsconductor.brain.conversation.Choice;
import io.opsconductor.chat.act.Act;
import io.opsconductor.chat.act.ActJson;
import io.opsconductor.json.Json;
import java.util.List;

/** Rows of buttons. An act goes along in the data, under the key {@value #ACT}. */
public final class Buttons {
    /** Where an act is in a button's data. */
    public static final String ACT = "ops";

    private static final int IN_A_ROW = 5;
    private static final int MOST_CHOICES = 20;
    private static final int LABEL = 60;
    private static final int MOST_ENTERED = 500;

    private final ArrayNode actions = Json.mapper().createArrayNode();

    /** What is done at once; a client without {@code Action.Execute} submits it instead. */
    Buttons execute(String title, Act act, String style) {
        ObjectNode data = data(act);
        ObjectNode action = actions.addObject()
                .put("type", "Action.Execute")
                .put("title", shortened(title))
                .put("verb", "ops");
        style(action, style).set("data", data);
        ObjectNode fallback =
                action.putObject("fallback").put("type", "Action.Submit").put("title", shortened(title));
        style(fallback, style).set("data", data.deepCopy());
        return this;
    }

    /** What opens a form. */
    Buttons form(String title, Act act, String style) {
        ObjectNode data = data(act);
        data.putObject("msteams").put("type", "task/fetch");
        style(actions.addObject().put("type", "Action.Submit").put("title", shortened(title)), style)
                .set("data", data);
        return this;
    }

    /** What asks for something on the card itself, for clients that open no forms. */
    Buttons asking(String title, Act act, String style, String input, String label) {
        ObjectNode card = actions.addObject()
                .put("type", "Action.ShowCard")
                .put("title", shortened(title))
                .putObject("card");
        card.put("type", "AdaptiveCard")
                .putArray("body")
                .addObject()
                .put("type", "Input.Text")
                .put("id", input)
                .put("label", label)
                .put("maxLength", MOST_ENTERED);
        ObjectNode sends = card.putArray("actions")
                .addObject()
                .put("type", "Action.Execute")
                .put("title", shortened(title))
                .put("verb", "ops");
        style(sends, style).set("data", data(act));
        return this;
    }

    /** Requests to say; as many as have room, for all of them can be typed. */
    Buttons choices(List<Choice> choices) {
        choices.stream()
                .limit(MOST_CHOICES)
                .forEach(choice -> execute(choice.label(), new Act.Say(choice.reply()), "default"));
        return this;
    }

    /** The rows; none when there is no button. */
    List<ObjectNode> rows() {
        List<ObjectNode> rows = new java.util.ArrayList<>();
        for (int from = 0; from < actions.size(); from += IN_A_ROW) {
            ObjectNode row = Json.mapper().createObjectNode().put("type", "ActionSet");
            ArrayNode some = row.putArray("actions");
            for (int i = from; i < Math.min(actions.size(), from + IN_A_ROW); i++) {
                some.add(actions.get(i));
            }
            rows.add(row);
        }
        return rows;
    }

    private static ObjectNode data(Act act) {
        ObjectNode data = Json.mapper().createObjectNode();
        data.set(ACT, Json.tree(ActJson.write(act)));
        return data;
    }

    private static ObjectNode style(ObjectNode action, String style) {
        return style.equals("default") ? action : action.put("style", style);
    }

    private static String shortened(String title) {
        String text = title.isBlank() ? "…" : title;
        return text.length() <= LABEL ? text : text.substring(0, LABEL - 1) + "…";
    }
}
