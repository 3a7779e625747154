package io.opsconductor.chat.slack.deliver;

/** What a refusal of Slack's means for delivery. */
enum Meaning {
    /** Nothing can be posted to the place any more, until somebody changes it there. */
    PLACE_GONE,
    /** The app has no access to the workspace any more; its installation is marked by the call. */
    WORKSPACE_GONE,
    /** The message was deleted, or can be changed no more. */
    MESSAGE_GONE,
    /** Anything else: most likely something about the message that a plainer one does not have. */
    OTHER;

    /** @param error Slack's word */
    static Meaning of(String error) {
        return switch (error) {
            case "channel_not_found",
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
                    "cannot_dm_bot" -> PLACE_GONE;
            case "invalid_auth", "token_revoked", "token_expired", "account_inactive", "not_authed" -> WORKSPACE_GONE;
            case "message_not_found", "cant_update_message", "edit_window_closed" -> MESSAGE_GONE;
            default -> OTHER;
        };
    }
}
