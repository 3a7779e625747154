/**
 * Stage B: which tool does that? A tool request enters, a choice leaves: one tool, a few to ask about, or none. It must
 * never choose a tool outside the catalogue.
 */
@NullMarked
package io.opsconductor.brain.selection;

import org.jspecify.annotations.NullMarked;
