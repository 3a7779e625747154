/**
 * From an approved preview to results: a request enters {@code Admission}, which refuses it or uses it up exactly once,
 * and an execution leaves that runs its steps, tells its events and ends with an answer. Where several runners share a store, targets
 * of what another one leads enter as well, and what a dead one led goes on. It must never start a target
 * before the journal has it, start one twice unless it is idempotent and its plan says so, call an unknown
 * outcome failed, or run what a row of the store says without checking its approvals and rendering it again.
 */
@NullMarked
package io.opsconductor.runner.execution;

import org.jspecify.annotations.NullMarked;
