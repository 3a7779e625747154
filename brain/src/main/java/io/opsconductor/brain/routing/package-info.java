/**
 * Stage E: approved plans enter and go to the runner; what the runner tells comes back as events of the conversation, and
 * exactly one result. It must never send what is not approved, and never call an execution finished, failed or repeated
 * on its own guess.
 */
@NullMarked
package io.opsconductor.brain.routing;

import org.jspecify.annotations.NullMarked;
