/**
 * Plays a collector of OpenTelemetry: requests over OTLP/HTTP enter, read by the project's own messages; what a collector must
 * refuse is refused.
 */
package io.opsconductor.counterpart.otlp;
