/**
 * The calls of Slack's Web API. What to send enters, a typed answer leaves; it must never send a token anywhere but to Slack's API.
 */
@NullMarked
package io.opsconductor.chat.slack.call;

import org.jspecify.annotations.NullMarked;
