/** Proves that the brain cannot execute anything, and that the guards which say so can fail. */
@NullMarked
package io.opsconductor.brain.separation;

import org.jspecify.annotations.NullMarked;
