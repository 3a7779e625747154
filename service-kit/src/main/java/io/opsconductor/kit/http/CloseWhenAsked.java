package io.opsconductor.kit.http;

import io.helidon.http.HeaderValues;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;

/**
 * Closes the connection after the answer to a request with {@code Connection: close}, as the answer says (RFC 9112,
 * section 9.6). Helidon 4.1.7 says it and leaves the connection open, and who reads to its end would wait for the idle
 * timeout. An answer that is an error does not come by here: its connection stays until then.
 */
public final class CloseWhenAsked implements Filter {
    @Override
    public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
        chain.proceed();
        if (request.headers().contains(HeaderValues.CONNECTION_CLOSE)) {
            throw new CloseConnectionException("the caller asked for it");
        }
    }
}
