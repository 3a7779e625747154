package io.opsconductor.kit.http;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import io.opsconductor.plan.Problem;

/**
 * Refuses a request that states its length twice, by Content-Length and by Transfer-Encoding: a proxy in front may have
 * believed the other one, and then what follows would be taken for somebody else's request (RFC 9112, section 6.1).
 */
public final class OneLength implements Filter {
    @Override
    public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
        if (request.headers().contains(HeaderNames.TRANSFER_ENCODING)
                && request.headers().contains(HeaderNames.CONTENT_LENGTH)) {
            Edge.send(
                    response,
                    400,
                    Problem.of(
                            "ambiguous_length",
                            "the request has both a Content-Length and a Transfer-Encoding header",
                            "send one of them"));
            // What follows on this connection cannot be told apart any more.
            throw new CloseConnectionException("two lengths in one request");
        }
        chain.proceed();
    }
}
