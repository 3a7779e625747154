package io.opsconductor.runner.trail;

import io.opsconductor.json.Digest;
import io.opsconductor.kit.journal.JournalEntry;
import io.opsconductor.kit.store.Database;
import io.opsconductor.plan.TargetResult;
import io.opsconductor.runner.store.ExecutionKey;
import io.opsconductor.runner.store.ExecutionStore;
import io.opsconductor.runner.store.KeptOutputs;
import io.opsconductor.runner.store.OutputFiles;
import io.opsconductor.runner.store.OutputTable;
import io.opsconductor.runner.store.TargetRun;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Whether the outputs of an execution are the ones whose digests the runner's journal has. */
final class Outputs {
    private Outputs() {}

    private static KeptOutputs kept(Database store, Path folder) {
        OutputFiles files = new OutputFiles(folder, Instant::now);
        return store.hasTable("output") ? new OutputTable(store, files, Instant::now) : files;
    }

    /** One proof for each target that ended. */
    static List<Proof> of(ExecutionKey execution, Database store, Path folder, List<JournalEntry> runner) {
        ExecutionStore executions = new ExecutionStore(store, kept(store, folder));
        Map<String, JournalEntry> ends = new HashMap<>();
        runner.stream()
                .filter(entry -> entry.type().equals("step_finished"))
                .forEach(entry -> ends.put(
                        entry.data().path("step").asInt() + " "
                                + entry.data().path("target").asText(),
                        entry));
        if (!executions.keepsOutputs(execution)) {
            return ends.isEmpty() ? List.of() : List.of(removed(runner));
        }
        return executions.runs(execution).stream()
                .map(TargetRun::result)
                .filter(Objects::nonNull)
                .flatMap(
                        result -> Optional.ofNullable(ends.get(result.step() + " " + result.target()))
                                .map(end -> proof(result, end))
                                .stream())
                .toList();
    }

    private static Proof removed(List<JournalEntry> runner) {
        String when = runner.stream()
                .filter(entry -> entry.type().equals("outputs_removed"))
                .map(entry -> " on " + LocalDate.ofInstant(entry.at(), ZoneOffset.UTC))
                .findFirst()
                .orElse("");
        return new Proof(true, "output removed by retention" + when + "; the journal has its digests");
    }

    private static Proof proof(TargetResult result, JournalEntry end) {
        return new Proof(
                Digest.of(result.stdout())
                                .equals(end.data().path("stdout_digest").asText())
                        && Digest.of(result.stderr())
                                .equals(end.data().path("stderr_digest").asText()),
                "the output of step " + (result.step() + 1) + " on " + result.target()
                        + " that is kept is the one that the journal has the digest of");
    }
}
