/**
 * What the runner counts, and what its readiness depends on. It must never hold the name of a person, a target's output
 * or a label with unbounded values.
 */
@NullMarked
package io.opsconductor.runner.metrics;

import org.jspecify.annotations.NullMarked;
