/**
 * What travels between chatbot and runner: plans, previews, attestations, execution events and results, as records
 * with one JSON form. A plan enters as the brain's proposal, a preview leaves as the runner's exact rendering. Nothing
 * here may render a command from user text or run one.
 */
@NullMarked
package io.opsconductor.plan;

import org.jspecify.annotations.NullMarked;
