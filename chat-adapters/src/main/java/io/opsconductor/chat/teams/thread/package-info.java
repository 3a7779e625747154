/**
 * Which of our conversations is which of Teams. A place of Teams enters, our conversation's id leaves, and the other way round, with the address for answers; it must never give two places one conversation.
 */
@NullMarked
package io.opsconductor.chat.teams.thread;

import org.jspecify.annotations.NullMarked;
