/**
 * Who may, and who else must say yes: policy files and the facts of a plan enter, a decision with its reasons leaves. Refusal is
 * the default, a denial wins, and every rule that applies gets the approvals that it asks for. It must never decide from
 * anything that the caller claims about itself beyond the identity that the platform gave.
 */
@NullMarked
package io.opsconductor.runner.policy;

import org.jspecify.annotations.NullMarked;
