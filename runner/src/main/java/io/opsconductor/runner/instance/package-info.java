/**
 * Which runner this is among those that share a store, and whether it still counts. A process enters and gets a number and a
 * lease, which it renews; whoever is not renewed in time counts no more, and others learn which those are. It must never let one that was taken for dead
 * go on under its old number.
 */
@NullMarked
package io.opsconductor.runner.instance;

import org.jspecify.annotations.NullMarked;
