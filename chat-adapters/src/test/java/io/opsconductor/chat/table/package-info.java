/** Tests of tables as text. */
@NullMarked
package io.opsconductor.chat.table;

import org.jspecify.annotations.NullMarked;
