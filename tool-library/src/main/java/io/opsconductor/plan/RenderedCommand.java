package io.opsconductor.plan;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A command exactly as it would be handed to the operating system or sent to a target. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = RenderedCommand.Argv.class, name = "argv"),
    @JsonSubTypes.Type(value = RenderedCommand.Shell.class, name = "shell"),
    @JsonSubTypes.Type(value = RenderedCommand.PowerShell.class, name = "powershell"),
    @JsonSubTypes.Type(value = RenderedCommand.Cmd.class, name = "cmd"),
    @JsonSubTypes.Type(value = RenderedCommand.Request.class, name = "request"),
    @JsonSubTypes.Type(value = RenderedCommand.Statement.class, name = "statement"),
    @JsonSubTypes.Type(value = RenderedCommand.ShellInput.class, name = "shell-input")
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

    /**
     * A script for Windows PowerShell, every value already a literal.
     *
     * @param script the text that runs, byte for byte; the runner puts it between fixed lines that make its output readable
     */
    record PowerShell(String script) implements RenderedCommand {}

    /**
     * One command line for the command interpreter of Windows.
     *
     * @param line the text that it gets
     */
    record Cmd(String line) implements RenderedCommand {}

    /**
     * One HTTP request to the address of a target. What a credential adds is not in it: the preview names the reference.
     *
     * @param method such as {@code GET}
     * @param path path and query as they stand in the request line, percent-encoded, the target's base path included
     * @param headers in the order they are sent
     * @param body sent in UTF-8; empty for none
     * @param expected statuses that count as success; empty means 200 to 299
     * @param extract JSON pointer into the answer, whose value alone is the output; empty for the whole answer
     * @param retries how often it may be sent again when it failed in passing; 0 unless the tool is idempotent
     */
    record Request(
            String method,
            String path,
            List<Header> headers,
            String body,
            List<Integer> expected,
            String extract,
            int retries)
            implements RenderedCommand {
        public Request {
            headers = List.copyOf(headers);
            expected = List.copyOf(expected);
        }
    }

    /** A header field. */
    record Header(String name, String value) {}

    /**
     * One SQL statement and what is bound to its question marks.
     *
     * @param sql the text sent to the database, byte for byte in UTF-8
     * @param values one per question mark, in order
     * @param readOnly whether the session must refuse changes
     * @param maxRows how many rows of its result are shown, at most
     */
    record Statement(String sql, List<Bind> values, boolean readOnly, int maxRows) implements RenderedCommand {
        public Statement {
            values = List.copyOf(values);
        }
    }

    /**
     * A bound value.
     *
     * @param parameter which parameter's value it is
     * @param kind what it is bound as
     * @param value its text; null for NULL
     */
    record Bind(String parameter, BindKind kind, @Nullable String value) {}

    /** What a value is bound as. */
    enum BindKind {
        @JsonProperty("text")
        TEXT,
        @JsonProperty("integer")
        INTEGER,
        @JsonProperty("boolean")
        BOOLEAN
    }

    /**
     * One command line for the target's POSIX shell that reads something, or becomes another account.
     *
     * @param line the text sent over the exec channel, byte for byte in UTF-8
     * @param input what it reads, in UTF-8, after a password; empty for none
     * @param sudoMark what sudo's question and the beginning of the command under it carry; empty without sudo
     * @param sudoAsks whether sudo asks for a password, which is in no part of the command
     */
    record ShellInput(String line, String input, String sudoMark, boolean sudoAsks) implements RenderedCommand {}
}
