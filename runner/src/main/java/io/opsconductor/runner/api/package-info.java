/**
 * The runner's HTTP side: calls over mutual TLS enter, answers, event streams and problems leave. It must never do
 * anything for a caller whose certificate is not one of the allowed ones, and it decides nothing by itself.
 */
@NullMarked
package io.opsconductor.runner.api;

import org.jspecify.annotations.NullMarked;
