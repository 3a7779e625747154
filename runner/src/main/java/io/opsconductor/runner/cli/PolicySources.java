package io.opsconductor.runner.cli;

import io.opsconductor.plan.Tenant;
import io.opsconductor.runner.file.Reading;
import io.opsconductor.runner.inventory.Inventory;
import io.opsconductor.runner.inventory.InventoryReader;
import io.opsconductor.runner.policy.Policy;
import io.opsconductor.runner.policy.PolicyReader;
import io.opsconductor.runner.policy.TargetFacts;
import io.opsconductor.tool.CatalogueEntry;
import io.opsconductor.tool.ToolLibrary;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Where a question to the policy finds the policy, the tools and the targets: in the runner's settings, or as said. */
final class PolicySources {
    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec spec;

    @Option(names = "--policy", paramLabel = "FILE", description = "policy files, instead of the runner's")
    private @Nullable List<Path> policy;

    @Option(names = "--tools", paramLabel = "FOLDER", description = "folders of tools, instead of the runner's")
    private @Nullable List<Path> tools;

    @Option(names = "--inventory", paramLabel = "FILE", description = "inventory files, instead of the runner's")
    private @Nullable List<Path> inventory;

    @Mixin
    private final TenantOption tenant = new TenantOption();

    /** For whom it is asked: the one that is named, and otherwise the one whose files are asked. */
    Tenant tenant() {
        Tenant named = tenant.named();
        if (named != null) {
            return named;
        }
        return policy == null ? tenant.files().tenant() : Tenant.DEFAULT;
    }

    List<Path> policyFiles() {
        return policy == null ? tenant.files().policy() : policy;
    }

    Reading<Policy> policy() {
        return PolicyReader.read(policyFiles());
    }

    List<CatalogueEntry> tools() {
        return ToolLibrary.load(tools == null ? tenant.files().tools() : tools)
                .library()
                .catalogue()
                .tools();
    }

    /** Those of the inventory; none where the runner has no inventory yet. */
    List<TargetFacts> targets() {
        List<Path> files = inventory == null
                ? tenant.files().inventory().stream().filter(Files::exists).toList()
                : inventory;
        if (files.isEmpty()) {
            return List.of();
        }
        return switch (InventoryReader.read(files)) {
            case Reading.Good<Inventory> good ->
                good.value().targets().stream().map(TargetFacts::of).toList();
            case Reading.Bad<Inventory> bad -> {
                CommandLine line =
                        Objects.requireNonNull(spec, "picocli sets it").commandLine();
                bad.problems().forEach(p -> line.getErr().println(p.text()));
                throw new CommandLine.ParameterException(line, "the inventory cannot be read");
            }
        };
    }
}
