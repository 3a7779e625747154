/**
 * The Slack adapter: what people do in Slack enters, stored before it is acknowledged; what happens in their conversations
 * leaves as messages, cards and files. It must never decide or run anything itself: every act goes to the brain under the
 * identity that Slack vouches for.
 */
@NullMarked
package io.opsconductor.chat.slack;

import org.jspecify.annotations.NullMarked;
