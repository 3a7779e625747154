/**
 * What can become of a call to a chat platform, whichever it is. An answer enters with its value or the reason that there is none; it must never leave open whether the call may have taken effect.
 */
@NullMarked
package io.opsconductor.chat.call;

import org.jspecify.annotations.NullMarked;
