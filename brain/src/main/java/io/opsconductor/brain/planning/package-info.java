/**
 * Stage C: what exactly should run? Tool choices enter; a plan, a question or a refusal leaves. It must never guess a
 * missing value, and never widen a selection: nothing falls back to "local" or "all".
 */
@NullMarked
package io.opsconductor.brain.planning;

import org.jspecify.annotations.NullMarked;
