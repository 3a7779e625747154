/** Tests of what is read from outputs. */
@NullMarked
package io.opsconductor.brain.outputs;

import org.jspecify.annotations.NullMarked;
