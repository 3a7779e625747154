package io.opsconductor.runner.mask;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MaskerTest {
    private static final String SECRET = "p4ss/w\"rd+\u00e4 & more";

    private final Masker masker = new Masker();

    @Test
    void everyEncodingOfASecretIsMasked() {
        register(SECRET);
        byte[] bytes = SECRET.getBytes(StandardCharsets.UTF_8);
        String percent = URLEncoder.encode(SECRET, StandardCharsets.UTF_8);

        assertMasked(SECRET);
        assertMasked(Base64.getEncoder().encodeToString(bytes));
        assertMasked(Base64.getUrlEncoder().encodeToString(bytes));
        assertMasked(percent);
        assertMasked(percent.replace("+", "%20"));
        assertMasked(percent.toLowerCase(Locale.ROOT));
        assertMasked(SECRET.replace("\"", "\\\""));
        assertMasked(SECRET.replace("\"", "\\\"").replace("/", "\\/"));
        assertMasked(HexFormat.of().formatHex(bytes));
        assertMasked(HexFormat.of().withUpperCase().formatHex(bytes));
    }

    @Test
    void whatShellsPowerShellAndXmlMakeOfASecretIsMasked() {
        String secret = "it's \u2018<5>\u2019 & \"so\"";
        register(secret);
        byte[] wide = secret.getBytes(StandardCharsets.UTF_16LE);

        assertMasked(Base64.getEncoder().encodeToString(wide));
        assertMasked("it''s \u2018\u2018<5>\u2019\u2019 & \"so\"");
        assertMasked("it'\\''s \u2018<5>\u2019 & \"so\"");
        assertMasked("it\\u0027s \u2018\\u003c5\\u003e\u2019 \\u0026 \\\"so\\\"");
        assertMasked("it's \u2018&lt;5&gt;\u2019 &amp; \"so\"");
        assertMasked("it&apos;s \u2018&lt;5&gt;\u2019 &amp; &quot;so&quot;");

        for (String before : new String[] {"", "$p = '", "x"}) {
            String script = Base64.getEncoder()
                    .encodeToString((before + secret + "'; Get-Date").getBytes(StandardCharsets.UTF_16LE));
            assertThat(masker.mask(script)).as("after %s", before).contains(Masker.MASK);
        }
    }

    @Test
    void secretInsideALongerBase64TextIsMaskedAtEachAlignment() {
        register("correct-horse");
        for (String user : new String[] {"", "a", "bo", "eve", "root"}) {
            String header =
                    Base64.getEncoder().encodeToString((user + ":correct-horse").getBytes(StandardCharsets.UTF_8));
            String masked = masker.mask(header);

            assertThat(masked).as("for user %s", user).contains(Masker.MASK);
            assertThat(masked.replace(Masker.MASK, "")).as("for user %s", user).hasSizeLessThan(14);
        }
    }

    @Test
    void secretIsMaskedHoweverItIsCut() {
        register("correct-horse");
        register("horse-battery");
        register("\u6f22\u5b57\u6f22\u5b57");
        String text = "a correct-horse-battery b \u6f22\u5b57\u6f22\u5b57 c correct-hors d";
        String expected = "a " + Masker.MASK + " b " + Masker.MASK + " c correct-hors d";
        Random random = new Random(1);
        for (int round = 0; round < 2_000; round++) {
            MaskingStream stream = masker.stream();
            StringBuilder out = new StringBuilder();
            for (int at = 0; at < text.length(); ) {
                int next = Math.min(text.length(), at + 1 + random.nextInt(6));
                out.append(stream.accept(text.substring(at, next)));
                at = next;
            }
            assertThat(out.append(stream.finish()).toString()).isEqualTo(expected);
        }
    }

    @Test
    void textThatIsNoSecretIsNotHeldBack() {
        register("correct-horse");
        MaskingStream stream = masker.stream();

        assertThat(stream.accept("progress: 10% ")).isEqualTo("progress: 10% ");
        assertThat(stream.accept("corr")).isEmpty();
        assertThat(stream.accept("al")).isEqualTo("corral");
    }

    @Test
    void longBeginningOfASecretIsMaskedAtTheEnd() {
        register("correct-horse");

        assertThat(masker.mask("x correct-h")).isEqualTo("x " + Masker.MASK);
        assertThat(masker.mask("x correct")).isEqualTo("x correct");
    }

    @Test
    void abandonedTextIsDropped() {
        register("correct-horse");
        MaskingStream stream = masker.stream();

        assertThat(stream.accept("x corr")).isEqualTo("x ");
        stream.abandon();
        assertThat(stream.finish()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "abc", "   ", "\n\n\n\n\n"})
    void tooShortSecretMasksNothing(String secret) {
        register(secret);

        assertThat(masker.mask("abc " + secret + " abc")).isEqualTo("abc " + secret + " abc");
    }

    @Test
    void eachLineOfARegisteredKeyIsMasked() {
        String key = """
                -----BEGIN OPENSSH PRIVATE KEY-----
                b3BlbnNzaC1rZXktdjEAAAAABG5vbmUAAAAEbm9uZQAAAAAAAAABAAAAMwAAAAtzc2gtZW
                QyNTUxOQAAACDsecretsecretsecretsecretsecretsecretsecretsecretsecretsecr
                AAAEDfin==
                -----END OPENSSH PRIVATE KEY-----
                """;
        register(key);

        key.lines()
                .filter(line -> !line.startsWith("-----"))
                .forEach(
                        line -> assertThat(masker.mask("line: " + line + "!")).isEqualTo("line: " + Masker.MASK + "!"));
        assertThat(masker.mask("{\"key\": \"" + key.replace("\n", "\\n") + "\"}"))
                .doesNotContain("secretsecret", "AAAEDfin");
    }

    @Test
    void unknownPrivateKeyBlockIsMaskedToo() {
        String text = """
                before
                -----BEGIN RSA PRIVATE KEY-----
                Proc-Type: 4,ENCRYPTED

                MIIEpAIBAAKCAQEA75
                xyz==
                -----END RSA PRIVATE KEY-----
                after
                """;
        MaskingStream stream = masker.stream();
        StringBuilder out = new StringBuilder();
        text.chars().forEach(c -> out.append(stream.accept(String.valueOf((char) c))));

        assertThat(out.append(stream.finish()).toString()).isEqualTo("""
                before
                -----BEGIN RSA PRIVATE KEY-----
                \u2022\u2022\u2022\u2022
                -----END RSA PRIVATE KEY-----
                after
                """);
    }

    @Test
    void publicKeysAndOtherBlocksStay() {
        String text = "-----BEGIN CERTIFICATE-----\nMIIEpAIBAAKCAQEA75\n-----END CERTIFICATE-----\n";

        assertThat(masker.mask(text)).isEqualTo(text);
    }

    @Test
    void maskerDoesNotPrintItsSecrets() {
        register("correct-horse");

        assertThat(masker.toString()).startsWith("Masker[").doesNotContain("correct");
    }

    private void assertMasked(String encoded) {
        assertThat(masker.mask("<" + encoded + ">")).as(encoded).isEqualTo("<" + Masker.MASK + ">");
    }

    private void register(String secret) {
        masker.register(secret.getBytes(StandardCharsets.UTF_8));
    }
}
