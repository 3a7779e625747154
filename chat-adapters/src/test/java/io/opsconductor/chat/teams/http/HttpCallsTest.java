package io.opsconductor.chat.teams.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.opsconductor.counterpart.net.FreePort;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A server that answers as no server should, and what it costs the caller. */
final class HttpCallsTest {
    private static final Bounds BOUNDS = new Bounds(Duration.ofMillis(500), 1_000);

    private final HttpCalls http = new HttpCalls();

    @AfterEach
    void stop() {
        http.close();
    }

    /** What is done with the one connection that comes. */
    private interface Server {
        void serve(Socket connection, OutputStream out) throws IOException, InterruptedException;
    }

    private Reply answered(Server server) throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        try (ServerSocket listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> {
                try (Socket connection = listening.accept()) {
                    server.serve(connection, connection.getOutputStream());
                    over.await(10, TimeUnit.SECONDS);
                } catch (IOException e) {
                    // The caller has gone, as it should.
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
            return http.get(URI.create("http://127.0.0.1:" + listening.getLocalPort() + "/"), BOUNDS);
        } finally {
            over.countDown();
        }
    }

    private static void head(OutputStream out, int length) throws IOException {
        out.write(("HTTP/1.1 200 OK\r\nContent-Length: " + length + "\r\n\r\n").getBytes(UTF_8));
    }

    @Test
    void anAnswerThatNeverBeginsEndsAtTheDeadline() throws Exception {
        long begun = System.nanoTime();
        assertThat(answered((connection, out) -> {})).isInstanceOf(Reply.NoAnswer.class);
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void anAnswerThatDripsEndsAtTheSameDeadline() throws Exception {
        Reply reply = answered((connection, out) -> {
            head(out, 900);
            for (int i = 0; i < 900; i++) {
                out.write('x');
                out.flush();
                TimeUnit.MILLISECONDS.sleep(20);
            }
        });
        assertThat(reply).isEqualTo(new Reply.NoAnswer("no whole answer within 0.5 s"));
    }

    @Test
    void anAnswerThatIsTooLongIsNotReadToItsEnd() throws Exception {
        Reply reply = answered((connection, out) -> {
            head(out, 1_000_000_000);
            out.write(new byte[2_000]);
            out.flush();
        });
        assertThat(reply).isEqualTo(new Reply.NoAnswer("the answer is longer than 1000 bytes"));
    }

    @Test
    void anAnswerOfExactlyThatLengthIsTaken() throws Exception {
        Reply reply = answered((connection, out) -> {
            head(out, 1_000);
            out.write("y".repeat(1_000).getBytes(UTF_8));
            out.flush();
        });
        assertThat(reply).isEqualTo(new Reply.Answered(200, "y".repeat(1_000), Duration.ZERO));
    }

    @Test
    void aConnectionThatIsCutMayHaveTakenEffectAndOneThatIsRefusedDidNot() throws Exception {
        assertThat(answered((connection, out) -> connection.close())).isInstanceOf(Reply.NoAnswer.class);
        int port = FreePort.find();
        assertThat(http.get(URI.create("http://127.0.0.1:" + port + "/"), BOUNDS))
                .isInstanceOf(Reply.NotSent.class);
    }

    @Test
    void whatAnAnswerAsksToWaitIsASensibleNumberOfSeconds() throws Exception {
        for (String asked : new String[] {"7", "999999999", "Wed, 21 Oct 2026 07:28:00 GMT", "-5", "7.5"}) {
            Reply reply = answered((connection, out) -> {
                out.write(("HTTP/1.1 429 Slow\r\nRetry-After: " + asked + "\r\nContent-Length: 0\r\n\r\n")
                        .getBytes(UTF_8));
                out.flush();
            });
            Duration wait = asked.equals("7")
                    ? Duration.ofSeconds(7)
                    : asked.equals("999999999") ? Duration.ofHours(1) : Duration.ZERO;
            assertThat(reply).isEqualTo(new Reply.Answered(429, "", wait));
        }
    }
}
