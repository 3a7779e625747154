package io.opsconductor.runner.step;

import com.fasterxml.jackson.databind.JsonNode;
import io.helidon.common.buffers.DataReader;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webclient.api.HttpClientResponse;
import io.opsconductor.json.InvalidJsonException;
import io.opsconductor.json.Json;
import io.opsconductor.plan.RenderedCommand;
import io.opsconductor.plan.RenderedCommand.Header;
import io.opsconductor.runner.inventory.Network;
import io.opsconductor.runner.inventory.Target;
import io.opsconductor.runner.inventory.WebAddress;
import io.opsconductor.runner.mask.Masker;
import io.opsconductor.runner.step.OutputListener.Channel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One request to one target, from the look-up of its address to the end of the answer; it may be ended by an interrupt. */
final class HttpExchange {
    private static final Logger LOG = LoggerFactory.getLogger(HttpExchange.class);

    /** An answer is read no further than this, kept or not. */
    static final int MAX_ANSWER_BYTES = 8 * 1024 * 1024;

    private static final int MAX_EXTRACT_BYTES = 1024 * 1024;
    private static final int MAX_ADDRESSES = 4;
    private static final int MAX_REDIRECTS = 5;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Set<Integer> PASSING = Set.of(502, 503, 504);
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

    /** RFC 9110: methods that ask for nothing but an answer. */
    private static final Set<String> SAFE = Set.of("GET", "HEAD");

    private final StepCommand command;
    private final RenderedCommand.Request request;
    private final Target target;
    private final WebAddress address;
    private final WebLogin login;
    private final HttpExecutor.Resolver resolver;
    private final Masker masker;
    private final Supplier<OutputCapture> captures;
    private volatile OutputCapture capture;
    private final HttpFailures failures;
    private final long started = System.nanoTime();
    private volatile boolean sending;
    private volatile @Nullable TargetOutcome outcome;

    HttpExchange(
            StepCommand command,
            RenderedCommand.Request request,
            Target target,
            WebAddress address,
            WebLogin login,
            HttpExecutor.Resolver resolver,
            Masker masker,
            Supplier<OutputCapture> captures) {
        this.command = command;
        this.request = request;
        this.target = target;
        this.address = address;
        this.login = login;
        this.resolver = resolver;
        this.masker = masker;
        this.captures = captures;
        this.capture = captures.get();
        this.failures = new HttpFailures(target, address, request);
    }

    /** What came of one try. */
    private sealed interface Try {}

    /**
     * @param outcome its end, worded only when no try follows, since wording it closes the output
     * @param passing whether it may go well a moment later
     * @param unreached whether another address of the same name may answer
     */
    private record Ended(Supplier<TargetOutcome> outcome, boolean passing, boolean unreached) implements Try {
        static Ended passing(Supplier<TargetOutcome> outcome) {
            return new Ended(outcome, true, false);
        }

        static Ended last(Supplier<TargetOutcome> outcome) {
            return new Ended(outcome, false, false);
        }
    }

    /** The same question has to be asked at another path. */
    private record Redirected(String path) implements Try {}

    void run() {
        try {
            outcome = tries();
        } catch (WebLogin.Unusable e) {
            outcome = failures.unusable(e.reason());
        } catch (InterruptedException e) {
            // Whoever interrupted words the outcome.
            Thread.currentThread().interrupt();
        }
    }

    private TargetOutcome tries() throws WebLogin.Unusable, InterruptedException {
        Header header = login.header(address.credential());
        WebLogin.Certificate certificate = login.certificate(address.credential());
        // A capture masks the secrets that are known when it is made.
        capture = captures.get();
        Duration pause = FIRST_PAUSE;
        for (int left = request.retries(); ; left--) {
            Ended ended = once(header, certificate, left == 0);
            if (left == 0 || !ended.passing()) {
                return ended.outcome().get();
            }
            Thread.sleep(pause);
            pause = pause.multipliedBy(2);
        }
    }

    /**
     * @param last whether there is no further try, so that the answer is kept whatever it is
     */
    private Ended once(@Nullable Header header, WebLogin.@Nullable Certificate certificate, boolean last)
            throws InterruptedException {
        List<InetAddress> addresses;
        try {
            addresses = resolver.addresses(target.address());
        } catch (UnknownHostException e) {
            return Ended.passing(failures::notResolved);
        }
        // One address out of bounds spoils the name: it answers now this, now that.
        for (InetAddress one : addresses) {
            Optional<Network> network = Network.of(one);
            if (network.isEmpty() || !address.networks().contains(network.get())) {
                return Ended.last(() -> failures.addressRefused(one, network));
            }
        }
        Ended unreached = Ended.passing(failures::notResolved);
        for (InetAddress one : addresses.subList(0, Math.min(MAX_ADDRESSES, addresses.size()))) {
            WebConnection connection;
            try {
                connection = WebConnection.to(target, address, one, certificate);
            } catch (WebConnection.Unusable e) {
                return Ended.last(() -> failures.unusable(e.getMessage()));
            }
            Ended ended = at(connection, header, last);
            if (!ended.unreached()) {
                return ended;
            }
            unreached = ended;
        }
        return unreached;
    }

    private Ended at(WebConnection connection, @Nullable Header header, boolean last) throws InterruptedException {
        String path = request.path();
        for (int redirects = 0; ; redirects++) {
            switch (ask(connection, path, header, last, redirects)) {
                case Ended ended -> {
                    return ended;
                }
                case Redirected redirected -> path = redirected.path();
            }
        }
    }

    private Try ask(WebConnection connection, String path, @Nullable Header header, boolean last, int redirects)
            throws InterruptedException {
        sending = true;
        int status = 0;
        try (HttpClientResponse response = connection.send(request, path, header)) {
            Status line = response.status();
            status = line.code();
            boolean passing = PASSING.contains(status) && !isExpected(status);
            if (passing && !last) {
                return Ended.passing(() -> answered(failures.unexpected(line.code())));
            }
            String location = response.headers().first(HeaderNames.LOCATION).orElse("");
            if (REDIRECTS.contains(status) && !isExpected(status) && !location.isEmpty()) {
                Optional<String> next = sameOrigin(path, location);
                if (address.followRedirects() && SAFE.contains(request.method()) && next.isPresent()) {
                    return redirects < MAX_REDIRECTS
                            ? new Redirected(next.get())
                            : Ended.last(() -> answered(failures.tooManyRedirects(MAX_REDIRECTS)));
                }
                return Ended.last(
                        () -> answered(failures.redirected(line.code(), masker.mask(location), next.isPresent())));
            }
            TargetOutcome read = read(response, line);
            return Ended.last(() -> read);
        } catch (RuntimeException | IOException e) {
            if (Thread.currentThread().isInterrupted()) {
                throw new InterruptedException();
            }
            LOG.debug("a request to {} ended: {}", target.name(), e.toString());
            return broken(e, status);
        }
    }

    private TargetOutcome read(HttpClientResponse response, Status line) throws IOException {
        int status = line.code();
        boolean hasBody = !request.method().equals("HEAD")
                && status != 204
                && status != 304
                && response.entity().hasEntity();
        String failure = isExpected(status) ? "" : failures.unexpected(status);
        if (!request.extract().isEmpty() && failure.isEmpty()) {
            return extracted(hasBody ? response.inputStream().readNBytes(MAX_EXTRACT_BYTES + 1) : new byte[0]);
        }
        String reason = line.reasonPhrase();
        capture.write(
                Channel.STDOUT,
                "HTTP " + status + (reason.isEmpty() ? "" : " " + reason) + "\n"
                        + String.format(Locale.ROOT, "time %.3f s\n", took().toNanos() / 1e9));
        if (hasBody) {
            capture.write(Channel.STDOUT, "\n");
            LimitedInput body = new LimitedInput(response.inputStream(), MAX_ANSWER_BYTES);
            capture.drain(Channel.STDOUT, body);
            if (body.isCut()) {
                capture.write(
                        Channel.STDERR,
                        "The answer went on after " + MAX_ANSWER_BYTES / (1024 * 1024)
                                + " MiB; the rest was not read.\n");
            }
        }
        return answered(failure);
    }

    private TargetOutcome extracted(byte[] body) {
        if (body.length > MAX_EXTRACT_BYTES) {
            return answered(failures.notExtracted("the answer is larger than 1 MiB"));
        }
        try {
            JsonNode value = Json.tree(new String(body, StandardCharsets.UTF_8)).at(request.extract());
            if (value.isMissingNode()) {
                return answered(failures.notExtracted("the answer has no such place"));
            }
            capture.write(Channel.STDOUT, (value.isTextual() ? value.asText() : value.toString()) + "\n");
            return answered("");
        } catch (InvalidJsonException e) {
            capture.write(Channel.STDOUT, new String(body, StandardCharsets.UTF_8));
            return answered(failures.notExtracted("the answer is not JSON"));
        }
    }

    private Ended broken(Exception e, int status) {
        if (status != 0) {
            return Ended.last(() -> answered(failures.cutAfter(status)));
        }
        TargetOutcome.NotStarted notStarted = failures.notStarted(e);
        if (notStarted != null) {
            boolean unreached = notStarted.code().equals("not_reachable");
            return new Ended(() -> notStarted, unreached, unreached);
        }
        boolean broken = HttpFailures.has(e, IOException.class)
                || HttpFailures.has(e, DataReader.InsufficientDataAvailableException.class);
        return broken
                ? Ended.passing(() -> withoutAnswer(failures.noAnswer()))
                : Ended.last(() -> withoutAnswer(failures.garbage()));
    }

    /** What only asks has changed nothing; of anything else nobody knows. */
    private TargetOutcome withoutAnswer(String reason) {
        return SAFE.contains(request.method())
                ? answered(reason)
                : new TargetOutcome.Interrupted(
                        capture.finish(Channel.STDOUT),
                        capture.finish(Channel.STDERR),
                        took(),
                        reason + " " + failures.lookThere());
    }

    /** The path and query of a redirect that stays within the origin. */
    private Optional<String> sameOrigin(String path, String location) {
        try {
            URI here = new URI(
                    (address.tls() ? "https" : "http") + "://" + WebConnection.authority(target, address) + path);
            URI there = here.resolve(new URI(location));
            boolean same = here.getScheme().equalsIgnoreCase(String.valueOf(there.getScheme()))
                    && String.valueOf(here.getHost()).equalsIgnoreCase(String.valueOf(there.getHost()))
                    && there.getRawUserInfo() == null
                    && port(there) == address.port();
            String next = there.getRawPath() + (there.getRawQuery() == null ? "" : "?" + there.getRawQuery());
            return same ? Optional.of(next.startsWith("/") ? next : "/" + next) : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    private int port(URI uri) {
        return uri.getPort() >= 0 ? uri.getPort() : address.tls() ? 443 : 80;
    }

    private boolean isExpected(int status) {
        return request.expected().isEmpty()
                ? status >= 200 && status < 300
                : request.expected().contains(status);
    }

    /** The outcome of an exchange that ended by itself. */
    TargetOutcome outcome() {
        TargetOutcome known = outcome;
        return known != null ? known : withoutAnswer(failures.noAnswer());
    }

    TargetOutcome timedOut() {
        String limit = "It was still running after " + command.timeout().toSeconds() + " s and was ended.";
        return new TargetOutcome.TimedOut(
                capture.finish(Channel.STDOUT), capture.finish(Channel.STDERR), took(), limit + unknown());
    }

    TargetOutcome cancelled(@Nullable String reason) {
        return new TargetOutcome.Cancelled(
                capture.finish(Channel.STDOUT),
                capture.finish(Channel.STDERR),
                took(),
                "It was ended. " + (reason == null ? "The runner is stopping." : reason) + unknown());
    }

    private String unknown() {
        return sending && !SAFE.contains(request.method()) ? " " + failures.lookThere() : "";
    }

    private TargetOutcome answered(String failure) {
        return new TargetOutcome.Answered(
                failure, capture.finish(Channel.STDOUT), capture.finish(Channel.STDERR), took());
    }

    private Duration took() {
        return Duration.ofNanos(System.nanoTime() - started);
    }
}
