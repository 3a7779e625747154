/**
 * What people can do with a card. A button's id and value enter, an act leaves; it must never trust a value beyond its form.
 */
@NullMarked
package io.opsconductor.chat.slack.act;

import org.jspecify.annotations.NullMarked;
