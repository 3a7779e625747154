package io.opsconductor.runner.tenant;

import io.opsconductor.plan.Tenant;
import io.opsconductor.runner.attestation.AttestationCheck;
import io.opsconductor.runner.policy.Policy;
import io.opsconductor.runner.preview.PolicyAnswers;
import io.opsconductor.runner.preview.Previewer;
import io.opsconductor.tool.Catalogue;
import io.opsconductor.tool.TargetDirectory;
import java.util.Set;
import java.util.function.Supplier;

/**
 * What one tenant has on this runner, each as it is at the moment of asking.
 *
 * @param tenant whose it is
 * @param callers names of client certificates that may call for it
 * @param catalogue its tools
 * @param directory its targets
 * @param policy its rules and people
 * @param previewer renders its plans, with its tools, targets and rules
 * @param policyAnswers says who would have to approve what
 * @param attestations whose signatures count for it
 */
public record Estate(
        Tenant tenant,
        Set<String> callers,
        Supplier<Catalogue> catalogue,
        Supplier<TargetDirectory> directory,
        Supplier<Policy> policy,
        Previewer previewer,
        PolicyAnswers policyAnswers,
        AttestationCheck attestations) {
    public Estate {
        callers = Set.copyOf(callers);
    }
}
