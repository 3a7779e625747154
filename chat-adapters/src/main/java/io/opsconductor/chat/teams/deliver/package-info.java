/**
 * Brings conversations to Teams. Stored events enter, posts and changed cards leave in order, at least once; it must never hold up a conversation.
 */
@NullMarked
package io.opsconductor.chat.teams.deliver;

import org.jspecify.annotations.NullMarked;
