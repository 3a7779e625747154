/** Calls to the Bot Connector. */
@NullMarked
package io.opsconductor.chat.teams.call;

import org.jspecify.annotations.NullMarked;
