/**
 * Structured logs: every line is one JSON object that carries the conversation and the execution it belongs to. It must
 * never hold a secret.
 */
@NullMarked
package io.opsconductor.kit.log;

import org.jspecify.annotations.NullMarked;
