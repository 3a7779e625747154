/**
 * What concerns a person, over all conversations: an identity enters; what waits, what they asked for last and what runs
 * now leaves, in bounded lists with their whole counts. It must never change anything.
 */
@NullMarked
package io.opsconductor.brain.overview;

import org.jspecify.annotations.NullMarked;
