package io.opsconductor.runner.execution;

import io.opsconductor.plan.RenderedCommand;
import io.opsconductor.runner.step.StepExecutor;

/**
 * One executor for each kind of command.
 *
 * @param onRunner for argument lists that the runner itself runs
 * @param onTarget for command lines that go to a target's shell
 */
public record StepExecutors(StepExecutor onRunner, StepExecutor onTarget) implements AutoCloseable {
    StepExecutor of(RenderedCommand command) {
        return switch (command) {
            case RenderedCommand.Argv argv -> onRunner;
            case RenderedCommand.Shell shell -> onTarget;
        };
    }

    @Override
    public void close() {
        onRunner.close();
        onTarget.close();
    }
}
