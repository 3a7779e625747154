/** How events look as Adaptive Cards. */
@NullMarked
package io.opsconductor.chat.teams.card;

import org.jspecify.annotations.NullMarked;
