package io.opsconductor.chat.teams.token;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The tenants that may use the application.
 *
 * @param allowed their ids; empty for every one
 */
public record Tenants(Set<String> allowed) {
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    public Tenants {
        allowed = Set.copyOf(allowed);
    }

    /** The tenant of an activity; empty when it is not allowed, or when the activity names none, or two. */
    Optional<String> of(JsonNode activity) {
        Set<String> named = new LinkedHashSet<>();
        named.add(activity.path("channelData").path("tenant").path("id").asText(""));
        named.add(activity.path("conversation").path("tenantId").asText(""));
        named.remove("");
        if (named.size() != 1) {
            return Optional.empty();
        }
        String tenant = named.iterator().next();
        return ID.matcher(tenant).matches() && (allowed.isEmpty() || allowed.contains(tenant))
                ? Optional.of(tenant)
                : Optional.empty();
    }
}
