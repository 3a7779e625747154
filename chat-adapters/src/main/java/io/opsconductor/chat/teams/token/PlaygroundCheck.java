package io.opsconductor.chat.teams.token;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * Believes whoever calls, for a client of development that has no tokens, such as Microsoft's Agents Playground. It is for a
 * process that this machine alone can call, and believes no address outside this machine.
 */
public final class PlaygroundCheck implements SenderCheck {
    private final ServiceHosts thisMachine = new ServiceHosts(java.util.List.of(), true);
    private final Tenants tenants = new Tenants(java.util.Set.of());

    @Override
    public Verdict check(String authorization, JsonNode activity) {
        Optional<ServiceAddress> address =
                thisMachine.address(activity.path("serviceUrl").asText(""));
        if (address.isEmpty()) {
            return new Verdict.Refused(Verdict.Reason.SERVICE_HOST);
        }
        return tenants.of(activity)
                .<Verdict>map(tenant -> new Verdict.Genuine(address.get(), tenant))
                .orElseGet(() -> new Verdict.Refused(Verdict.Reason.TENANT));
    }
}
