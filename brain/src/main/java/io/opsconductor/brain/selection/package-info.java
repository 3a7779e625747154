/**
 * Stage B: which tool does that? Tool requests enter, a choice for each leaves: one tool, a few to ask about, or none and what comes nearest. Requests that were
 * cut from one message and are one leave as one. It must never choose a tool outside the catalogue, or leave out what may be an order.
 */
@NullMarked
package io.opsconductor.brain.selection;

import org.jspecify.annotations.NullMarked;
