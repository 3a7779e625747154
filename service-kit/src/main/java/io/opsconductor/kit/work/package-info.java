/**
 * Work in the background: jobs enter in order, and are done on a few platform threads. It must never lose a job silently, nor
 * hold up who hands one over, unless that one waits for room.
 */
@NullMarked
package io.opsconductor.kit.work;

import org.jspecify.annotations.NullMarked;
