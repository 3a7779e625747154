package io.opsconductor.runner.api;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * Body of {@code POST /executions/{id}/cancel}.
 *
 * @param actorId platform-qualified identity of who cancels
 */
public record CancelRequest(@JsonProperty(required = true) String actorId) {}
