package io.opsconductor.runner.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opsconductor.runner.RunnerSettings;
import io.opsconductor.runner.tenant.TenantFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParameterException;

class TenantOptionTest {
    private static final String TWO = "tenants:\n  acme: {callers: chatbot}\n  globex: {callers: chatbot}\n";

    @TempDir
    private Path home;

    @Command(name = "look")
    private static final class Look {
        @Mixin
        private TenantOption tenant = new TenantOption();
    }

    private TenantFiles meant(String yaml, String... arguments) throws IOException {
        Path file = home.resolve("runner.yaml");
        Files.writeString(file, yaml);
        Look look = new Look();
        new CommandLine(look).parseArgs(arguments);
        return look.tenant.of(RunnerSettings.read(
                Map.of("OPSCONDUCTOR_HOME", home.toString(), "OPSCONDUCTOR_RUNNER_CONFIG", file.toString())));
    }

    @Test
    void theOnlyTenantNeedNotBeNamed() throws IOException {
        assertThat(meant("api: {port: 0}").policy()).containsExactly(home.resolve("policy.yaml"));
    }

    @Test
    void oneOfSeveralIsNamed() throws IOException {
        assertThat(meant(TWO, "--tenant", "globex").policy())
                .containsExactly(home.resolve("tenants/globex/policy.yaml"));
    }

    @Test
    void whereThereAreSeveralNoneIsGuessed() {
        assertThatThrownBy(() -> meant(TWO))
                .isInstanceOf(ParameterException.class)
                .hasMessage("this runner has several tenants: name one with --tenant: acme, globex");
        assertThatThrownBy(() -> meant(TWO, "--tenant", "globx"))
                .isInstanceOf(ParameterException.class)
                .hasMessage("there is no tenant \"globx\". Did you mean globex?");
    }
}
