/**
 * A plan once more: a pending one with other values, by its checks alone or as it would run now, or one that ran, wholly or
 * for what did not succeed. An act of a person enters, a new card in the same conversation leaves, previewed by the runner for
 * whoever acts. It must never run anything: a revised plan waits for its own approval, as every plan does.
 */
@NullMarked
package io.opsconductor.brain.revision;

import org.jspecify.annotations.NullMarked;
