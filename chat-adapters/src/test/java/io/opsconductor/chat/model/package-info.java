/** {@code model check} against servers that play each protocol. */
@NullMarked
package io.opsconductor.chat.model;

import org.jspecify.annotations.NullMarked;
