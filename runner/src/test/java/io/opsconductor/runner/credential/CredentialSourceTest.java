package io.opsconductor.runner.credential;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsconductor.runner.mask.Masker;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CredentialSourceTest {
    @TempDir
    Path folder;

    private final Masker masker = new Masker();
    private final CredentialSource source = new CredentialSource(masker, Map.of("TOKEN", "correct-horse"));

    @Test
    void secretIsReadFromAFileAndKnownToTheMasker() throws Exception {
        Path file = Files.writeString(folder.resolve("password"), "battery-staple\n");

        assertThat(read(new SecretSource.InFile(file))).isEqualTo("battery-staple");
        assertThat(masker.mask("battery-staple")).isEqualTo(Masker.MASK);
    }

    @Test
    void secretIsReadFromTheEnvironment() {
        assertThat(read(new SecretSource.InEnvironment("TOKEN"))).isEqualTo("correct-horse");
        assertThat(masker.mask("correct-horse")).isEqualTo(Masker.MASK);
    }

    @Test
    void changedFileCountsAtTheNextUse() throws Exception {
        Path file = Files.writeString(folder.resolve("password"), "first-secret");
        assertThat(read(new SecretSource.InFile(file))).isEqualTo("first-secret");
        Files.writeString(file, "second-secret");

        assertThat(read(new SecretSource.InFile(file))).isEqualTo("second-secret");
        assertThat(masker.mask("first-secret second-secret")).isEqualTo(Masker.MASK + " " + Masker.MASK);
    }

    @Test
    void absentSecretsSayWhere() {
        Path file = folder.resolve("absent");

        assertThat(source.read(new SecretSource.InFile(file)))
                .isEqualTo(new SecretReading.Unavailable("the file " + file + " does not exist"));
        assertThat(source.read(new SecretSource.InEnvironment("ABSENT")))
                .isEqualTo(new SecretReading.Unavailable(
                        "the environment variable ABSENT is not set in the runner's environment"));
    }

    @Test
    void secretPrintsAsNothingAndIsWiped() {
        if (source.read(new SecretSource.InEnvironment("TOKEN")) instanceof SecretReading.Read(Secret secret)) {
            assertThat(secret.toString()).isEqualTo("Secret[\u2022\u2022\u2022\u2022]");
            byte[] bytes = secret.bytes();
            secret.close();
            assertThat(bytes).containsOnly(0);
        } else {
            throw new AssertionError("not read");
        }
    }

    private String read(SecretSource from) {
        return switch (source.read(from)) {
            case SecretReading.Read(Secret secret) -> new String(secret.bytes(), StandardCharsets.UTF_8);
            case SecretReading.Unavailable(String reason) -> throw new AssertionError(reason);
        };
    }
}
