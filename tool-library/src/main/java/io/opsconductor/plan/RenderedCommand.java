package io.opsconductor.plan;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;

/** A command exactly as it would be handed to the operating system or sent to a target. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = RenderedCommand.Argv.class, name = "argv"),
    @JsonSubTypes.Type(value = RenderedCommand.Shell.class, name = "shell")
})
public sealed interface RenderedCommand {
    /**
     * A program and its arguments, run by the runner with no shell.
     *
     * @param argv at least the program
     */
    record Argv(List<String> argv) implements RenderedCommand {
        public Argv {
            argv = List.copyOf(argv);
        }
    }

    /**
     * One command line for the target's POSIX shell, every value already quoted.
     *
     * @param line the text sent over the exec channel, byte for byte in UTF-8
     */
    record Shell(String line) implements RenderedCommand {}
}
