/**
 * Brings conversations to Slack. Stored events enter, posts leave in order, at least once and not doubled; it must never hold up a conversation.
 */
@NullMarked
package io.opsconductor.chat.slack.deliver;

import org.jspecify.annotations.NullMarked;
