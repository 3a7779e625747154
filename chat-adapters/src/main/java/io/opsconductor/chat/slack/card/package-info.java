/**
 * How things look in Slack. Events of a conversation enter, Block Kit within Slack's limits leaves; it must never cut a command, and never let text become markup.
 */
@NullMarked
package io.opsconductor.chat.slack.card;

import org.jspecify.annotations.NullMarked;
