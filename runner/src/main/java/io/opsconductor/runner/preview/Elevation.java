package io.opsconductor.runner.preview;

import io.opsconductor.json.Digest;
import io.opsconductor.plan.RenderedCommand;
import io.opsconductor.runner.credential.Credential;
import io.opsconductor.runner.inventory.Sudo;
import io.opsconductor.runner.inventory.Target;
import io.opsconductor.runner.step.SudoLine;
import io.opsconductor.tool.RenderingException;
import io.opsconductor.tool.ToolDefinition;

/** Puts a command under sudo, where its tool or its target says so. */
final class Elevation {
    private static final int MARK_LENGTH = 16;

    private Elevation() {}

    /**
     * The command as it would run.
     *
     * @param nonce of the preview; it makes a mark that the command's own output cannot hold by chance
     * @throws RenderingException when there is no sudo
     */
    static RenderedCommand of(RenderedCommand command, ToolDefinition tool, Target target, String nonce) {
        Sudo sudo = target.ssh().sudo();
        boolean asked = tool.execution().sudo();
        if (!asked && !sudo.always()) {
            return command;
        }
        if (target.isNetworkDevice()) {
            if (asked) {
                throw new RenderingException(
                        "tool " + tool.name() + " runs by sudo, and " + target.name() + " is a network device");
            }
            return command;
        }
        Credential credential = target.credential();
        if (credential != null && credential.account().equals(sudo.account())) {
            return command;
        }
        String digest = Digest.of("sudo " + nonce);
        String mark = "sudo-" + digest.substring(digest.length() - MARK_LENGTH);
        boolean asks = sudo.password() != null;
        return switch (command) {
            case RenderedCommand.Shell(String line) ->
                new RenderedCommand.ShellInput(SudoLine.of(line, sudo.account(), mark, asks), "", mark, asks);
            case RenderedCommand.ShellInput(String line, String input, var _, var _) ->
                new RenderedCommand.ShellInput(SudoLine.of(line, sudo.account(), mark, asks), input, mark, asks);
            case RenderedCommand.Argv _,
                    RenderedCommand.PowerShell _,
                    RenderedCommand.Cmd _,
                    RenderedCommand.Request _,
                    RenderedCommand.Statement _ -> command;
        };
    }
}
