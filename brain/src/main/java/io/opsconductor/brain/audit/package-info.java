/**
 * The chatbot's side of the audit trail: what was asked, understood, previewed, decided, sent and answered enters, lines
 * of the journal leave. It must never be skipped because writing failed: then what it was about does not happen.
 */
@NullMarked
package io.opsconductor.brain.audit;

import org.jspecify.annotations.NullMarked;
