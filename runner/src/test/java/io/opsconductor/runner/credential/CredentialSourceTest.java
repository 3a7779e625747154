package io.opsconductor.runner.credential;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsconductor.runner.mask.Masker;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CredentialSourceTest {
    @TempDir
    Path folder;

    private final Masker masker = new Masker();
    private final CredentialSource source =
            new CredentialSource(masker, Map.of("TOKEN", "correct-horse"), fixture("keys.txt"));

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

    @ParameterizedTest
    @ValueSource(strings = {"password.age", "password.armored.age"})
    void secretIsReadFromWhatTheAgeToolEncrypted(String name) throws Exception {
        assertThat(read(new SecretSource.InAgeFile(fixture(name)))).isEqualTo("age-battery-staple");
        assertThat(masker.mask("age-battery-staple")).isEqualTo(Masker.MASK);
    }

    @Test
    void ageFilesThatCannotBeOpenedSayWhyAndNothingElse() throws Exception {
        Path keys = fixture("keys.txt");
        Path foreign = fixture("foreign.age");
        assertThat(source.read(new SecretSource.InAgeFile(foreign)))
                .isEqualTo(new SecretReading.Unavailable("the file " + foreign + " was not encrypted for a key in "
                        + keys + "; encrypt it with age -r and the public key that age-keygen -y " + keys + " prints"));
        byte[] whole = Files.readAllBytes(fixture("password.age"));
        for (int length : new int[] {1, 20, 150, whole.length - 1}) {
            Path cut = Files.write(folder.resolve("cut-" + length), Arrays.copyOf(whole, length));
            assertThat(unavailable(new SecretSource.InAgeFile(cut)))
                    .startsWith("the file " + cut + " is not a whole file of age (");
        }
        whole[whole.length - 1] ^= 1;
        Path changed = Files.write(folder.resolve("changed"), whole);
        assertThat(unavailable(new SecretSource.InAgeFile(changed)))
                .startsWith("the file " + changed + " is not a whole file of age (");
        Path absent = folder.resolve("absent.txt");
        assertThat(new CredentialSource(masker, Map.of(), absent)
                        .read(new SecretSource.InAgeFile(fixture("password.age"))))
                .isEqualTo(new SecretReading.Unavailable("the file " + absent + " does not exist"));
        Path noKey = Files.writeString(folder.resolve("nokey.txt"), "# created by hand\nAGE-SECRET-KEY-1NONSENSE\n");
        assertThat(new CredentialSource(masker, Map.of(), noKey)
                        .read(new SecretSource.InAgeFile(fixture("password.age"))))
                .isEqualTo(new SecretReading.Unavailable(
                        "the file " + noKey + " holds a line that is no secret key of age"));
    }

    private static Path fixture(String name) {
        try {
            return Path.of(Objects.requireNonNull(CredentialSourceTest.class.getResource("/age/" + name))
                    .toURI());
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }

    private String unavailable(SecretSource from) {
        return switch (source.read(from)) {
            case SecretReading.Read read -> throw new AssertionError("it was read");
            case SecretReading.Unavailable(String reason) -> reason;
        };
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
