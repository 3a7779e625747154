package io.opsconductor.chat.slack.deliver;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a refusal of Slack's means for delivery. */
enum Meaning {
    /** Nothing can be posted to the place any more, until somebody changes it there. */
    PLACE_GONE(
            "channel_not_found",
            "not_in_channel",
            "is_archived",
            "thread_not_found",
            "invalid_thread_ts",
            "cannot_reply_to_message",
            "restricted_action",
            "restricted_action_read_only_channel",
            "restricted_action_thread_only_channel",
            "restricted_action_thread_locked",
            "restricted_action_non_threadable_channel",
            "messages_tab_disabled",
            "team_access_not_granted",
            "no_permission",
            "user_not_found",
            "user_disabled",
            "cannot_dm_bot"),
    /** The app has no access to the workspace any more; its installation is marked by the call. */
    WORKSPACE_GONE("invalid_auth", "token_revoked", "token_expired", "account_inactive", "not_authed"),
    /** The message was deleted, or can be changed no more. */
    MESSAGE_GONE("message_not_found", "cant_update_message", "edit_window_closed"),
    /** Anything else: most likely something about the message that a plainer one does not have. */
    OTHER;

    private static final Map<String, Meaning> KNOWN = Stream.of(values())
            .flatMap(meaning -> meaning.errors.stream().map(error -> Map.entry(error, meaning)))
            .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));

    private final List<String> errors;

    Meaning(String... errors) {
        this.errors = List.of(errors);
    }

    static Meaning of(String error) {
        return KNOWN.getOrDefault(error, OTHER);
    }
}
