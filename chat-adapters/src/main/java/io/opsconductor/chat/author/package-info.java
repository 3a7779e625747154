/**
 * {@code opsconductor tools new}, {@code lint} and {@code schema}: writing one's own tools. Answers of an author and tool files
 * enter; a new file, and what there is to say about files, leave. It must never change a file that is there, or run a tool.
 */
@NullMarked
package io.opsconductor.chat.author;

import org.jspecify.annotations.NullMarked;
