/** Calls within their bounds. */
@NullMarked
package io.opsconductor.chat.teams.http;

import org.jspecify.annotations.NullMarked;
