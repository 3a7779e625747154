/**
 * Traces by OpenTelemetry's own SDK, which only this package knows and which is loaded only where a collector is set. Pieces of
 * work enter, batches of them leave over OTLP. It must never hold up whoever did the work.
 */
@NullMarked
package io.opsconductor.kit.trace.otlp;

import org.jspecify.annotations.NullMarked;
