/**
 * Calls over HTTP to Microsoft's services. An address and a body enter, a bounded answer leaves; it must never follow a redirect, wait without a deadline, or write a token into a log.
 */
@NullMarked
package io.opsconductor.chat.teams.http;

import org.jspecify.annotations.NullMarked;
