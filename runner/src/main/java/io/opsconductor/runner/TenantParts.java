package io.opsconductor.runner;

import io.opsconductor.plan.Tenant;
import io.opsconductor.runner.attestation.ApprovalKeys;
import io.opsconductor.runner.attestation.AttestationCheck;
import io.opsconductor.runner.audit.Audit;
import io.opsconductor.runner.credential.CredentialSource;
import io.opsconductor.runner.execution.StepExecutors;
import io.opsconductor.runner.mask.Masker;
import io.opsconductor.runner.metrics.RunnerHealth;
import io.opsconductor.runner.preview.PolicyAnswers;
import io.opsconductor.runner.preview.Previewer;
import io.opsconductor.runner.step.DatabaseExecutor;
import io.opsconductor.runner.step.HttpExecutor;
import io.opsconductor.runner.step.LocalCommandExecutor;
import io.opsconductor.runner.step.SshExecutor;
import io.opsconductor.runner.step.WinRmExecutor;
import io.opsconductor.runner.tenant.Estate;
import io.opsconductor.runner.tenant.TenantFiles;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The parts that each tenant has for itself: what is read from its files, and what holds its secrets and its connections. Two
 * tenants share none of them, so that no name, address or secret of one can be taken for the other's.
 *
 * @param tenant whose they are
 * @param files its files, followed
 * @param keys whose approvals count for it
 * @param estate what calls for it work with
 * @param executors run its steps
 */
record TenantParts(Tenant tenant, FollowedFiles files, ApprovalKeys keys, Estate estate, StepExecutors executors)
        implements AutoCloseable {
    /**
     * Makes the parts of all tenants.
     *
     * @throws CannotStartException when a file cannot be used
     */
    static List<TenantParts> open(RunnerSettings settings, Map<String, String> environment) {
        Path work = settings.home().resolve("runner/work");
        boolean alone = settings.tenants().size() == 1;
        return settings.tenants().stream()
                .map(of -> open(of, alone ? work : work.resolve(of.tenant().name()), environment))
                .toList();
    }

    private static TenantParts open(TenantFiles of, Path work, Map<String, String> environment) {
        FollowedFiles files = FollowedFiles.open(of);
        ApprovalKeys keys = new ApprovalKeys(of.approvalKeys());
        Previewer previewer = new Previewer(files.tools()::fresh, files.inventory()::fresh, files.policy()::fresh);
        Estate estate = new Estate(
                of.tenant(),
                Set.copyOf(of.callers()),
                () -> files.tools().fresh().catalogue(),
                () -> files.inventory().fresh().directory(),
                files.policy()::fresh,
                previewer,
                new PolicyAnswers(previewer, files.tools()::fresh, files.policy()::fresh),
                new AttestationCheck(keys));
        Masker masker = new Masker();
        CredentialSource secrets = new CredentialSource(masker, environment, of.ageKeys());
        StepExecutors executors = new StepExecutors(
                new LocalCommandExecutor(masker, work, environment),
                new SshExecutor(secrets, masker),
                new WinRmExecutor(secrets, masker),
                new HttpExecutor(secrets, masker),
                new DatabaseExecutor(secrets, masker));
        return new TenantParts(of.tenant(), files, keys, estate, executors);
    }

    /** Finds the executors of a tenant of this runner. */
    static Function<Tenant, StepExecutors> executors(List<TenantParts> tenants) {
        Map<Tenant, StepExecutors> byTenant =
                tenants.stream().collect(Collectors.toUnmodifiableMap(TenantParts::tenant, TenantParts::executors));
        return tenant -> {
            StepExecutors found = byTenant.get(tenant);
            if (found == null) {
                throw new IllegalStateException("the tenant " + tenant + " is not one of this runner");
            }
            return found;
        };
    }

    Audit.Subject subject() {
        return new Audit.Subject(tenant.name(), "", "", "");
    }

    /** What its work begins with, for the journal. */
    Map<String, String> versions() {
        return Map.of(
                "policy", files.policy().fresh().version(),
                "inventory", files.inventory().fresh().version());
    }

    RunnerHealth.OfTenant health() {
        return new RunnerHealth.OfTenant(files.tools(), files.inventory(), files.policy(), keys);
    }

    @Override
    public void close() {
        files.close();
        executors.close();
    }
}
