package io.opsconductor.runner.api;

import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.opsconductor.runner.tenant.Estate;

/** What is done with a call. There is none without the estate of the tenant that it is for. */
interface TenantCall {
    void handle(ServerRequest request, ServerResponse response, Estate estate) throws Exception;
}
