/**
 * Measures an understanding. Requests with what is right for each of them and the three stages enter; judged requests and
 * figures leave. It must never run a tool or reach a runner: what is measured ends with the plan.
 */
@NullMarked
package io.opsconductor.brain.eval;

import org.jspecify.annotations.NullMarked;
