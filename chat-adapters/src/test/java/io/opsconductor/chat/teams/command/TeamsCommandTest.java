package io.opsconductor.chat.teams.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.harrel.jsonschema.Dialects;
import dev.harrel.jsonschema.Validator;
import dev.harrel.jsonschema.ValidatorFactory;
import dev.harrel.jsonschema.providers.JacksonNode;
import io.opsconductor.chat.command.Surroundings;
import io.opsconductor.counterpart.teams.Registration;
import io.opsconductor.counterpart.teams.TeamsCounterpart;
import io.opsconductor.json.Json;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TeamsCommandTest {
    private static final String APPLICATION = "11111111-2222-3333-4444-555555555555";
    private static final String TENANT = "aaaaaaaa-0000-0000-0000-000000000001";

    @TempDir
    Path home;

    private final StringWriter out = new StringWriter();
    private final Map<String, String> environment = new HashMap<>();

    private int run(String... arguments) {
        return TeamsCommand.run(
                new Surroundings(new PrintWriter(out, true), new PrintWriter(out, true), environment), arguments);
    }

    private Map<String, byte[]> packed(String... more) throws IOException {
        Path file = home.resolve("app.zip");
        String[] arguments = java.util.stream.Stream.concat(
                        java.util.stream.Stream.of("package", "--output", file.toString(), "--app-id", APPLICATION),
                        java.util.stream.Stream.of(more))
                .toArray(String[]::new);
        assertThat(run(arguments)).as(out.toString()).isZero();
        Map<String, byte[]> entries = new LinkedHashMap<>();
        try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(file))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                entries.put(entry.getName(), zip.readAllBytes());
            }
        }
        return entries;
    }

    @Test
    void theManifestIsWhatMicrosoftsSchemaAsksFor() throws IOException {
        String manifest = new String(packed().get("manifest.json"), StandardCharsets.UTF_8);
        assertThat(mistakes(manifest).isValid()).as(manifest).isTrue();
        assertThat(Json.tree(manifest).path("bots").path(0).path("botId").asText())
                .isEqualTo(APPLICATION);
    }

    @Test
    void theSchemaRefusesWhatIsNoManifest() throws IOException {
        String manifest = new String(packed().get("manifest.json"), StandardCharsets.UTF_8);
        assertThat(mistakes(manifest.replace("\"personal\"", "\"everywhere\"")).isValid())
                .isFalse();
    }

    private static Validator.Result mistakes(String manifest) throws IOException {
        try (InputStream in = TeamsCommandTest.class.getResourceAsStream("/teams/manifest-1.22.schema.json")) {
            JsonNode schema = Json.tree(new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8));
            return new ValidatorFactory()
                    .withDialect(new Dialects.Draft4Dialect())
                    .withJsonNodeFactory(new JacksonNode.Factory(Json.mapper()))
                    .validate((Object) schema, (Object) Json.tree(manifest));
        }
    }

    @Test
    void theIconsHaveTheSizesThatTeamsAsksFor() throws IOException {
        Map<String, byte[]> entries = packed();
        assertThat(entries.keySet()).containsExactly("manifest.json", "color.png", "outline.png");
        BufferedImage color = ImageIO.read(new ByteArrayInputStream(entries.get("color.png")));
        assertThat(color.getWidth()).isEqualTo(192);
        assertThat(color.getHeight()).isEqualTo(192);
        BufferedImage outline = ImageIO.read(new ByteArrayInputStream(entries.get("outline.png")));
        assertThat(outline.getWidth()).isEqualTo(32);
        assertThat(outline.getHeight()).isEqualTo(32);
        for (int x = 0; x < 32; x++) {
            for (int y = 0; y < 32; y++) {
                int pixel = outline.getRGB(x, y);
                // White, or nothing: what Teams asks of an outline.
                assertThat((pixel >>> 24) == 0 || (pixel & 0xffffff) == 0xffffff)
                        .isTrue();
            }
        }
    }

    @Test
    void thePackageIsTheSameEachTime() throws IOException {
        packed();
        byte[] first = Files.readAllBytes(home.resolve("app.zip"));
        packed();
        assertThat(Files.readAllBytes(home.resolve("app.zip"))).isEqualTo(first);
    }

    @Test
    void aPackageNeedsAnApplicationAndANameOfThirtyCharacters() {
        assertThat(run("package")).isEqualTo(2);
        assertThat(out.toString()).contains("--app-id must be the application's (client) ID");
        assertThat(run("package", "--app-id", APPLICATION, "--name", "x".repeat(31)))
                .isEqualTo(2);
    }

    @Test
    void theApplicationIsTheOneThatIsSetWhereverThatIs() throws IOException {
        Path file = home.resolve("from-settings.zip");
        environment.put("OPSCONDUCTOR_CHATBOT_TEAMS_APP_ID", APPLICATION);
        assertThat(run("package", "--output", file.toString()))
                .as(out.toString())
                .isZero();
        environment.clear();
        Path yaml = Files.writeString(home.resolve("chatbot.yaml"), "teams:\n  app-id: " + APPLICATION + "\n");
        environment.put("OPSCONDUCTOR_CHATBOT_CONFIG", yaml.toString());
        assertThat(run("package", "--output", file.toString()))
                .as(out.toString())
                .isZero();
        assertThat(run(
                        "package",
                        "--output",
                        home.resolve("no/such/folder/app.zip").toString()))
                .isEqualTo(3);
    }

    private TeamsCounterpart settings(String secret) throws IOException {
        TeamsCounterpart teams = TeamsCounterpart.start(Registration.withSecret(APPLICATION, TENANT, "s3cret"));
        Files.createDirectories(home.resolve("teams"));
        Files.writeString(home.resolve("teams/secret"), secret);
        environment.put("OPSCONDUCTOR_HOME", home.toString());
        environment.put("OPSCONDUCTOR_CHATBOT_PORT", "1");
        environment.put("OPSCONDUCTOR_CHATBOT_TEAMS_MODE", "on");
        environment.put("OPSCONDUCTOR_CHATBOT_TEAMS_APP_ID", APPLICATION);
        environment.put("OPSCONDUCTOR_CHATBOT_TEAMS_TENANT", TENANT);
        environment.put("OPSCONDUCTOR_CHATBOT_TEAMS_LOGIN_URL", teams.login().toString());
        environment.put(
                "OPSCONDUCTOR_CHATBOT_TEAMS_METADATA_URL", teams.metadataUrl().toString());
        return teams;
    }

    @Test
    void whatWorksIsSaid() throws IOException {
        try (TeamsCounterpart _ = settings("s3cret")) {
            assertThat(run("check")).as(out.toString()).isZero();
            assertThat(out.toString())
                    .contains(
                            "ok       settings: teams.mode is on",
                            "ok       keys: Microsoft's calls can be verified",
                            "ok       credential: Microsoft gives a token for the secret",
                            "note     chatbot: it is not running at port 1");
        }
    }

    @Test
    void aWrongSecretIsToldWithMicrosoftsNumberAndNotShown() throws IOException {
        try (TeamsCounterpart _ = settings("wr0ng")) {
            assertThat(run("check")).isEqualTo(1);
            assertThat(out.toString()).contains("AADSTS7000215").doesNotContain("wr0ng");
        }
    }

    @Test
    void allMistakesOfTheSettingsAreToldAtOnce() {
        environment.put("OPSCONDUCTOR_HOME", home.toString());
        environment.put("OPSCONDUCTOR_CHATBOT_TEAMS_MODE", "on");
        environment.put("OPSCONDUCTOR_CHATBOT_TEAMS_APP_ID", "my bot");
        environment.put("OPSCONDUCTOR_CHATBOT_TEAMS_LOGIN_URL", "http://login.example/");
        assertThat(run("check")).isEqualTo(1);
        assertThat(out.toString())
                .contains(
                        "teams.app-id is \"my bot\"",
                        "teams.tenants is empty",
                        "teams.secret: there is nothing in",
                        "teams.login-url is \"http://login.example/\": it must begin with https");
    }

    @Test
    void thePlaygroundIsForThisMachineAlone() {
        environment.put("OPSCONDUCTOR_HOME", home.toString());
        environment.put("OPSCONDUCTOR_CHATBOT_TEAMS_MODE", "playground");
        environment.put("OPSCONDUCTOR_CHATBOT_HOST", "0.0.0.0");
        assertThat(run("check")).isEqualTo(1);
        assertThat(out.toString()).contains("whoever calls would be believed, so host must be 127.0.0.1");
    }
}
