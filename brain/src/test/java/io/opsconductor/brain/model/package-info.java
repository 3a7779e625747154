/** What keeps a model from hurting: budget, retries, circuit breaker, settings. */
@NullMarked
package io.opsconductor.brain.model;

import org.jspecify.annotations.NullMarked;
