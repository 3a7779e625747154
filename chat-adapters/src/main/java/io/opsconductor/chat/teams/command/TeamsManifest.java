package io.opsconductor.chat.teams.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.opsconductor.json.Json;

/**
 * The app's manifest, of version 1.22.
 *
 * @param application id of the bot, which is the app's too
 * @param name at most 30 characters
 */
record TeamsManifest(String application, String name) {
    static final int MAX_NAME = 30;
    private static final String VERSION = "1.22";
    private static final String SITE = "https://opsconductor.io";

    ObjectNode json() {
        ObjectNode manifest = Json.mapper()
                .createObjectNode()
                .put(
                        "$schema",
                        "https://developer.microsoft.com/json-schemas/teams/v" + VERSION
                                + "/MicrosoftTeams.schema.json")
                .put("manifestVersion", VERSION)
                .put("version", "0.1.0")
                .put("id", application);
        manifest.putObject("developer")
                .put("name", name)
                .put("websiteUrl", SITE)
                .put("privacyUrl", SITE + "/privacy")
                .put("termsOfUseUrl", SITE + "/terms");
        manifest.putObject("name").put("short", name).put("full", name + ": operations in the chat");
        manifest.putObject("description")
                .put("short", "Ask for operations, see what would run, approve it, read the result.")
                .put(
                        "full",
                        "Ask where the incident is discussed. See exactly what would run, where, and how risky it is. A"
                                + " colleague approves, and the output arrives in the thread. What a person approves is,"
                                + " byte for byte, what runs.");
        manifest.putObject("icons").put("color", "color.png").put("outline", "outline.png");
        manifest.put("accentColor", "#3557D6");
        ObjectNode bot = manifest.putArray("bots").addObject().put("botId", application);
        ArrayNode scopes = bot.putArray("scopes").add("personal").add("team").add("groupChat");
        bot.put("isNotificationOnly", false).put("supportsFiles", true);
        ObjectNode commands = bot.putArray("commandLists").addObject();
        commands.set("scopes", scopes.deepCopy());
        ArrayNode list = commands.putArray("commands");
        command(list, "help", "What can be asked, with examples that work here");
        command(list, "which tools are there", "The tools that you may use");
        command(list, "what ran today", "What ran, and who approved it");
        command(list, "what waits for approval", "The plans that nobody decided about yet");
        command(list, "cancel", "Drop an open question, or take your plan back");
        manifest.putArray("validDomains");
        return manifest;
    }

    private static void command(ArrayNode list, String title, String description) {
        list.addObject().put("title", title).put("description", description);
    }
}
