/**
 * What people can do with a card, on every platform. Values that a card carried enter, an act leaves; it must never trust a value beyond its form.
 */
@NullMarked
package io.opsconductor.chat.act;

import org.jspecify.annotations.NullMarked;
