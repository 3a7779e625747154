package io.opsconductor.runner.store;

import io.opsconductor.json.Digest;
import io.opsconductor.json.Json;
import io.opsconductor.plan.TargetResult;

/**
 * A target's result as the store has it: long outputs are files, and here is their digest.
 *
 * @param result without what is in files
 * @param stdoutFile digest of stdout when it is in a file or was taken away; empty when it is in the result
 * @param stderrFile as stdoutFile
 */
record KeptResult(TargetResult result, String stdoutFile, String stderrFile) {
    /** Longer outputs are files, so that what is asked about executions does not carry them along. */
    private static final int LONGEST_INSIDE = 2_000;

    /** Text for the store; long outputs are on disk when this returns. */
    static String write(TargetResult result, KeptOutputs files) {
        boolean longOut = result.stdout().length() > LONGEST_INSIDE;
        boolean longErr = result.stderr().length() > LONGEST_INSIDE;
        return Json.write(new KeptResult(
                with(result, longOut ? "" : result.stdout(), longErr ? "" : result.stderr()),
                longOut ? files.keep(result.stdout()) : "",
                longErr ? files.keep(result.stderr()) : ""));
    }

    /** The result again, whole; an output that was taken away is replaced by a line that says so. */
    static TargetResult read(String text, KeptOutputs files) {
        KeptResult kept = Json.read(text, KeptResult.class);
        return with(
                kept.result,
                kept.stdoutFile.isEmpty() ? kept.result.stdout() : found(kept.stdoutFile, files),
                kept.stderrFile.isEmpty() ? kept.result.stderr() : found(kept.stderrFile, files));
    }

    /** Text for the store without outputs; their digests stay. */
    static String withoutOutputs(String text) {
        KeptResult kept = Json.read(text, KeptResult.class);
        return Json.write(new KeptResult(
                with(kept.result, "", ""),
                gone(kept.result.stdout(), kept.stdoutFile),
                gone(kept.result.stderr(), kept.stderrFile)));
    }

    private static String gone(String inside, String file) {
        return inside.isEmpty() ? file : Digest.of(inside);
    }

    private static String found(String digest, KeptOutputs files) {
        return files.read(digest).orElse("[This output is no longer kept. Its digest is " + digest + ".]\n");
    }

    private static TargetResult with(TargetResult result, String stdout, String stderr) {
        return new TargetResult(
                result.step(),
                result.tool(),
                result.target(),
                result.status(),
                result.exitCode(),
                stdout,
                stderr,
                result.stdoutTruncated(),
                result.stderrTruncated(),
                result.durationMs(),
                result.reason());
    }
}
