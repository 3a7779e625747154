package io.opsconductor.runner.store;

/**
 * One target of one step of an execution.
 *
 * @param execution whose
 * @param step index of the step, from 0
 * @param position index of the target within the step, from 0
 */
public record Spot(ExecutionKey execution, int step, int position) {}
