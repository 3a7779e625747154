/**
 * From an approved preview to results: a request enters {@code Admission}, which refuses it or uses it up exactly once,
 * and an execution leaves that runs its steps, tells its events and ends with an answer. It must never start a target
 * before the journal has it, start one twice unless it is idempotent and its plan says so, or call an unknown
 * outcome failed.
 */
@NullMarked
package io.opsconductor.runner.execution;

import org.jspecify.annotations.NullMarked;
