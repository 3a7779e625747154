package io.opsconductor.runner.execution;

import io.opsconductor.plan.RenderedCommand;
import io.opsconductor.runner.step.StepExecutor;

/**
 * One executor for each kind of command.
 *
 * @param onRunner for argument lists that the runner itself runs
 * @param onTarget for command lines that go to a target's shell
 * @param windows for scripts and command lines that go to a Windows target
 * @param web for requests to a target's web interface
 * @param database for statements to a target's database
 */
public record StepExecutors(
        StepExecutor onRunner, StepExecutor onTarget, StepExecutor windows, StepExecutor web, StepExecutor database)
        implements AutoCloseable {
    StepExecutor of(RenderedCommand command) {
        return switch (command) {
            case RenderedCommand.Argv argv -> onRunner;
            case RenderedCommand.PowerShell _, RenderedCommand.Cmd _ -> windows;
            case RenderedCommand.Request request -> web;
            case RenderedCommand.Statement statement -> database;
            case RenderedCommand.Shell _, RenderedCommand.ShellInput _ -> onTarget;
        };
    }

    @Override
    public void close() {
        onRunner.close();
        onTarget.close();
        windows.close();
        web.close();
        database.close();
    }
}
