/**
 * Events as Adaptive Cards of version 1.5. Plans, results and words enter, cards leave; it must never cut a command, nor let a text that somebody else wrote become mark-up.
 */
@NullMarked
package io.opsconductor.chat.teams.card;

import org.jspecify.annotations.NullMarked;
