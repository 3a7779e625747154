/**
 * Tables as text of one width a letter, for where there is nothing better. Titles and cells enter; lines leave. What stands
 * in a cell must never break out of it.
 */
@NullMarked
package io.opsconductor.chat.table;

import org.jspecify.annotations.NullMarked;
