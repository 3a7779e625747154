package io.opsconductor.chat.slack.command;

import io.opsconductor.chat.slack.BotScope;
import java.net.URI;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The app's manifest, from which Slack makes an app: <a href="https://docs.slack.dev/reference/app-manifest">reference</a>.
 * Its limits are in the names: an app's name has at most 35 characters, a shortcut's 24.
 */
final class Manifest {
    static final int MAX_NAME = 35;

    private static final List<String> EVENTS = List.of(
            "app_home_opened",
            "app_mention",
            "app_uninstalled",
            "assistant_thread_context_changed",
            "assistant_thread_started",
            "message.channels",
            "message.groups",
            "message.im",
            "message.mpim",
            "tokens_revoked");

    private final String name;
    private final String command;
    private final Optional<URI> url;

    /** @param url where Slack calls; empty for Socket Mode */
    Manifest(String name, String command, Optional<URI> url) {
        this.name = name;
        this.command = command;
        this.url = url;
    }

    Map<String, Object> json() {
        Map<String, Object> manifest = new LinkedHashMap<>();
        manifest.put(
                "display_information",
                Map.of(
                        "name", name,
                        "description", "Operations in the channel: see what would run, approve it, read the result",
                        "background_color", "#1f2937"));
        manifest.put("features", features());
        manifest.put("oauth_config", oauth());
        manifest.put("settings", settings());
        return manifest;
    }

    private Map<String, Object> features() {
        Map<String, Object> features = new LinkedHashMap<>();
        features.put(
                "app_home",
                Map.of("home_tab_enabled", true, "messages_tab_enabled", true, "messages_tab_read_only_enabled", false));
        features.put("bot_user", Map.of("display_name", name, "always_online", true));
        features.put(
                "shortcuts",
                List.of(Map.of(
                        "name", "Ask OpsConductor",
                        "type", "message",
                        "callback_id", "ask_opsconductor",
                        "description", "Ask OpsConductor about this message")));
        Map<String, Object> slash = new LinkedHashMap<>();
        slash.put("command", command);
        url.ifPresent(base -> slash.put("url", at(base, "/slack/commands")));
        slash.put("description", "Ask for an operation");
        slash.put("usage_hint", "check disk space on web-server-01");
        slash.put("should_escape", false);
        features.put("slash_commands", List.of(slash));
        features.put(
                "assistant_view",
                Map.of(
                        "assistant_description", "Checks and changes servers, after somebody approved what exactly runs",
                        "suggested_prompts", List.of(Map.of("title", "What can you do?", "message", "help"))));
        return features;
    }

    private Map<String, Object> oauth() {
        Map<String, Object> oauth = new LinkedHashMap<>();
        url.ifPresent(base -> oauth.put("redirect_urls", List.of(at(base, "/slack/oauth_redirect"))));
        oauth.put(
                "scopes",
                Map.of("bot", Arrays.stream(BotScope.values()).map(BotScope::scope).toList()));
        return oauth;
    }

    private Map<String, Object> settings() {
        Map<String, Object> settings = new LinkedHashMap<>();
        Map<String, Object> events = new LinkedHashMap<>();
        url.ifPresent(base -> events.put("request_url", at(base, "/slack/events")));
        events.put("bot_events", EVENTS);
        settings.put("event_subscriptions", events);
        Map<String, Object> interactivity = new LinkedHashMap<>();
        interactivity.put("is_enabled", true);
        url.ifPresent(base -> interactivity.put("request_url", at(base, "/slack/interactivity")));
        settings.put("interactivity", interactivity);
        settings.put("org_deploy_enabled", false);
        settings.put("socket_mode_enabled", url.isEmpty());
        settings.put("token_rotation_enabled", false);
        return settings;
    }

    private static String at(URI base, String path) {
        String text = base.toString();
        return (text.endsWith("/") ? text.substring(0, text.length() - 1) : text) + path;
    }
}
