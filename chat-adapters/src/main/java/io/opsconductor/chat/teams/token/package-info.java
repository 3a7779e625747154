/**
 * The tokens between Microsoft's Bot Connector and us. A request's token and activity enter and a verdict leaves, and our own token is got for calls; it must never believe an activity before its token is checked, nor make an address of a text that the allow list does not have.
 */
@NullMarked
package io.opsconductor.chat.teams.token;

import org.jspecify.annotations.NullMarked;
