/**
 * {@code opsconductor db}: what people do with a process's store while the process is stopped, or beside it. A word and the process's
 * settings enter, copies and sentences leave. It must never change a store that is in use.
 */
@NullMarked
package io.opsconductor.kit.store.command;

import org.jspecify.annotations.NullMarked;
