/**
 * The HTTP edge: requests enter bounded and typed, answers leave as JSON, event streams or a {@link
 * io.opsconductor.plan.Problem}. It must never answer with a stack trace, and never with silence.
 */
@NullMarked
package io.opsconductor.kit.http;

import org.jspecify.annotations.NullMarked;
