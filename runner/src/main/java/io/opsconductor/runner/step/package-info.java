/**
 * Runs one rendered command on one target and says how it ended. A command that was not started, one that ended and one
 * whose outcome is unknown are different answers. It must never change a command's bytes, start it twice, wait without a
 * deadline, keep output without a limit, or let a secret out.
 */
@NullMarked
package io.opsconductor.runner.step;

import org.jspecify.annotations.NullMarked;
