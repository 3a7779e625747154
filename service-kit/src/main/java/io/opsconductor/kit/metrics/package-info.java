/**
 * Metrics in Prometheus text and health with its reasons, for both processes. It must never hold the name of a person
 * or the text of a message.
 */
@NullMarked
package io.opsconductor.kit.metrics;

import org.jspecify.annotations.NullMarked;
