/**
 * The runner as the brain sees it: a remote interface behind mutual TLS. Questions and approved plans leave, answers,
 * refusals and execution events enter; every call has a deadline and a size limit. It must never send a plan for
 * execution that is not an {@link io.opsconductor.brain.approval.ApprovedPlan}.
 */
@NullMarked
package io.opsconductor.brain.runner;

import org.jspecify.annotations.NullMarked;
