/**
 * Chat threads: messages enter and are kept once each, events leave in order for the chat adapters to deliver. It must
 * never decide what a message means.
 */
@NullMarked
package io.opsconductor.brain.conversation;

import org.jspecify.annotations.NullMarked;
