package io.opsconductor.runner.tenant;

import io.opsconductor.plan.Tenant;
import java.nio.file.Path;
import java.util.List;

/**
 * Where the things of one tenant are.
 *
 * @param tenant whose
 * @param inventory {@code tenants.NAME.inventory}: files
 * @param policy {@code tenants.NAME.policy}: files
 * @param tools directories, those of {@code tools} first and those of {@code tenants.NAME.tools} after them; a tool of a later one takes the place of an earlier one of the same name
 * @param approvalKeys {@code tenants.NAME.approval-keys}: directory of the public keys whose approvals count for it
 * @param ageKeys {@code tenants.NAME.age-keys}: the secret keys that open its encrypted secrets
 * @param callers {@code tenants.NAME.callers}: names of client certificates that may call for it, at least one
 */
public record TenantFiles(
        Tenant tenant,
        List<Path> inventory,
        List<Path> policy,
        List<Path> tools,
        Path approvalKeys,
        Path ageKeys,
        List<String> callers) {
    public TenantFiles {
        inventory = List.copyOf(inventory);
        policy = List.copyOf(policy);
        tools = List.copyOf(tools);
        callers = List.copyOf(callers);
    }
}
