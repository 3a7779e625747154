/**
 * Looking back: the two journals of a home enter, and the chain of custody of one execution, or all entries in the form of
 * another system, leave. It reads beside running processes and must never change a journal or a store.
 */
@NullMarked
package io.opsconductor.runner.trail;

import org.jspecify.annotations.NullMarked;
