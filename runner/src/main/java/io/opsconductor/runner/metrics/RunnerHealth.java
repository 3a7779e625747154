package io.opsconductor.runner.metrics;

import io.opsconductor.kit.journal.Checkpointing;
import io.opsconductor.kit.keys.CertificateTerm;
import io.opsconductor.kit.keys.KeyFiles;
import io.opsconductor.kit.metrics.Health;
import io.opsconductor.kit.store.Database;
import io.opsconductor.runner.api.RevokedCertificates;
import io.opsconductor.runner.attestation.ApprovalKeys;
import io.opsconductor.runner.audit.Audit;
import io.opsconductor.runner.file.Reloadable;
import io.opsconductor.runner.instance.Lease;
import io.opsconductor.runner.inventory.Inventory;
import io.opsconductor.runner.policy.Policy;
import io.opsconductor.tool.ToolLibrary;
import io.opsconductor.yaml.Finding;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/** What readiness depends on: the store, the lease on it, the journal, tools, inventory, policy, approval keys, the certificate. */
public final class RunnerHealth {
    private static final int PROBLEMS_SHOWN = 5;

    private RunnerHealth() {}

    public static Health of(
            Database database,
            Lease lease,
            BooleanSupplier stopping,
            Audit audit,
            Checkpointing checkpointing,
            List<OfTenant> tenants,
            Path certificate,
            KeyFiles<?> tls,
            RevokedCertificates revoked,
            Callable<Optional<String>> signals,
            InstantSource clock) {
        return new Health()
                .dependsOn("store", () -> {
                    database.ping();
                    return "answers";
                })
                .dependsOn("instance", () -> instance(lease, stopping))
                .dependsOn("journal", () -> journal(audit, checkpointing))
                .dependsOn("tools", () -> each(tenants, one -> tools(one.tools())))
                .dependsOn(
                        "inventory",
                        () -> each(
                                tenants,
                                one -> inForce(
                                        one.inventory(),
                                        one.inventory().current().targets().size() + " targets")))
                .dependsOn(
                        "policy",
                        () -> each(
                                tenants,
                                one -> inForce(
                                        one.policy(), one.policy().current().version())))
                .dependsOn("approval_keys", () -> each(tenants, one -> keys(one.keys(), clock.instant())))
                .dependsOn("tls", () -> CertificateTerm.of(certificate).described(clock.instant(), tls.problem()))
                .degradedBy(signals)
                .warns(() -> CertificateTerm.of(certificate).warning("runner", clock.instant()))
                .warns(() -> Optional.ofNullable(revoked.problem()));
    }

    /**
     * What the readiness of one tenant's work depends on.
     *
     * @param tools its tools
     * @param inventory its targets
     * @param policy its rules
     * @param keys whose approvals count for it
     */
    public record OfTenant(
            Reloadable<ToolLibrary> tools,
            Reloadable<Inventory> inventory,
            Reloadable<Policy> policy,
            ApprovalKeys keys) {}

    /**
     * One after the other, without names: whoever may look at the health of a runner need not know whose it is. While there is
     * one whose work can be done, the runner is ready for it.
     */
    private static String each(List<OfTenant> tenants, Function<OfTenant, String> check) {
        List<String> said = new ArrayList<>();
        List<IllegalStateException> failures = new ArrayList<>();
        for (OfTenant tenant : tenants) {
            try {
                said.add(check.apply(tenant));
            } catch (IllegalStateException e) {
                failures.add(e);
                said.add(String.valueOf(e.getMessage()));
            }
        }
        if (failures.size() == tenants.size()) {
            throw failures.getFirst();
        }
        return String.join(" | ", said);
    }

    private static String instance(Lease lease, BooleanSupplier stopping) {
        if (stopping.getAsBoolean()) {
            throw new IllegalStateException("about to stop: what runs goes on to its end, and nothing more is started");
        }
        return lease.described();
    }

    private static String journal(Audit audit, Checkpointing checkpointing) {
        String broken = audit.broken();
        if (broken != null) {
            throw new IllegalStateException(broken + ". Nothing is executed until then");
        }
        String unsigned = checkpointing.problem();
        return unsigned == null ? "writes" : "writes, but " + unsigned;
    }

    private static String tools(Reloadable<ToolLibrary> tools) {
        int count = tools.current().tools().size();
        List<Finding> problems = tools.warnings();
        String said = count + " tools" + (problems.isEmpty() ? "" : ", " + said(problems));
        if (count == 0) {
            throw new IllegalStateException("no tool can be used: " + said);
        }
        return said;
    }

    /** A file that has become unusable does not make the runner unready: the last good one is in force, and this says so. */
    private static String inForce(Reloadable<?> followed, String value) {
        return followed.problems().isEmpty() ? value : value + " as last read well; now " + said(followed.problems());
    }

    private static String keys(ApprovalKeys keys, Instant now) {
        if (keys.count(now) == 0) {
            throw new IllegalStateException(
                    "no approval can be checked: put the chatbot's public key into " + keys.directory());
        }
        return keys.count(now) + " keys";
    }

    private static String said(List<Finding> problems) {
        String shown = String.join(
                "; ", problems.stream().limit(PROBLEMS_SHOWN).map(Finding::text).toList());
        int more = problems.size() - PROBLEMS_SHOWN;
        return problems.size()
                + (problems.size() == 1 ? " problem: " : " problems: ")
                + shown
                + (more > 0 ? "; and " + more + " more" : "");
    }
}
