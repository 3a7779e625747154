/**
 * Words for cards, the same on every platform. Facts of plans and results enter, words leave; it must never cut a command.
 */
@NullMarked
package io.opsconductor.chat.card;

import org.jspecify.annotations.NullMarked;
