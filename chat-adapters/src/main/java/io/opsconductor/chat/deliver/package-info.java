/**
 * Brings conversations to a chat platform, whichever it is. Stored events enter, and each is told in its place, in order, at least once, by what the platform's adapter gives; it must never hold up a conversation, nor go on behind an event that was not told.
 */
@NullMarked
package io.opsconductor.chat.deliver;

import org.jspecify.annotations.NullMarked;
