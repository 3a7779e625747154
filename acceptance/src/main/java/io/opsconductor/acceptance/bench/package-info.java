/**
 * Measures what a user feels: approve to first output, message to plan card, cold start, memory. A started product enters,
 * a table (or JSON) leaves. It must never assert: figures of a shared machine wander, and ratios are what counts.
 */
@NullMarked
package io.opsconductor.acceptance.bench;

import org.jspecify.annotations.NullMarked;
