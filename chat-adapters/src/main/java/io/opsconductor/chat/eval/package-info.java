/**
 * {@code opsconductor eval}: measures the understanding on a set of requests. Tool files and requests enter, figures leave;
 * it talks to the model that is set, and must never talk to a runner or a chat.
 */
@NullMarked
package io.opsconductor.chat.eval;

import org.jspecify.annotations.NullMarked;
