/** Tokens of the Bot Connector: which are believed, and how ours are got. */
@NullMarked
package io.opsconductor.chat.teams.token;

import org.jspecify.annotations.NullMarked;
