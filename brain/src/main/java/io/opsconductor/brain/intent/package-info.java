/**
 * Stage A: what does somebody want? A message enters, one {@link io.opsconductor.brain.intent.Intent} leaves, with the
 * entities that were found in the words. It must never choose a tool or invent a value that the words do not hold.
 */
@NullMarked
package io.opsconductor.brain.intent;

import org.jspecify.annotations.NullMarked;
