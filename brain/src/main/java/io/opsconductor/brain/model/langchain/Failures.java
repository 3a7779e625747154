package io.opsconductor.brain.model.langchain;

import io.opsconductor.brain.model.ModelAnswer.Failed;
import io.opsconductor.brain.model.ModelAnswer.Failure;
import io.opsconductor.brain.model.langchain.ModelHttp.StatusException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Says why there was no answer, from the exceptions of LangChain4j and of what lies below it. Their messages may hold what
 * the model wrote, so none is repeated.
 */
final class Failures {
    private Failures() {}

    static Failed of(Throwable thrown) {
        for (@Nullable Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            switch (cause) {
                case StatusException status -> {
                    return of(status);
                }
                case UnknownHostException _, UnresolvedAddressException _ -> {
                    return new Failed(Failure.UNREACHABLE, "the name of its server is not known");
                }
                case HttpTimeoutException _ -> {
                    return new Failed(Failure.UNREACHABLE, "no connection to its server came about in time");
                }
                case ConnectException e -> {
                    boolean unresolved = e.getCause() instanceof UnresolvedAddressException;
                    return new Failed(
                            Failure.UNREACHABLE,
                            unresolved
                                    ? "the name of its server is not known"
                                    : "its server does not take connections");
                }
                default -> {}
            }
        }
        return io(thrown)
                ? new Failed(Failure.UNREACHABLE, "the connection to its server broke")
                : new Failed(
                        Failure.UNUSABLE,
                        "its server's answer could not be read ("
                                + thrown.getClass().getSimpleName() + ")");
    }

    private static boolean io(Throwable thrown) {
        for (@Nullable Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            // What cannot be parsed is an IOException too, in Jackson.
            if (cause instanceof IOException && !cause.getClass().getName().startsWith("com.fasterxml")) {
                return true;
            }
        }
        return false;
    }

    private static Failed of(StatusException status) {
        int code = status.statusCode();
        return switch (code) {
            case 401, 403 ->
                new Failed(Failure.UNAUTHORISED, "its server refuses the key in model.key (status " + code + ")");
            case 404 ->
                new Failed(Failure.MISSING, "its server does not have this model, or model.url is wrong (status 404)");
            case 408, 429, 529 ->
                new Failed(Failure.BUSY, "its server is busy (status " + code + ")", status.retryAfter());
            default -> {
                boolean server = code >= 500;
                yield server
                        ? new Failed(Failure.BROKEN, "its server failed (status " + code + ")", status.retryAfter())
                        : new Failed(Failure.REFUSED, "its server does not take the request (status " + code + ")");
            }
        };
    }

    static String seconds(Duration time) {
        return time.toMillis() % 1000 == 0
                ? time.toSeconds() + " s"
                : String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1000.0);
    }
}
