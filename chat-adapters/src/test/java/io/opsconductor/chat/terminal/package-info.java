/** The terminal client against the counterpart: what people and scripts see. */
@NullMarked
package io.opsconductor.chat.terminal;

import org.jspecify.annotations.NullMarked;
