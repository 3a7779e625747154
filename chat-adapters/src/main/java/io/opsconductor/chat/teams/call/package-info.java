/**
 * Calls to the Bot Connector. A place and a message enter, one typed answer leaves; our token must never go to an address that is not on the allow list.
 */
@NullMarked
package io.opsconductor.chat.teams.call;

import org.jspecify.annotations.NullMarked;
