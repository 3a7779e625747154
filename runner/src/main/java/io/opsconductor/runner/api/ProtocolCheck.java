package io.opsconductor.runner.api;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import io.opsconductor.plan.Protocol;
import io.opsconductor.runner.audit.Refusal;
import java.util.Optional;

/** Answers calls in the version of the protocol that they name, and refuses those in a version that this runner does not speak. */
final class ProtocolCheck {
    private static final HeaderName HEADER = HeaderNames.create(Protocol.HEADER);

    private final Gate gate;

    ProtocolCheck(Gate gate) {
        this.gate = gate;
    }

    void check(FilterChain chain, RoutingRequest request, RoutingResponse response) {
        Optional<Integer> named = Protocol.read(request.headers().first(HEADER));
        if (named.filter(Protocol::isSpoken).isPresent()) {
            response.header(HEADER, named.get().toString());
            chain.proceed();
            return;
        }
        response.header(HEADER, Integer.toString(Protocol.OWN));
        gate.refuseCall(request, response, named.map(ProtocolCheck::notSpoken).orElseGet(ProtocolCheck::none));
    }

    private static Refusal notSpoken(int version) {
        boolean newer = version > Protocol.OWN;
        return Refusal.of(
                400,
                newer ? Protocol.TOO_NEW : Protocol.TOO_OLD,
                "the call is in version " + version + " of the protocol, and this runner speaks " + Protocol.spoken(),
                newer ? "upgrade the runner" : "upgrade the chatbot");
    }

    private static Refusal none() {
        return Refusal.of(
                400,
                "invalid_protocol",
                "the header " + Protocol.HEADER + " must be the number of a version of the protocol",
                "this runner speaks " + Protocol.spoken());
    }
}
