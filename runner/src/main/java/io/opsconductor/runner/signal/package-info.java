/**
 * What runners that share a store tell one another by Redis or Valkey: that a target waits for somebody to run it, that it is worth
 * looking into the store, and what a command writes while it runs. All of it are hints, of which any may be lost, come twice,
 * late, or from somebody else; what is true is in the store. It must never decide whether something runs.
 */
@NullMarked
package io.opsconductor.runner.signal;

import org.jspecify.annotations.NullMarked;
