package io.opsconductor.counterpart.slack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * {@code apps.manifest.validate}, for the parts of a manifest that an operations bot has:
 * https://docs.slack.dev/reference/app-manifest. The token of an app's configuration is not asked for.
 */
final class ManifestRules {
    private static final Set<String> SECTIONS = Set.of(
            "_metadata", "display_information", "features", "oauth_config", "settings", "functions", "workflows");
    private static final Set<String> FEATURES = Set.of(
            "app_home",
            "assistant_view",
            "bot_user",
            "shortcuts",
            "slash_commands",
            "unfurl_domains",
            "workflow_steps");
    private static final Set<String> SETTINGS = Set.of(
            "allowed_ip_address_ranges",
            "event_subscriptions",
            "interactivity",
            "org_deploy_enabled",
            "socket_mode_enabled",
            "token_rotation_enabled",
            "is_hosted",
            "function_runtime");

    private final ArrayNode errors = Json.array();

    static ApiMethod method() {
        return ApiMethod.withAnyone(
                "apps.manifest.validate", Tier.ONE, (caller, args) -> new ManifestRules().answer(args));
    }

    private ObjectNode answer(Args args) {
        JsonNode manifest = args.tree("manifest");
        if (!manifest.isObject()) {
            throw Refusal.of(
                    "invalid_manifest", Json.object("errors", Json.array(List.of(error("Must be JSON", "/")))));
        }
        check(manifest);
        if (!errors.isEmpty()) {
            throw Refusal.of("invalid_manifest", Json.object("errors", errors));
        }
        return Json.object("errors", errors);
    }

    private static ObjectNode error(String message, String at) {
        return Json.object("message", message, "pointer", at);
    }

    private void add(String message, String at) {
        errors.add(error(message, at));
    }

    private void check(JsonNode manifest) {
        known(manifest, SECTIONS, "");
        JsonNode display = manifest.path("display_information");
        length(display, "name", 35, true, "/display_information");
        length(display, "description", 140, false, "/display_information");
        length(display, "long_description", 4_000, false, "/display_information");
        JsonNode longDescription = display.path("long_description");
        if (longDescription.isTextual() && longDescription.asText().length() < 174) {
            add("Must be at least 174 characters", "/display_information/long_description");
        }
        JsonNode features = manifest.path("features");
        known(features, FEATURES, "/features");
        length(features.path("bot_user"), "display_name", 80, features.has("bot_user"), "/features/bot_user");
        commands(features.path("slash_commands"));
        shortcuts(features.path("shortcuts"));
        JsonNode settings = manifest.path("settings");
        known(settings, SETTINGS, "/settings");
        boolean socketMode = settings.path("socket_mode_enabled").asBoolean();
        requestUrl(settings.path("event_subscriptions"), socketMode, "/settings/event_subscriptions");
        if (settings.path("interactivity").path("is_enabled").asBoolean()) {
            requestUrl(settings.path("interactivity"), socketMode, "/settings/interactivity");
        }
        scopes(manifest);
    }

    private void known(JsonNode object, Set<String> names, String at) {
        object.properties().forEach(field -> {
            if (!names.contains(field.getKey())) {
                add("Unknown property: " + field.getKey(), at + "/" + field.getKey());
            }
        });
    }

    private void length(JsonNode object, String field, int most, boolean required, String at) {
        String text = object.path(field).asText();
        if (required && text.isEmpty()) {
            add("Missing required field", at + "/" + field);
        }
        if (text.length() > most) {
            add("Must be at most " + most + " characters", at + "/" + field);
        }
    }

    private void commands(JsonNode commands) {
        Set<String> seen = new HashSet<>();
        for (int index = 0; index < commands.size(); index++) {
            String at = "/features/slash_commands/" + index;
            JsonNode command = commands.get(index);
            length(command, "command", 32, true, at);
            length(command, "description", 2_000, true, at);
            length(command, "usage_hint", 1_000, false, at);
            String name = command.path("command").asText();
            if (!name.startsWith("/") || !seen.add(name)) {
                add("Must start with a slash and be unique", at + "/command");
            }
        }
    }

    private void shortcuts(JsonNode shortcuts) {
        for (int index = 0; index < shortcuts.size(); index++) {
            String at = "/features/shortcuts/" + index;
            JsonNode shortcut = shortcuts.get(index);
            length(shortcut, "name", 24, true, at);
            length(shortcut, "callback_id", 255, true, at);
            length(shortcut, "description", 150, true, at);
            if (!Set.of("message", "global").contains(shortcut.path("type").asText())) {
                add("Must be message or global", at + "/type");
            }
        }
    }

    private void requestUrl(JsonNode section, boolean socketMode, String at) {
        if (section.isMissingNode() || socketMode) {
            return;
        }
        String url = section.path("request_url").asText();
        if (!url.startsWith("https://")) {
            add("Must be an https URL, or Socket Mode must be enabled", at + "/request_url");
        }
    }

    /** Each bot event needs its scope. */
    private void scopes(JsonNode manifest) {
        Set<String> granted = new HashSet<>();
        manifest.path("oauth_config").path("scopes").path("bot").forEach(scope -> granted.add(scope.asText()));
        JsonNode events = manifest.path("settings").path("event_subscriptions").path("bot_events");
        for (int index = 0; index < events.size(); index++) {
            String event = events.get(index).asText();
            String needed = needed(event);
            if (!needed.isEmpty() && !granted.contains(needed)) {
                add(
                        "Event " + event + " needs the scope " + needed,
                        "/settings/event_subscriptions/bot_events/" + index);
            }
        }
        boolean commands = !manifest.path("features").path("slash_commands").isEmpty()
                || !manifest.path("features").path("shortcuts").isEmpty();
        if (commands && !granted.contains("commands")) {
            add("Slash commands and shortcuts need the scope commands", "/oauth_config/scopes/bot");
        }
    }

    private static String needed(String event) {
        return switch (event) {
            case "app_mention" -> "app_mentions:read";
            case "message.channels" -> "channels:history";
            case "message.groups" -> "groups:history";
            case "message.im" -> "im:history";
            case "message.mpim" -> "mpim:history";
            case "assistant_thread_started", "assistant_thread_context_changed" -> "assistant:write";
            case "reaction_added", "reaction_removed" -> "reactions:read";
            case "user_change", "team_join" -> "users:read";
            case "member_joined_channel", "channel_rename", "channel_archive", "channel_deleted" -> "channels:read";
            default -> "";
        };
    }
}
