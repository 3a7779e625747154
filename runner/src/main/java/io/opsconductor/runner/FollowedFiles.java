package io.opsconductor.runner;

import io.opsconductor.plan.Tenant;
import io.opsconductor.runner.file.FileStamp;
import io.opsconductor.runner.file.Reading;
import io.opsconductor.runner.file.Reloadable;
import io.opsconductor.runner.inventory.Inventory;
import io.opsconductor.runner.inventory.InventoryReader;
import io.opsconductor.runner.policy.Policy;
import io.opsconductor.runner.policy.PolicyReader;
import io.opsconductor.runner.tenant.TenantFiles;
import io.opsconductor.tool.ToolLibrary;
import io.opsconductor.yaml.Finding;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The three kinds of files that people edit while the runner runs, of one tenant. */
record FollowedFiles(Reloadable<ToolLibrary> tools, Reloadable<Inventory> inventory, Reloadable<Policy> policy)
        implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FollowedFiles.class);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(2);

    /**
     * Reads them and follows their changes.
     *
     * @throws CannotStartException naming every mistake of the first file that cannot be used
     */
    static FollowedFiles open(TenantFiles from) {
        String whose = from.tenant().equals(Tenant.DEFAULT) ? "" : " of " + from.tenant();
        ToolFolders tools = new ToolFolders(from.tools());
        FollowedFiles files = new FollowedFiles(
                followed("the tools" + whose, ToolFolders.withSubfolders(from.tools()), tools::read),
                followed("the inventory" + whose, from.inventory(), () -> InventoryReader.read(from.inventory())),
                followed("the policy" + whose, from.policy(), () -> PolicyReader.read(from.policy())));
        files.tools.poll(LOOK_EVERY);
        files.inventory.poll(LOOK_EVERY);
        files.policy.poll(LOOK_EVERY);
        return files;
    }

    /** @param given what is known of the files before they are read; they may name others */
    private static <T> Reloadable<T> followed(String what, List<Path> given, Supplier<Reading<T>> reader) {
        Map<Path, FileStamp> before = FileStamp.of(given);
        Reading<T> first = reader.get();
        return switch (first) {
            case Reading.Bad<T> bad ->
                throw new CannotStartException("the runner cannot use " + what + ":", texts(bad.problems()));
            case Reading.Good<T> good -> {
                good.warnings().forEach(warning -> LOG.warn("{}: {}", what, warning.text()));
                yield Reloadable.following(before, good, reader, reading -> report(what, reading));
            }
        };
    }

    private static <T> void report(String what, Reading<T> reading) {
        switch (reading) {
            case Reading.Good<T> good -> {
                LOG.info("{}: read again", what);
                good.warnings().forEach(warning -> LOG.warn("{}: {}", what, warning.text()));
            }
            case Reading.Bad<T> bad -> {
                for (Finding problem : bad.problems()) {
                    LOG.error(
                            "{} changed and cannot be used, the last good state is in force: {}", what, problem.text());
                }
            }
        }
    }

    private static List<String> texts(List<Finding> findings) {
        return findings.stream().map(Finding::text).toList();
    }

    @Override
    public void close() {
        tools.close();
        inventory.close();
        policy.close();
    }
}
