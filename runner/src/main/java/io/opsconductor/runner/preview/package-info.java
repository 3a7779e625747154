/**
 * Turns a proposed plan into exactly what would run, where, and who must approve it. The same request, nonce and time over
 * unchanged tools, inventory and policy give the same digest, which is how the execution knows that nothing has changed. It
 * must never run anything, read a secret, or show a command other than the one that would be handed over.
 */
@NullMarked
package io.opsconductor.runner.preview;

import org.jspecify.annotations.NullMarked;
