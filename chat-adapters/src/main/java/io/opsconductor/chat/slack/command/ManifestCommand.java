package io.opsconductor.chat.slack.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.opsconductor.json.Json;
import java.net.URI;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code slack manifest}: what to paste at api.slack.com/apps. */
@Command(
        name = "manifest",
        sortOptions = false,
        description = {
            "Prints the app manifest, as JSON: paste it at https://api.slack.com/apps under Create New App, From a"
                    + " manifest.",
            "",
            "Without --url it is for Socket Mode, which needs no public address."
        })
final class ManifestCommand implements Callable<Integer> {
    @ParentCommand
    private @Nullable SlackCommand parent;

    @Spec
    private @Nullable CommandSpec spec;

    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "The public https address at which Slack reaches the chatbot.")
    private @Nullable URI url;

    @Option(names = "--socket", description = "For Socket Mode (the default without --url).")
    private boolean socket;

    @Option(
            names = "--name",
            paramLabel = "NAME",
            defaultValue = "OpsConductor",
            description = "The app's name, at most 35 characters (default: ${DEFAULT-VALUE}).")
    private String name = "OpsConductor";

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this and exit.")
    @SuppressWarnings("unused") // Read by picocli.
    private boolean help;

    @Override
    public Integer call() throws JsonProcessingException {
        if (socket && url != null) {
            throw wrong("--socket and --url exclude each other: Slack calls an address, or is called");
        }
        if (url != null && (url.getHost() == null || !"https".equals(url.getScheme()))) {
            throw wrong("--url " + url + ": Slack calls public https addresses only, such as https://ops.example.com");
        }
        if (name.isBlank() || name.length() > Manifest.MAX_NAME) {
            throw wrong("--name must have 1 to " + Manifest.MAX_NAME + " characters");
        }
        SlackCommand slack = Objects.requireNonNull(parent);
        Manifest manifest = new Manifest(name, slack.slashCommand(), Optional.ofNullable(url));
        slack.surroundings()
                .out()
                .println(Json.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(manifest.json()));
        return 0;
    }

    private ParameterException wrong(String message) {
        return new ParameterException(Objects.requireNonNull(spec).commandLine(), message);
    }
}
