/**
 * The part that thinks: chat messages enter, plans for the runner and answers for the chat leave. It must never execute
 * anything, hold a credential, or send a plan that nobody approved.
 */
@NullMarked
package io.opsconductor.brain;

import org.jspecify.annotations.NullMarked;
