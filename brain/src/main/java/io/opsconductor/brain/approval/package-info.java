/**
 * Stage D: who agrees to this? A plan enters and becomes a request with the runner's rendering and its digest; decisions
 * enter; an {@link io.opsconductor.brain.approval.ApprovedPlan} leaves, which nothing else can make. What waits is told to
 * those who may approve it, what became of it wherever its card stands, and a broken glass to whom that concerns. It must
 * never count a decision that the runner would not count, and never two for one plan.
 */
@NullMarked
package io.opsconductor.brain.approval;

import org.jspecify.annotations.NullMarked;
