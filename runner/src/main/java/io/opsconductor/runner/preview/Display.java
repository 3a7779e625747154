package io.opsconductor.runner.preview;

import io.opsconductor.plan.RenderedCommand;
import io.opsconductor.plan.RenderedCommand.Bind;
import io.opsconductor.plan.RenderedCommand.BindKind;
import io.opsconductor.plan.RenderedCommand.Header;
import io.opsconductor.plan.Visible;
import io.opsconductor.runner.credential.Credential;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A rendered command as text for people: whole, and with a credential's name where its secret will be. */
final class Display {
    private Display() {}

    /**
     * The text.
     *
     * @param credential what is logged in with; null for none
     */
    static String of(RenderedCommand command, @Nullable Credential credential) {
        return Visible.escape(
                switch (command) {
                    case RenderedCommand.Argv(List<String> argv) -> DisplayQuoting.line(argv);
                    case RenderedCommand.Shell(String line) -> line;
                    case RenderedCommand.ShellInput(String line, String input, var _, var _) ->
                        input.isEmpty() ? line : line + " <<'INPUT'\n" + input + "INPUT";
                    case RenderedCommand.PowerShell(String script) -> script;
                    case RenderedCommand.Cmd(String line) -> line;
                    case RenderedCommand.Request request -> request(request, credential);
                    case RenderedCommand.Statement statement -> statement(statement);
                });
    }

    private static String request(RenderedCommand.Request request, @Nullable Credential credential) {
        StringBuilder text = new StringBuilder(request.method()).append(' ').append(request.path());
        for (Header header : request.headers()) {
            text.append('\n').append(header.name()).append(": ").append(header.value());
        }
        switch (credential) {
            case Credential.Password login ->
                text.append("\nAuthorization: Basic ").append(place(login));
            case Credential.Bearer login ->
                text.append("\nAuthorization: Bearer ").append(place(login));
            case Credential.SecretHeader header ->
                text.append('\n').append(header.header()).append(": ").append(place(header));
            // It logs in within TLS, not in the request; the card names it as it does for SSH.
            case Credential.ClientCertificate _, Credential.SshKey _ -> {}
            case null -> {}
        }
        return request.body().isEmpty() ? text.toString() : text + "\n\n" + request.body();
    }

    private static String place(Credential credential) {
        return "[credential " + credential.name() + "]";
    }

    private static String statement(RenderedCommand.Statement statement) {
        StringBuilder text = new StringBuilder(statement.sql());
        int number = 0;
        for (Bind bind : statement.values()) {
            number++;
            text.append("\n-- ?")
                    .append(number)
                    .append(' ')
                    .append(bind.parameter())
                    .append(" = ")
                    .append(value(bind));
        }
        return text.toString();
    }

    private static String value(Bind bind) {
        String value = bind.value();
        return value == null ? "NULL" : bind.kind() == BindKind.TEXT ? "'" + value.replace("'", "''") + "'" : value;
    }
}
