package io.opsconductor.runner.cli;

import io.opsconductor.plan.Tenant;
import io.opsconductor.runner.RunnerSettings;
import io.opsconductor.runner.tenant.TenantFiles;
import io.opsconductor.text.Nearest;
import io.opsconductor.text.Shown;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code --tenant}: whose files a command looks at. An installation of one tenant needs no such option. */
final class TenantOption {
    @Option(
            names = "--tenant",
            paramLabel = "NAME",
            description = "whose: needed when the runner's configuration has several tenants")
    private @Nullable String name;

    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec command;

    /**
     * The files of the tenant that is meant.
     *
     * @throws ParameterException when none is named and there are several, or there is none of that name
     */
    TenantFiles of(RunnerSettings settings) {
        List<TenantFiles> all = settings.tenants();
        List<String> names = all.stream().map(files -> files.tenant().name()).toList();
        String wanted = name;
        if (wanted == null) {
            if (all.size() == 1) {
                return all.getFirst();
            }
            throw wrong("this runner has several tenants: name one with --tenant: " + String.join(", ", names));
        }
        return all.stream()
                .filter(files -> files.tenant().name().equals(wanted))
                .findFirst()
                .orElseThrow(() -> wrong("there is no tenant " + Shown.quoted(wanted) + ". "
                        + Nearest.of(wanted, names, 1).stream()
                                .map(near -> "Did you mean " + near + "?")
                                .findFirst()
                                .orElseGet(() -> names.stream().collect(Collectors.joining(", ", "There are: ", "")))));
    }

    /** As {@link #of(RunnerSettings)} with the settings of the environment that the command was started with. */
    TenantFiles files() {
        return of(RunnerSettings.read(RunnerCli.environment(commandLine())));
    }

    /** The tenant that is named, whether or not the configuration has it; null when none is. */
    @Nullable
    Tenant named() {
        String wanted = name;
        if (wanted == null) {
            return null;
        }
        return Tenant.of(wanted).orElseThrow(() -> wrong(Shown.quoted(wanted) + " is not a tenant's name"));
    }

    private ParameterException wrong(String message) {
        return new ParameterException(commandLine(), message);
    }

    private CommandLine commandLine() {
        return Objects.requireNonNull(command, "picocli sets it").commandLine();
    }
}
