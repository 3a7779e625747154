/**
 * The runner's process: settings enter, two listeners come up, and a signal ends it in order. Main wires the parts and is
 * the only place that does; no part may look another one up.
 */
@NullMarked
package io.opsconductor.runner;

import org.jspecify.annotations.NullMarked;
