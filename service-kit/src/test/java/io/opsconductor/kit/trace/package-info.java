/** Tests of traces, against a collector that reads them with the OpenTelemetry project's own messages. */
@NullMarked
package io.opsconductor.kit.trace;

import org.jspecify.annotations.NullMarked;
