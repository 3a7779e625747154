package io.opsconductor.runner.api;

import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.opsconductor.kit.http.Edge;
import io.opsconductor.runner.tenant.Estate;
import io.opsconductor.tool.Catalogue;
import io.opsconductor.tool.TargetDirectory;

/** {@code GET /tools} and {@code GET /targets}: what the chatbot may know, with the version as entity tag. */
final class CatalogueCalls {
    private CatalogueCalls() {}

    static void tools(ServerRequest request, ServerResponse response, Estate estate) {
        Catalogue now = estate.catalogue().get();
        send(request, response, now.version(), now);
    }

    static void targets(ServerRequest request, ServerResponse response, Estate estate) {
        TargetDirectory now = estate.directory().get();
        send(request, response, now.version(), now);
    }

    private static void send(ServerRequest request, ServerResponse response, String version, Object body) {
        String tag = "\"" + version + "\"";
        response.header(HeaderNames.ETAG, tag);
        if (request.headers()
                .first(HeaderNames.IF_NONE_MATCH)
                .filter(tag::equals)
                .isPresent()) {
            response.status(Status.NOT_MODIFIED_304).send();
        } else {
            Edge.send(response, 200, body);
        }
    }
}
