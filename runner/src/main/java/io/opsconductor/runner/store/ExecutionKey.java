package io.opsconductor.runner.store;

import io.opsconductor.plan.Tenant;

/**
 * Under what an execution is known: an id is one of its tenant's, and may mean another execution to another tenant.
 *
 * @param tenant whose
 * @param id as the chatbot chose it
 */
public record ExecutionKey(Tenant tenant, String id) {
    /** The row's key. Ids hold no slash, so that no id of the default tenant reads like another tenant's. */
    String row() {
        return tenant.equals(Tenant.DEFAULT) ? id : tenant.name() + "/" + id;
    }
}
