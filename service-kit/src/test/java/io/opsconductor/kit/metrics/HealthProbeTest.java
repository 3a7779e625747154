package io.opsconductor.kit.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.helidon.webserver.WebServer;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** The probe against a real health page. */
class HealthProbeTest {
    private record Answer(int exitCode, String text) {}

    @Test
    void itSaysWhatTheHealthPageSays() {
        AtomicBoolean well = new AtomicBoolean(true);
        Health health = new Health().dependsOn("store", () -> {
            if (!well.get()) {
                throw new IllegalStateException("the disk is gone");
            }
            return "answers";
        });
        WebServer server =
                WebServer.builder().port(0).routing(health::route).build().start();
        try {
            String address = "http://localhost:" + server.port() + "/health";

            assertThat(probe(address)).satisfies(answer -> {
                assertThat(answer.exitCode()).isZero();
                assertThat(answer.text()).startsWith("200 ").contains("answers");
            });
            well.set(false);
            assertThat(probe(address)).satisfies(answer -> {
                assertThat(answer.exitCode()).isOne();
                assertThat(answer.text()).startsWith("503 ").contains("the disk is gone");
            });
        } finally {
            server.stop();
        }
    }

    @Test
    void whereNobodyListensItSaysSo() {
        assertThat(probe("http://localhost:1/health")).satisfies(answer -> {
            assertThat(answer.exitCode()).isOne();
            assertThat(answer.text()).contains("http://localhost:1/health does not answer");
        });
    }

    @Test
    void anythingElseThanOneAddressIsWrongUsage() {
        assertThat(probe())
                .isEqualTo(probe("file:///etc/passwd"))
                .satisfies(answer -> assertThat(answer.exitCode()).isEqualTo(2));
    }

    private static Answer probe(String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int exitCode = HealthProbe.run(arguments, new PrintStream(out, true, StandardCharsets.UTF_8));
        return new Answer(exitCode, out.toString(StandardCharsets.UTF_8));
    }
}
