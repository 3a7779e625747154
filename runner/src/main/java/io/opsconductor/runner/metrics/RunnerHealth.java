package io.opsconductor.runner.metrics;

import io.opsconductor.kit.keys.Pem;
import io.opsconductor.kit.metrics.Health;
import io.opsconductor.kit.store.Database;
import io.opsconductor.runner.attestation.ApprovalKeys;
import io.opsconductor.runner.audit.Audit;
import io.opsconductor.runner.file.Reloadable;
import io.opsconductor.runner.inventory.Inventory;
import io.opsconductor.runner.policy.Policy;
import io.opsconductor.tool.ToolLibrary;
import io.opsconductor.yaml.Finding;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/** What readiness depends on: the store, the journal, tools, inventory, policy, approval keys, the certificate. */
public final class RunnerHealth {
    private static final int PROBLEMS_SHOWN = 5;

    private RunnerHealth() {}

    public static Health of(
            Database database,
            Audit audit,
            Reloadable<ToolLibrary> tools,
            Reloadable<Inventory> inventory,
            Reloadable<Policy> policy,
            ApprovalKeys keys,
            Path certificate,
            InstantSource clock) {
        return new Health()
                .dependsOn("store", () -> {
                    database.ping();
                    return "answers";
                })
                .dependsOn("journal", () -> journal(audit))
                .dependsOn("tools", () -> tools(tools))
                .dependsOn(
                        "inventory",
                        () -> inForce(inventory, inventory.current().targets().size() + " targets"))
                .dependsOn("policy", () -> inForce(policy, policy.current().version()))
                .dependsOn("approval_keys", () -> keys(keys))
                .dependsOn("tls", () -> certificate(certificate, clock.instant()));
    }

    private static String journal(Audit audit) {
        String broken = audit.broken();
        if (broken != null) {
            throw new IllegalStateException(
                    broken + ": nothing is executed until it is repaired and the runner restarted");
        }
        return "writes";
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

    private static String keys(ApprovalKeys keys) {
        if (keys.count() == 0) {
            throw new IllegalStateException(
                    "no approval can be checked: put the chatbot's public key into " + keys.directory());
        }
        return keys.count() + " keys";
    }

    private static String certificate(Path file, Instant now) {
        X509Certificate leaf = Pem.certificates(file).getFirst();
        Instant end = leaf.getNotAfter().toInstant();
        if (end.isBefore(now)) {
            throw new IllegalStateException("the certificate " + file + " ended on " + end + ": renew it");
        }
        return "certificate until " + end;
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
