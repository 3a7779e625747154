/**
 * The runner against many machines, beside other ways to run one command on all of them. A number of targets enters, wall-clock
 * and CPU seconds leave. It must never assert anything, nor measure two ways under different conditions.
 */
@NullMarked
package io.opsconductor.acceptance.bench.fleet;

import org.jspecify.annotations.NullMarked;
