package io.opsconductor.runner.api;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import io.opsconductor.kit.journal.Witness;
import java.util.Optional;
import java.util.function.Supplier;

/** With each call, the caller says how far its journal is signed, and is told how far this one is. */
final class CheckpointExchange {
    private static final HeaderName HEADER = HeaderNames.create(Witness.HEADER);

    private final Witness witness;
    private final Supplier<Optional<String>> own;

    CheckpointExchange(Witness witness, Supplier<Optional<String>> own) {
        this.witness = witness;
        this.own = own;
    }

    void exchange(FilterChain chain, RoutingRequest request, RoutingResponse response) {
        witness.see(request.headers().first(HEADER));
        own.get().ifPresent(said -> response.header(HEADER, said));
        chain.proceed();
    }
}
