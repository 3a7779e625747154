/** Writing and checking tool files, as an author does it. */
@NullMarked
package io.opsconductor.chat.author;

import org.jspecify.annotations.NullMarked;
