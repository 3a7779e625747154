/**
 * Choosing targets by words: a text such as {@code group:web and not web-07} enters; the targets of an inventory that it
 * means leave, or a sentence that says where it is wrong or what it does not know. Nothing here may guess what was meant, take
 * an unknown name for an empty one, or let an empty selection stand for everything.
 */
@NullMarked
package io.opsconductor.runner.selection;

import org.jspecify.annotations.NullMarked;
