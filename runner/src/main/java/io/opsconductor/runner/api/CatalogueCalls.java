package io.opsconductor.runner.api;

import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.opsconductor.kit.http.Edge;
import io.opsconductor.tool.Catalogue;
import io.opsconductor.tool.TargetDirectory;
import java.util.function.Supplier;

/** {@code GET /tools} and {@code GET /targets}: what the chatbot may know, with the version as entity tag. */
final class CatalogueCalls {
    private final Supplier<Catalogue> catalogue;
    private final Supplier<TargetDirectory> directory;

    CatalogueCalls(Supplier<Catalogue> catalogue, Supplier<TargetDirectory> directory) {
        this.catalogue = catalogue;
        this.directory = directory;
    }

    void tools(ServerRequest request, ServerResponse response) {
        Catalogue now = catalogue.get();
        send(request, response, now.version(), now);
    }

    void targets(ServerRequest request, ServerResponse response) {
        TargetDirectory now = directory.get();
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
